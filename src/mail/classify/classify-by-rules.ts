import type {Verdict} from '../verdict.js'
import type {Judged} from './judged.js'
import type {Rulebook} from './rulebook.js'

/** A verdict, and whether it needs no second opinion. */
export type RuleVerdict = Verdict & {readonly isCertain: boolean}

/** What a mail is by signals and words alone and by the operator's rules; pure, the same for the same mail. */
export function classifyByRules(_mail: Judged, _rulebook: Rulebook): RuleVerdict {
  return {
    class: 'other',
    urgency: 1,
    confidence: 0.3,
    reason: 'Nothing in it says what it is.',
    by: 'rule',
    sources: [],
    marks: [],
    wishes: [],
    tell: [],
    isCertain: false,
  }
}
