import type {CodingAgent} from '../guard-install/coding-agents.js'
import type {ScriptedWire} from './scripted-model.js'

/** Where the model wants something written that nobody may write, once by each way. Absolute. */
export interface ForbiddenWrites {
  readonly byTool: string
  readonly byShell: string
}

/** One start of a host: with its hooks as they are installed, or (to know that the call works at all) without. */
export interface TryOut {
  readonly url: string
  /** The fleet's home. */
  readonly home: string
  /** The folder of the agent, where the host is started. */
  readonly folder: string
  /** An empty folder of the canary's own, in place of the person's settings and sessions. */
  readonly own: string
  /** The person's folder of settings; only read. null: there is none. */
  readonly person: string | null
  readonly hooks: 'on' | 'off'
  /** How hard it is tried to get the host going; see `again`. */
  readonly attempt: number
}

/** How a host is started without a terminal against a scripted model. */
export interface CanaryDialect {
  readonly host: CodingAgent
  readonly program: string
  readonly install: string
  wire(writes: ForbiddenWrites): ScriptedWire
  /** Fills the canary's own folder: what of the person's settings decides whether hooks run, and no login. */
  prepare(run: TryOut): void
  args(run: TryOut): readonly string[]
  env(run: TryOut): Readonly<Record<string, string>>
  /** Whether a run that never asked its model is worth another attempt with other words. */
  again(ended: EndedRun): boolean
  /** What a person can do about hooks that are installed and did not speak. */
  explain(ended: EndedRun, run: Pick<TryOut, 'folder'>): {readonly why: string; readonly fix: string} | null
}

/** What is known of a run when it is over. */
export interface EndedRun {
  readonly code: number | null
  readonly stderr: string
  readonly attempt: number
}
