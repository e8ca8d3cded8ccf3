import type {Urgency, Verdict} from '../verdict.js'
import {type Choice, WHYS} from './choice.js'
import type {RuleVerdict} from './rule-verdict.js'

/** What a model may say at most of a mail's certainty. */
const CONFIDENCE = 0.75

/** How far down a model may put what rules call urgent by weak evidence. */
const AT_LEAST = 1

/**
 * The verdict with a model's choice in it, as far as a model may choose: never over the operator or over rules that are
 * certain, never down where a mail gives orders to machines, never out of suspicion; and what is done and who is told stay the rules'.
 */
export function withChoice({isCertain, ...verdict}: RuleVerdict, choice: Choice): Verdict {
  if (isCertain || verdict.by === 'operator') return verdict
  const isLowering = verdict.class === 'urgent' && choice.class !== 'urgent'
  if (isLowering && isTricky(verdict)) return verdict
  const isDeceit = verdict.class === 'suspicious' || (isTricky(verdict) && choice.class === 'urgent')
  if (isDeceit) return verdict
  const urgency = Math.max(
    choice.class === 'urgent' ? Math.max(choice.urgency, 2) : Math.min(choice.urgency, 2),
    isLowering ? AT_LEAST : verdict.urgency,
  )
  return {
    ...verdict,
    class: choice.class,
    urgency: urgency as Urgency,
    confidence: CONFIDENCE,
    reason: WHYS[choice.why],
    by: 'model',
    sources: [`model:${choice.why}`, ...(isOver(verdict, choice) ? ['resolved'] : [])],
  }
}

/** That something is over is for what was told of it before, whoever saw it. */
function isOver({sources}: Verdict, choice: Choice): boolean {
  return choice.class !== 'urgent' && (choice.why === 'resolved' || sources.includes('resolved'))
}

/** A mail that gives orders to machines may have given them to this one. */
function isTricky({marks}: Verdict): boolean {
  return marks.includes('orders') || marks.includes('hidden-orders')
}
