import type {RuleVerdict} from '../rule-verdict.js'

/** What one way of judging makes of a mail. */
export type Opinion = Pick<RuleVerdict, 'class' | 'urgency' | 'confidence' | 'reason' | 'sources' | 'isCertain'>
