import type {Action, Verdict} from '../guard/action.js'
import {readStop} from '../guard/stop.js'
import {readCommittedLaw} from '../heartbeat/committed-law.js'
import {readLawAnyhow} from '../heartbeat/read-law.js'
import {EXIT, type ExitCode, isUserError, UserError} from '../kit/errors.js'
import {isRecord} from '../kit/is-record.js'
import {type AgentEntry, findAgent} from '../workspace/agents.js'
import type {Fleet} from '../workspace/fleet.js'
import {type OpenFleetOptions, openFleet} from './fleet.js'
import type {HookEvent} from './hook/event.js'
import {judgeActions, judgeWanted} from './hook/judge-call.js'
import {readSessionFile} from './hook/session-file.js'
import type {ownActions} from './own-actions.js'

/** What somebody wants to know: of a host's call, or of one action. */
export type CheckRequest = {readonly agent: string; readonly session: string | null} & (
  | {readonly kind: 'call'; readonly tool: string; readonly input: Readonly<Record<string, unknown>>}
  | {readonly kind: 'action'; readonly action: Action}
)

/** The guard's answer to a question; nothing has been done. */
export type CheckAnswer = Verdict

const NO_LINE = {rule: null, file: null, line: null} as const

/** `{agent, tool, input}` or `{agent, verb, target, content?}`, each with `session` where one is meant. */
export function parseCheckRequest(text: string): CheckRequest {
  const value = readJson(text)
  if (!isRecord(value)) throw unreadableRequest('a JSON object')
  const {agent, tool, input, verb, target, content, session} = value
  if (typeof agent !== 'string' || agent === '') throw unreadableRequest('"agent"')
  const who = {agent, session: typeof session === 'string' ? session : null}
  if (typeof tool === 'string') return {...who, kind: 'call', tool, input: isRecord(input) ? input : {}}
  if (typeof verb !== 'string' || typeof target !== 'string')
    throw unreadableRequest('"tool" and "input", or "verb" and "target"')
  return {...who, kind: 'action', action: {verb, target, ...(typeof content === 'string' ? {content} : {})}}
}

/** Asks the guard as a hook or a turn would; what can't be read, wherever, is a no. */
export async function checkGuard(request: CheckRequest, options: OpenFleetOptions): Promise<CheckAnswer> {
  try {
    const fleet = await openFleet(options)
    return await answer(request, fleet, findAgent(fleet.home, request.agent))
  } catch (error) {
    if (!isUserError(error)) throw error
    // Who there is, or what would help: an answer is all that the asker sees.
    return deny([error.message, ...(error.code === 'NO_AGENT' ? error.suggestions : [])].join(' '))
  }
}

/** allow 0, ask 4, deny 3. */
export function exitOfCheck({effect}: CheckAnswer): ExitCode {
  return effect === 'allow' ? EXIT.done : effect === 'ask' ? EXIT.waiting : EXIT.refused
}

async function answer(request: CheckRequest, fleet: Fleet, agent: AgentEntry): Promise<CheckAnswer> {
  const stop = readStop(fleet.mcos, agent.name)
  if (stop !== null) {
    const [held, lift] =
      stop.scope === 'fleet' ? ['the fleet', 'mcos resume'] : [agent.name, `mcos resume ${agent.name}`]
    return deny(`mcos stop holds ${held}; a person lifts it with ${lift}`)
  }
  const law = await readLawAnyhow(fleet, agent, readCommittedLaw(fleet, [agent]))
  const {facts} = readSessionFile(fleet, request.session)
  if (request.kind === 'action') return judgeActions([request.action], {law, facts}).verdict
  const own = law.trouble === null ? await ownActionsOf(request, {fleet, agent, law, facts}) : null
  if (own !== null) return judgeActions(own, {law, facts}).verdict
  const cwd = agent.path === '.' ? fleet.home.dir : `${fleet.home.dir}/${agent.path}`
  const call: HookEvent = {
    host: 'claude',
    event: 'PreToolUse',
    session: request.session,
    cwd,
    transcript: null,
    source: null,
    mode: null,
    tool: request.tool,
    input: request.input,
    mcp: null,
  }
  return judgeWanted(call, {fleet, law, facts, cwd, userHome: fleet.env['HOME'] || null}).verdict
}

/** Also what an agent's turns call by name, such as `write` with `{path, content}`. */
async function ownActionsOf(
  call: {readonly tool: string; readonly input: Readonly<Record<string, unknown>>},
  about: Parameters<typeof ownActions>[1],
): Promise<readonly Action[] | null> {
  return (await import('./own-actions.js')).ownActions(call, about)
}

function deny(reason: string): CheckAnswer {
  return {...NO_LINE, effect: 'deny', reason}
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The caller says what was expected.
    return null
  }
}

function unreadableRequest(expected: string): UserError {
  return new UserError(`The question on the standard input lacks ${expected}.`, {
    code: 'USAGE',
    fix: `echo '{"agent":"donna","tool":"Bash","input":{"command":"ls"}}' | mcos guard check`,
    exit: EXIT.usage,
  })
}
