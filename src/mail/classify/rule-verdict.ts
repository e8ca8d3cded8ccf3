import type {Verdict} from '../verdict.js'

/** A verdict, and whether it needs no second opinion. */
export type RuleVerdict = Verdict & {readonly isCertain: boolean}
