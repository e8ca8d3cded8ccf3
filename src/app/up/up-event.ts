import type {AgentReport} from '../../heartbeat/report.js'

/** Why a beat came: the start, a slot, something that landed in a folder, or the end of a stop. */
export type Occasion = 'start' | 'slot' | 'wake' | 'resume'

/** What a beat made of one agent. */
export type AgentBeat = Pick<
  AgentReport,
  'agent' | 'state' | 'reason' | 'turn' | 'commit' | 'engine' | 'model_calls' | 'tokens' | 'cost_usd' | 'error'
>

/** What `mcos up` tells while it runs, a line each; the keys are a promise to programs. `at` is ISO. */
export type UpEvent =
  | {
      readonly kind: 'up'
      readonly at: string
      readonly fleet: string
      readonly host: string
      readonly pid: number
      /** Such as 30m. */
      readonly every: string
      /** null: all of this machine. */
      readonly agents: readonly string[] | null
    }
  | {
      readonly kind: 'beat'
      readonly at: string
      readonly occasion: Occasion
      readonly ms: number
      readonly exit: number | null
      readonly agents: readonly AgentBeat[]
    }
  | {readonly kind: 'stopped' | 'resumed'; readonly at: string}
  | {readonly kind: 'trouble' | 'note'; readonly at: string; readonly message: string}
  | UpEnd

/** How it ended. */
export interface UpEnd {
  readonly kind: 'end'
  readonly at: string
  readonly exit: number
  /** Beats of the whole machine, and of agents that were woken. */
  readonly beats: number
  readonly wakes: number
}
