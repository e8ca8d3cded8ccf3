import type {Tokens} from '../workspace/receipt.js'

/** Where one section of HEARTBEAT.md stands after a beat; the keys are a promise to programs. */
export interface CheckReport {
  readonly id: string
  readonly title: string
  /** The line of its heading. */
  readonly line: number
  readonly kind: 'check' | 'policy' | 'status'
  readonly cadence: string
  /** The line the cadence was read from; null when it is the default. */
  readonly cadence_line: number | null
  readonly due: boolean
  readonly next_due: string | null
  readonly status: CheckStatus
  readonly news: boolean
  readonly detail: string
  readonly ms: number
}

export type CheckStatus =
  | 'same'
  | 'changed'
  | 'alert'
  | 'failed'
  | 'asked'
  | 'not-due'
  | 'off'
  | 'context'
  | 'waiting-for-engine'

export type BeatOutcome = 'idle' | 'worked' | 'skipped' | 'failed'

export interface AgentReport {
  readonly agent: string
  readonly state: BeatOutcome
  readonly reason: string
  readonly turn: string
  readonly commit: string | null
  readonly engine: string | null
  readonly model_calls: number
  readonly tokens: Tokens
  readonly cost_usd: number
  readonly ms: number
  readonly checks: readonly CheckReport[]
  readonly alerts: readonly string[]
  /** Ids of the messages this beat moved or sent. */
  readonly messages: readonly string[]
  readonly error: {readonly code: string; readonly message: string; readonly suggestions: readonly string[]} | null
}

export interface HeartbeatReport {
  readonly fleet: string
  readonly host: string
  readonly at: string
  readonly agents: readonly AgentReport[]
}
