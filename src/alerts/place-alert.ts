import type {Alert} from '../workspace/alert-file.js'
import {isOver} from '../workspace/alert-state.js'
import type {AlertCase} from './read-alerts.js'
import {foldText, hasOwnEvidence, isSameText} from './same-text.js'

const HOUR_MS = 3_600_000
/** More new ones of one agent within an hour wait for a person; its notes (P3) are counted by themselves. */
const MOST_AN_HOUR = 5

/** What becomes of an alert that is to be raised. */
export type Place =
  | {readonly kind: 'new'; readonly held: string | null; readonly isFirstHeld: boolean}
  /** One line more in an alert that says the same. */
  | {readonly kind: 'repeat'; readonly of: AlertCase}
  /** Its own alert, which is said to be worse now. */
  | {readonly kind: 'raise'; readonly of: AlertCase}

export type AlertDraft = Pick<Alert, 'by' | 'level' | 'title' | 'evidence' | 'origin'>

/** Whether an alert is one more, or the same as one that is known: of its raiser while that is open, or an echo of others'. */
export function placeAlert(draft: AlertDraft, cases: readonly AlertCase[], now: number): Place {
  const readable = cases.filter(({trouble}) => trouble === null)
  const own = readable.findLast((known) => isOwn(draft, known, now))
  if (own) {
    const isWorse = !isOver(own.state) && draft.level < own.state.level
    return isWorse ? {kind: 'raise', of: own} : {kind: 'repeat', of: own}
  }
  const echoed = readable.find((known) => isEcho(draft, known, now))
  return echoed ? {kind: 'repeat', of: echoed} : placeNew(draft, readable, now)
}

function isOwn(draft: AlertDraft, {alert, state}: AlertCase, now: number): boolean {
  if (alert.by !== draft.by || foldText(alert.title) !== foldText(draft.title)) return false
  if (!isOver(state)) return true
  // Dismissed a moment ago, and nothing new has been seen: the answer still holds.
  return state.status === 'dismissed' && isFresh(alert, now) && !hasOwnEvidence(draft, alert)
}

/** The same text within the hour, with nothing seen by whoever repeats it. */
function isEcho(draft: AlertDraft, {alert, state}: AlertCase, now: number): boolean {
  if (alert.by === draft.by || state.status === 'resolved' || !isFresh(alert, now)) return false
  return isSameText(alert.title, draft.title) && !hasOwnEvidence(draft, alert)
}

function placeNew({by, level}: AlertDraft, cases: readonly AlertCase[], now: number): Place {
  const isNote = level === 'P3'
  const recent = cases.filter(({alert}) => alert.by === by && isFresh(alert, now) && (alert.level === 'P3') === isNote)
  if (recent.length < MOST_AN_HOUR) return {kind: 'new', held: null, isFirstHeld: false}
  const held = `more than ${MOST_AN_HOUR} new ${isNote ? 'notes' : 'alerts'} of ${by} within an hour`
  return {kind: 'new', held, isFirstHeld: !recent.some(({alert}) => alert.held !== null)}
}

function isFresh({at}: Pick<Alert, 'at'>, now: number): boolean {
  const age = now - Date.parse(at)
  return age < HOUR_MS && age > -HOUR_MS
}
