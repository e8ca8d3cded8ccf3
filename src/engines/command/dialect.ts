import type {AnswerEnd, ClaimedUsage, EngineEvent, StopReason} from '../engine.js'

export type DialectName = 'claude' | 'codex' | 'gemini'

/** What a run may come to, where the program has a flag for it. */
export interface RunLimits {
  /** US dollars; null: no limit of its own. */
  readonly usd: number | null
  readonly turns: number
}

export interface RunWanted {
  readonly model: string | null
  readonly baseUrl: string | null
  /** What the program called the conversation so far. */
  readonly session: string | null
  readonly limits: RunLimits
  /** A file with the part of the prompt that is the same at every beat, for programs that take one; else it is on stdin. */
  readonly prefixFile: string
  /** Whether the folder holds settings of its own, which such a program would obey. */
  readonly hasOwnSettings: boolean
}

/** What one line of a program's stream tells. */
export interface Heard {
  readonly events: readonly EngineEvent[]
  /** It only says that it waits: no sign of an answer coming. */
  readonly isIdle?: boolean
}

export interface Failure {
  readonly reason: StopReason
  readonly detail: string
  readonly retryAfterMs?: number
}

/** How a program itself says that it ended. */
export interface ProgramEnd {
  readonly text: string
  readonly end: AnswerEnd
  readonly usage: ClaimedUsage | null
  /** How a next run goes on with it: what the program called it, and what this dialect wants to know of it then. */
  readonly session: string | null
  /** Why it is no answer; null: it is one. */
  readonly failure: Failure | null
  /** It doesn't know the conversation that it was to go on with, and has asked no model. */
  readonly hasLostSession: boolean
  readonly notes: readonly string[]
}

/** How it ended as a process. */
export interface ProcessEnd {
  readonly code: number | null
  readonly signal: string | null
  readonly stderr: string
  /** The first lines of stdout that were no JSON. */
  readonly strange: readonly string[]
}

/** Reads one run of a program, line by line. */
export interface Reader {
  read(line: Readonly<Record<string, unknown>>): Heard
  end(process: ProcessEnd): ProgramEnd
}

/** How one program is called, and how what it prints is read. */
export interface Dialect {
  readonly name: DialectName
  /** What a person installs it with. */
  readonly install: string
  /** Variables that get the engine's key. */
  readonly keyVariables: readonly string[]
  /** Variables of our own environment that say where its login and settings are. */
  readonly homeVariables: readonly string[]
  /** Files and folders of a workspace from which it would take settings, and so programs to run. */
  readonly ownSettings: readonly string[]
  /** Whether the stable part goes into `prefixFile` instead of stdin. */
  readonly takesPrefixFile: boolean
  /** Groups of arguments: a group whose flag stands in `run` of mcos.yaml already is left out. */
  args(wanted: RunWanted): readonly (readonly string[])[]
  env(wanted: RunWanted): Readonly<Record<string, string>>
  /** What no flag of it bounds; for the receipt. */
  unbounded(limits: RunLimits): string | null
  /** Reads a run that goes on with `session`, as an earlier run of this dialect named it. */
  open(now: () => number, session: string | null): Reader
}

export const NOTHING_HEARD: Heard = {events: []}
