import type {Sighting} from '../probes/read-all.js'
import type {Outage} from './beat-state.js'
import type {SurveyedCheck, SurveyFacts} from './survey.js'

/** What a check's alert or return came to, after recovery and page. */
export interface OutageReport {
  readonly kind: 'outage' | 'back'
  readonly probe: string
  readonly detail: string
  readonly recovery: string | null
  readonly isMended: boolean
  readonly page: string
  /** Milliseconds since the epoch. */
  readonly since: number
}

/** A surveyed check after its outages were dealt with. */
export interface TendedCheck extends SurveyedCheck {
  readonly outages: Readonly<Record<string, Outage>>
  readonly reports: readonly OutageReport[]
}

export interface TendFacts extends SurveyFacts {
  /** Keeps an outage on disk before anything is done about it, so that a killed beat does nothing twice. */
  remember(check: string, probe: string, outage: Outage): void
}

/** One alert on its way through recovery, waiting and page. */
export interface Course {
  readonly sighting: Sighting
  readonly outage: Outage
  /** Whether something happened in this beat that wasn't so before: then it is news. */
  readonly hasActed: boolean
  /** What recovery was tried in this beat, or why it was not. */
  readonly recovery: string | null
  /** What became of the page in this beat. */
  readonly page: string | null
}

/** A check that is broken or back, with everything its beat knows. */
export interface OutageCase {
  readonly surveyed: SurveyedCheck
  readonly facts: TendFacts
  /** The check's one recovery in this beat, once begun: whichever of its probes is down waits for the same. */
  readonly attempt: {running: Promise<string> | null; refused: string | null}
}
