/** What a mail can be: a closed set, also for a model. */
export const CLASSES = [
  'urgent',
  'needs-reply',
  'waiting',
  'invoice',
  'legal',
  'customer',
  'calendar',
  'notification',
  'newsletter',
  'bounce',
  'suspicious',
  'other',
] as const

export type MailClass = (typeof CLASSES)[number]

/** 3: now; 2: today; 1: when there is time; 0: need not be read. */
export type Urgency = 0 | 1 | 2 | 3

/** What a mail was taken for, why, and by whom. */
export interface Verdict {
  readonly class: MailClass
  readonly urgency: Urgency
  /** From 0 to 1. */
  readonly confidence: number
  /** One clean sentence; words of the mail stand in it only quoted and shortened. */
  readonly reason: string
  /** `rule`: what every mcos knows; `operator`: a line of MAIL.md, of mcos.yaml, or a correction; `model`: a model's choice. */
  readonly by: 'rule' | 'model' | 'operator'
  /** What spoke, such as `MAIL.md:12` or `list-id`. */
  readonly sources: readonly string[]
  /** What the mail tried: hidden text, instructions to a machine, a false sender; each one word of a closed list. */
  readonly marks: readonly string[]
  /** What the operator's rules want done with it. */
  readonly wishes: readonly Wish[]
  /** Agents or channels that the operator's rules want told. */
  readonly tell: readonly string[]
}

/** One thing to be done with a mail, as a person writes it in a rule. */
export type Wish =
  | {readonly kind: 'label'; readonly label: string}
  | {readonly kind: 'flag'}
  | {readonly kind: 'move'; readonly to: string}
  | {readonly kind: 'archive'}
  | {readonly kind: 'mark-read'}
  /** The operator's own words for an answer. */
  | {readonly kind: 'draft'; readonly text: string}

/** The contract's word for a wish: what `may:` has to say. */
export function verbOfWish({kind}: Wish): string {
  switch (kind) {
    case 'label':
      return 'mail.label'
    case 'flag':
      return 'mail.flag'
    case 'move':
    case 'archive':
      return 'mail.move'
    case 'mark-read':
      return 'mail.mark'
    case 'draft':
      return 'mail.draft'
  }
}
