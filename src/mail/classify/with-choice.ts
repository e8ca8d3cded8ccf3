import type {Verdict} from '../verdict.js'
import type {Choice} from './choice.js'
import type {RuleVerdict} from './classify-by-rules.js'

/** The verdict with a model's choice in it, as far as a model may choose. */
export function withChoice({isCertain: _, ...verdict}: RuleVerdict, _choice: Choice): Verdict {
  return verdict
}
