import {statSync} from 'node:fs'
import {EXIT, UserError} from '../kit/errors.js'
import type {Folder} from '../kit/folder.js'
import {clean} from '../kit/text.js'

/**
 * The machine's own list of command lines a person has read and trusted. It names the very folder it was written in, so
 * that one which came along with a clone (git keeps what somebody forces it to) or in an archive trusts nothing here.
 */
export const TRUST_FILE = 'trust.json'

/** `channel`, `mcp`, `engine`, `contract`, `mail`: what mcos.yaml or a SOUL.md runs, opens or hands out; see the files named claim. */
export type TrustKind = (typeof KINDS)[number]

const KINDS = ['run', 'recover', 'channel', 'mcp', 'engine', 'contract', 'mail'] as const

interface TrustEntry {
  readonly kind: TrustKind
  /** The command line exactly as it stood when it was trusted. */
  readonly text: string
  readonly at: string
  readonly by: string
}

export interface Trust {
  readonly agents: ReadonlyMap<string, readonly TrustEntry[]>
  /** The folder it holds for. */
  readonly place: string
  /** Whether the fleet was made in this folder, on this machine: then its mcos.yaml is its own person's. */
  readonly isMadeHere: boolean
  /** Why the file couldn't be read; then nothing is trusted. */
  readonly problem: string | null
}

/** What this machine trusts. A file that can't be read trusts nothing, and says why. */
export function readTrust(mcos: Folder): Trust {
  const place = placeOf(mcos)
  const nothing = new Map<string, readonly TrustEntry[]>()
  try {
    const text = mcos.readText(TRUST_FILE, {maxBytes: 1024 * 1024})
    const found = text === null ? null : parseTrust(text)
    if (found?.place !== place) return {agents: nothing, place, isMadeHere: false, problem: null}
    return {...found, problem: null}
  } catch (error) {
    return {agents: nothing, place, isMadeHere: false, problem: error instanceof Error ? error.message : String(error)}
  }
}

/** Whether a person can see the whole of a text: what a terminal doesn't show could be another command. */
export function isPlain(text: string): boolean {
  return clean(text) === text && !BLANK.test(text)
}

/** Blanks that look like the ordinary one or like nothing, and letters that are drawn as nothing. */
const BLANK = /[^\S \t]|[\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]/u

/** Number and birth of the folder: what no copy shares and nobody who packs one can know. */
function placeOf({dir}: Folder): string {
  const {ino, birthtimeNs} = statSync(dir, {bigint: true})
  return `${ino}-${birthtimeNs}`
}

/** Whether exactly this text was trusted for exactly this agent and use. */
export function isTrusted(trust: Trust, {agent, kind, text}: {agent: string; kind: TrustKind; text: string}): boolean {
  return (trust.agents.get(agent) ?? []).some((entry) => entry.kind === kind && entry.text === text)
}

/** The file below `.mcos/` of a fleet that is being made here. */
export function planMadeHere(mcos: Folder): {path: string; content: string} {
  return formatFile({agents: new Map(), place: placeOf(mcos), isMadeHere: true})
}

/** A file below `.mcos/` and what it will say, for whoever has more to add before it is written. */
export interface TrustPlan {
  readonly path: string
  readonly content: string
  readonly after: Trust
}

/** The file below `.mcos/` that trusts these texts too; what is trusted already stays as it is. */
export function planTrust(
  trust: Trust,
  {agent, texts, at, by}: {agent: string; texts: readonly {kind: TrustKind; text: string}[]; at: string; by: string},
): TrustPlan {
  const hidden = texts.find(({text}) => !isPlain(text))
  if (hidden) throw cannotBeSeen(agent, hidden.text)
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

function planFile(trust: Trust, agent: string, entries: readonly TrustEntry[]): TrustPlan {
  if (trust.problem) {
    throw new UserError(`.mcos/${TRUST_FILE} can't be read and is not overwritten: ${trust.problem}`, {
      code: 'UNREADABLE',
      fix: `Look at .mcos/${TRUST_FILE}; if nothing in it matters, remove it and trust again.`,
      exit: EXIT.usage,
    })
  }
  const after = {...trust, agents: new Map(trust.agents).set(agent, entries)}
  return {...formatFile(after), after}
}

function formatFile({agents, place, isMadeHere}: Omit<Trust, 'problem'>): {path: string; content: string} {
  const sorted = [...agents].filter(([, list]) => list.length > 0).sort(([a], [b]) => (a < b ? -1 : 1))
  const data = {place, ...(isMadeHere ? {made_here: true} : {}), agents: Object.fromEntries(sorted)}
  return {path: TRUST_FILE, content: `${JSON.stringify(data, null, 2)}\n`}
}

function cannotBeSeen(agent: string, text: string): UserError {
  return new UserError(`A command of ${agent} holds characters that nobody can see: ${JSON.stringify(clean(text))}`, {
    code: 'HIDDEN_CHARACTERS',
    fix: 'Type that line again in its HEARTBEAT.md, then: mcos trust',
    exit: EXIT.refused,
  })
}

function parseTrust(text: string): Omit<Trust, 'problem'> {
  const {place, agents, made_here} = parseObject(JSON.parse(text))
  if (typeof place !== 'string') throw new Error('it does not say for which folder it holds')
  const lists = Object.entries(parseObject(agents))
  return {
    place,
    isMadeHere: made_here === true,
    agents: new Map(lists.map(([agent, list]) => [agent, parseEntries(agent, list)])),
  }
}

function parseObject(data: unknown): Readonly<Record<string, unknown>> {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) throw new Error('it is not a JSON object')
  return {...data}
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
    KINDS.some((known) => known === kind) &&
    typeof text === 'string' &&
    typeof at === 'string' &&
    typeof by === 'string'
  )
}
