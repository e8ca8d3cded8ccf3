import type {MailClass, Urgency, Wish} from '../verdict.js'

/** The operator's rules in the order they stand, and the lines that look like rules and can't be read. */
export interface Rulebook {
  readonly rules: readonly Rule[]
  readonly troubles: readonly RuleTrouble[]
}

/** Text that rules are read from. */
export interface RuleSource {
  /** As a person finds it, such as `MAIL.md`. */
  readonly file: string
  /** The number of the text's first line in that file; 1 unless told. */
  readonly line?: number
  readonly text: string
}

/** One line of the operator's: when it holds, all of its outcomes count. */
export interface Rule {
  readonly file: string
  readonly line: number
  /** Whether a correction wrote it: those are asked first, the newest before the others. */
  readonly isLearned: boolean
  readonly when: Condition
  readonly outcomes: readonly Outcome[]
}

/** A line that looks like a rule and isn't one: said, never guessed. */
export interface RuleTrouble {
  readonly file: string
  readonly line: number
  /** What was expected, with an example. */
  readonly message: string
}

/** What of a mail a rule can look at. */
export const FIELDS = ['from', 'to', 'cc', 'subject', 'body', 'list', 'account', 'attachment', 'class'] as const

export type Field = (typeof FIELDS)[number]

/** One of these groups holds when all of its tests do: "and" binds tighter than "or". */
export type Condition = readonly (readonly Test[])[]

/** Any of the patterns fits the field; with `isNot`, none does. */
export interface Test {
  readonly field: Field
  readonly isNot: boolean
  readonly patterns: readonly Pattern[]
}

/** A glob of which `*` is the only sign, or quoted text of which nothing is. */
export interface Pattern {
  readonly text: string
  readonly isQuoted: boolean
}

export type Outcome =
  | {readonly kind: 'class'; readonly class: MailClass}
  | {readonly kind: 'urgency'; readonly urgency: Urgency}
  | {readonly kind: 'tell'; readonly name: string}
  | {readonly kind: 'wish'; readonly wish: Wish}

/** A rulebook without rules. */
export const NO_RULES: Rulebook = {rules: [], troubles: []}
