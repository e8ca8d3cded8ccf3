import type {TurnEvent} from '../turn/events.js'
import type {AgentReport, CheckStatus} from './report.js'

/** What is told of a heartbeat while it runs, to whoever watches it; nothing of it is kept. */
export type BeatEvent =
  /** Whose beat it is, before anything is looked at. */
  | {readonly kind: 'agents'; readonly agents: readonly string[]}
  /** Something is due for this agent, and its lock is held. */
  | {readonly kind: 'look'; readonly agent: string}
  /** Something that may take a while: a probe, a recovery, the mail. */
  | {readonly kind: 'begun'; readonly agent: string; readonly what: string}
  | {readonly kind: 'over'; readonly agent: string; readonly what: string}
  /** One probe has ended. */
  | {
      readonly kind: 'probe'
      readonly agent: string
      /** The check's id and its heading. */
      readonly check: string
      readonly title: string
      readonly word: string
      /** The call as the file has it. */
      readonly probe: string
      readonly status: Extract<CheckStatus, 'same' | 'changed' | 'alert' | 'failed'>
      readonly news: boolean
      readonly detail: string
      readonly ms: number
      /** The beat saw it down just before: the same probe after a recovery, or right before a page. */
      readonly isAgain: boolean
    }
  /** What became of a check's `recover:`, or why it was not tried. */
  | {
      readonly kind: 'recovery'
      readonly agent: string
      readonly title: string
      readonly isDone: boolean
      readonly detail: string
    }
  /** What happens in this agent's turn. */
  | {readonly kind: 'turn'; readonly agent: string; readonly event: TurnEvent}
  /** This agent's beat is over, and what it changed is committed. */
  | {readonly kind: 'ended'; readonly report: AgentReport}

export type BeatListener = (event: BeatEvent) => void
