import type {MailClass, Urgency} from '../../../src/mail/verdict.js'

export type Language = 'en' | 'de' | 'fr' | 'es' | 'pt' | 'nl' | 'sv' | 'ru' | 'zh' | 'ja' | 'af'

/** Who writes, which decides the headers such mail carries in the wild. */
export type Kind =
  /** Somebody at a keyboard. */
  | 'person'
  /** A program that reports; half of them with Precedence and List-Unsubscribe, as alerting services send. */
  | 'robot'
  /** Bulk mail with List-Id and List-Unsubscribe. */
  | 'list'
  | 'auto-reply'
  | 'bounce'
  /** From a domain that fails its checks. */
  | 'forged'
  /** With a text/calendar part. */
  | 'invite'
  | 'cancel'

/**
 * One mail with gaps. `{a|b}` is one of several wordings; `{name}` a gap that fill.ts fills. The first line of `text` is
 * the subject.
 */
export interface Template {
  readonly id: string
  readonly kind: Kind
  readonly lang: Language
  readonly class: MailClass
  readonly urgency: Urgency
  readonly alsoAccept: readonly MailClass[]
  /** "Name <box@host>" with gaps; null: a person of that language. */
  readonly from: string | null
  readonly text: string
}

export interface Options {
  readonly kind?: Kind
  readonly from?: string
  readonly urgency?: Urgency
  readonly also?: readonly MailClass[]
}

/** Makes the templates of one class; each is named by its class and place. */
export function templatesOf(half: string, mailClass: MailClass, usual: Options) {
  const made: Template[] = []
  const add = (lang: Language, text: string, options: Options = {}): void => {
    const {kind = 'person', from = null, urgency = 1, also = []} = {...usual, ...options}
    const id = `${half}-${mailClass}-${made.length + 1}`
    made.push({id, kind, lang, class: mailClass, urgency, alsoAccept: also, from, text: text.trim()})
  }
  return {made, add}
}
