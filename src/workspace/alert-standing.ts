import type {Alert, AlertEvent} from './alert-file.js'
import type {RefusedEvent} from './event-fold.js'
import type {AlertLevel} from './soul.js'

/** The sum of an alert's events. */
export interface AlertState {
  /** hypothesis: it reaches only who can confirm it. */
  readonly status: 'hypothesis' | 'confirmed' | 'dismissed' | 'resolved'
  /** What it is said to be. */
  readonly level: AlertLevel
  /** Since when that is said, in ms; a question that nobody answers goes on from here. */
  readonly claimedAt: number
  /** What of that is confirmed; null: nothing. P3 needs nobody. */
  readonly confirmed: AlertLevel | null
  /** Who said so, and through whose hand; none of them can confirm it. The first is who raised it. */
  readonly raisers: readonly string[]
  /** Who has confirmed the present level. */
  readonly confirmers: readonly string[]
  /** Who has confirmed what is confirmed now. */
  readonly confirmedBy: readonly string[]
  /** Text of the outside that the raisers and the confirmers of the present level had heard. */
  readonly origins: readonly string[]
  /** Whom the question was put to beyond those whose contract it names; to have been asked is to may answer. */
  readonly asked: readonly string[]
  /** Levels that people were paged about as confirmed. */
  readonly paged: readonly AlertLevel[]
  /** How often the same was raised again, by itself or as an echo. */
  readonly repeats: number
  readonly applied: readonly AlertEvent[]
  /** Events that their state or their author's standing didn't allow: shown, never applied. */
  readonly refused: readonly RefusedEvent<AlertEvent>[]
}

/** Who may say what, from contracts and mcos.yaml. */
export interface AlertGates {
  /** Equal for equal gates: what was worked out by others may come out otherwise. */
  readonly key: string
  /** Whether this agent's contract lets it confirm this level. */
  confirms(name: string, level: AlertLevel): boolean
  /** The agents that do. */
  confirmers(level: AlertLevel): readonly string[]
  /** People may confirm and dismiss at any level. */
  isPerson(name: string): boolean
  /** Why a person's yes to P0 is not proved to be theirs; null: it is. */
  whyNotProved(event: AlertEvent, alert: AlertClaim): string | null
}

export type Standing = Omit<AlertState, 'applied' | 'refused'>

/** What an event changes, or why it may not. */
export type Step = Partial<Standing> | string

/** The part of an alert that its state begins with. */
export type AlertClaim = Pick<Alert, 'id' | 'title' | 'at' | 'by' | 'hand' | 'level' | 'origin'>
