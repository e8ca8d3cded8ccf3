import {EXIT, UserError} from '../kit/errors.js'
import type {Folder} from '../kit/folder.js'

/** The machine's own list of command lines a person has read and trusted; below `.mcos/`, so a clone brings none. */
export const TRUST_FILE = 'trust.json'

export type TrustKind = 'run' | 'recover'

interface TrustEntry {
  readonly kind: TrustKind
  /** The command line exactly as it stood when it was trusted. */
  readonly text: string
  readonly at: string
  readonly by: string
}

export interface Trust {
  readonly agents: ReadonlyMap<string, readonly TrustEntry[]>
  /** Why the file couldn't be read; then nothing is trusted. */
  readonly problem: string | null
}

/** What this machine trusts. A file that can't be read trusts nothing, and says why. */
export function readTrust(mcos: Folder): Trust {
  const nothing = new Map<string, readonly TrustEntry[]>()
  try {
    const text = mcos.readText(TRUST_FILE, {maxBytes: 1024 * 1024})
    return {agents: text === null ? nothing : parseTrust(text), problem: null}
  } catch (error) {
    return {agents: nothing, problem: error instanceof Error ? error.message : String(error)}
  }
}

/** Whether exactly this text was trusted for exactly this agent and use. */
export function isTrusted(trust: Trust, {agent, kind, text}: {agent: string; kind: TrustKind; text: string}): boolean {
  return (trust.agents.get(agent) ?? []).some((entry) => entry.kind === kind && entry.text === text)
}

/** The file below `.mcos/` that trusts these texts too; what is trusted already stays as it is. */
export function planTrust(
  trust: Trust,
  {agent, texts, at, by}: {agent: string; texts: readonly {kind: TrustKind; text: string}[]; at: string; by: string},
): {path: string; content: string} {
  const known = trust.agents.get(agent) ?? []
  const fresh = texts.filter(
    ({kind, text}, place) =>
      !isTrusted(trust, {agent, kind, text}) &&
      texts.findIndex((other) => other.kind === kind && other.text === text) === place,
  )
  return planFile(trust, agent, [...known, ...fresh.map(({kind, text}) => ({kind, text, at, by}))])
}

/** The file that no longer trusts these texts; without a list, none of the agent's. */
export function planDistrust(
  trust: Trust,
  {agent, texts}: {agent: string; texts?: readonly {kind: TrustKind; text: string}[]},
): {path: string; content: string} {
  const kept = (trust.agents.get(agent) ?? []).filter(
    (entry) => texts && !texts.some(({kind, text}) => entry.kind === kind && entry.text === text),
  )
  return planFile(trust, agent, kept)
}

function planFile(trust: Trust, agent: string, entries: readonly TrustEntry[]): {path: string; content: string} {
  if (trust.problem) {
    throw new UserError(`.mcos/${TRUST_FILE} can't be read and is not overwritten: ${trust.problem}`, {
      code: 'UNREADABLE',
      fix: `Look at .mcos/${TRUST_FILE}; if nothing in it matters, remove it and trust again.`,
      exit: EXIT.usage,
    })
  }
  const agents = new Map(trust.agents).set(agent, entries)
  const sorted = [...agents].filter(([, list]) => list.length > 0).sort(([a], [b]) => (a < b ? -1 : 1))
  return {path: TRUST_FILE, content: `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`}
}

function parseTrust(text: string): Map<string, readonly TrustEntry[]> {
  const data: unknown = JSON.parse(text)
  if (typeof data !== 'object' || data === null || Array.isArray(data)) throw new Error('it is not a JSON object')
  return new Map(Object.entries(data).map(([agent, list]) => [agent, parseEntries(agent, list)]))
}

function parseEntries(agent: string, list: unknown): TrustEntry[] {
  if (!Array.isArray(list) || !list.every(isEntry))
    throw new Error(`what it says of "${agent}" is not a list of entries`)
  return list
}

function isEntry(value: unknown): value is TrustEntry {
  if (typeof value !== 'object' || value === null) return false
  const {kind, text, at, by} = value as Partial<Record<keyof TrustEntry, unknown>>
  return (
    (kind === 'run' || kind === 'recover') &&
    typeof text === 'string' &&
    typeof at === 'string' &&
    typeof by === 'string'
  )
}
