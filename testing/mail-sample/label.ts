import type {MailClass, Urgency} from '../../src/mail/verdict.js'

/** What a sensible assistant to Northwind would say of a mail at the moment it arrives. */
export interface Label {
  readonly class: MailClass
  /** Classes that a sensible assistant might say as well. */
  readonly alsoAccept: readonly MailClass[]
  /** Whether a person would want to be told now. */
  readonly urgent: boolean
  readonly urgency: Urgency
  readonly why: string
  readonly traits: readonly string[]
}

/** Rules may be tuned on `dev` and `held-out`; `judge` is only for judging, and who writes rules doesn't read it. */
export type Half = 'dev' | 'held-out' | 'judge'

export const HALVES: readonly Half[] = ['judge', 'held-out', 'dev']

/** One mail of the sample as it came over the wire. */
export interface SampleMail {
  /** A file below hard/, or a generated mail's template with its number. */
  readonly name: string
  readonly raw: Buffer
  readonly label: Label
  /** The same mail without the words that were put in for a machine; null where there are none. */
  readonly without: Buffer | null
}
