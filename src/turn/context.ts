import type {ToolSpec} from '../engines/prompt.js'
import {EXIT, UserError} from '../kit/errors.js'
import {type AgentEntry, agentPaths} from '../workspace/agents.js'
import type {Fleet} from '../workspace/fleet.js'
import {localTime} from '../workspace/local-time.js'
import {alertsPart} from './context-part-alerts.js'
import {type ContextPart, filePart, guardrailParts, howPart, standingPart, toolsPart} from './context-parts.js'
import {nowPart, requestPart} from './context-parts-now.js'
import {instructionsPart, logPart} from './context-parts-work.js'
import type {Occasion} from './occasion.js'

export type {ContextPart} from './context-parts.js'

export interface Context {
  readonly parts: readonly ContextPart[]
  readonly tokens: number
  /** Byte for byte what is sent: the tools as JSON, the prefix, the first step. */
  readonly text: string
  /** The same at every beat, so that a provider reads it from its cache. */
  readonly prefix: string
  /** The text of the first prompt step: what the work stands at, the day, and what has come up. */
  readonly first: string
}

/** What a context is put together for. */
export interface ContextWanted {
  readonly occasion: Occasion
  /** The tools that are offered, in the order in which they are sent. */
  readonly tools: readonly ToolSpec[]
}

/** Room that the prefix must leave for the day, the work and the answer, or a quarter of a small window. */
const MIN_ROOM_TOKENS = 4096

/** What an agent's model is sent: who it is and what it knows first, then the work and the day, then what has come up. */
export async function assembleContext(
  fleet: Fleet,
  agent: AgentEntry,
  {occasion, tools}: ContextWanted,
): Promise<Context> {
  const paths = agentPaths(agent)
  const {home} = fleet
  const moment = await localTime(fleet, fleet.clock.now())
  const work = occasion.with === null ? paths.workstate : paths.workstateWith(occasion.with)
  const stable = [
    toolsPart(tools),
    await filePart(fleet, 'soul', {path: paths.soul, cached: true}),
    await filePart(fleet, 'agents', {path: paths.agents, cached: true}),
    ...(await guardrailParts(fleet)),
    await filePart(fleet, 'guardrails', {path: paths.guardrails, cached: true}),
    await filePart(fleet, 'user', {path: paths.user, cached: true}),
    isOwnWork(fleet, occasion) ? await filePart(fleet, 'memory', {path: paths.memory, cached: true}) : null,
    standingPart(occasion.heartbeat, paths.heartbeat),
    howPart(occasion.heartbeat !== null),
    // Last of what is stable: it changes seldom, and nothing behind it is read anew when it does.
    occasion.heartbeat === null ? null : await alertsPart(fleet),
  ].filter((part) => part !== null)
  const fresh = [
    instructionsPart(home, paths),
    await filePart(fleet, 'workstate', {path: work, cached: false}),
    logPart(home, paths.log(moment.date)),
    nowPart(occasion.news, {...moment, zone: home.config.timezone}),
    requestPart(occasion),
  ].filter((part) => part !== null)
  const parts = [...stable, ...fresh]
  return {
    parts,
    tokens: parts.reduce((sum, part) => sum + part.tokens, 0),
    text: joinParts(parts),
    prefix: joinParts(stable.filter(({name}) => name !== 'tools')),
    first: joinParts(fresh),
  }
}

/** The part that is to blame when a context leaves an engine no room to work in; null when it fits. */
function misfit({parts, tokens}: Pick<Context, 'parts' | 'tokens'>, window: number): ContextPart | null {
  const stable = parts.reduce((sum, part) => sum + (part.cached ? part.tokens : 0), 0)
  const room = Math.min(MIN_ROOM_TOKENS, window / 4)
  if (tokens <= window && stable + room <= window) return null
  return [...parts].sort((one, other) => other.tokens - one.tokens)[0] ?? null
}

/** Says which part has to become smaller; nothing is ever cut off to make it fit. */
export function insistOnFit(context: Pick<Context, 'parts' | 'tokens'>, engine: {name: string; window: number}): void {
  const largest = misfit(context, engine.window)
  if (!largest) return
  const {name, path, tokens} = largest
  const what = path ?? name
  throw new UserError(
    `${context.tokens} tokens would be sent and ${engine.name} takes ${engine.window}, the answer included; the largest part is ${what} (${tokens}).`,
    {
      code: 'CONTEXT_TOO_LONG',
      fix:
        path === null ? `Ask ${engine.name} for less at once.` : `Move what is seldom needed from ${path} elsewhere.`,
      exit: EXIT.usage,
    },
  )
}

/** Memory goes into the agent's own work and into talks with people, not into work on behalf of another agent. */
function isOwnWork({home}: Fleet, {with: other}: Occasion): boolean {
  if (other === null || Object.hasOwn(home.config.people, other)) return true
  return home.files.stat(`keys/${other}.pub`) === null && !Object.hasOwn(home.config.agents ?? {}, other)
}

/** Each part ends its last line; an empty line stands between two of them. */
function joinParts(parts: readonly ContextPart[]): string {
  return parts.map(({text}) => text).join('\n')
}
