import type {MailClass, Urgency} from '../../verdict.js'
import type {Judged} from '../judged.js'
import type {Concept} from '../lexicon/concept.js'
import type {Reading} from './read-words.js'
import type {SenderFacts} from './sender.js'
import type {Calm} from './weigh-calm.js'

/** What a mail is when nothing in it is urgent or deceitful. */
export interface Chosen {
  readonly class: MailClass
  readonly urgency: Urgency
  readonly confidence: number
  readonly source: string
  /** Why, as the end of "it …". */
  readonly because: string
}

interface Facts {
  readonly mail: Judged
  readonly reading: Reading
  readonly sender: SenderFacts
  readonly calm: Calm
}

/** The first of these that holds, the surest signs first. */
export function chooseClass(facts: Facts): Chosen {
  return structural(facts) ?? (isProgram(facts) ? ofProgram(facts) : ofPerson(facts))
}

function structural({sender, calm}: Facts): Chosen | null {
  if (sender.isReport && (sender.isAutoReply || calm.says('undelivered')))
    return chosen('bounce', 0, 0.95, 'delivery-status', 'is the report of a mail server on a mail of yours')
  if (sender.isReport && !sender.isBulk) return chosen('bounce', 0, 0.85, 'delivery-status', 'comes from a mail server')
  if (sender.isAutoReply) return chosen('notification', 0, 0.92, 'auto-reply', 'is an automatic answer')
  if (calm.saysInSubject('away')) return chosen('notification', 0, 0.85, 'auto-reply', 'reads like an automatic answer')
  if (calm.saysInSubject('undelivered') && sender.kind === 'robot')
    return chosen('bounce', 0, 0.8, 'delivery-status', 'says that a mail did not arrive')
  if (sender.isMarketing || (sender.kind === 'mailing' && calm.promo > 0))
    return chosen('newsletter', 0, 0.92, 'list', 'goes to many')
  if (calm.promo >= 2) return chosen('newsletter', 0, 0.8, 'promo', 'advertises')
  return null
}

function isProgram({sender}: Facts): boolean {
  return sender.kind === 'robot' || sender.kind === 'mailing'
}

function ofProgram({reading, sender, mail, calm}: Facts): Chosen {
  if (calm.says('away') && sender.isReply)
    return chosen('notification', 0, 0.8, 'auto-reply', 'reads like an automatic answer')
  const local = mail.head.from.address.split('@')[0] ?? ''
  const isBilling =
    /^(?:billing|invoice|receipt|payment|account|statement|rechnung|facture|faktura|facturation|buh)/.test(local)
  if (calm.says('paid') && inEarly(reading, 'paid') && (inSubject(reading, 'invoice') || isBilling))
    return chosen('invoice', 0, 0.8, 'paid', 'says that something was paid')
  if (inSubject(reading, 'invoice') || (isBilling && has(reading, 'invoice')))
    return chosen('invoice', 1, 0.82, 'invoice', 'is about a bill')
  if (inSubject(reading, 'legal'))
    return chosen('legal', 1, 0.75, 'legal', 'is about a contract, an authority or the law')
  if (inSubject(reading, 'meeting') && !inSubject(reading, 'state'))
    return chosen('calendar', 1, 0.7, 'meeting', 'is about an appointment')
  if (sender.isReply && has(reading, 'waiting'))
    return chosen('waiting', 1, 0.75, 'waiting', 'says that they come back to it')
  if (has(reading, 'waiting') && inEarly(reading, 'waiting'))
    return chosen('waiting', 1, 0.65, 'waiting', 'says that they come back to it')
  if (sender.kind === 'mailing' && !has(reading, 'state') && !has(reading, 'alarm') && !has(reading, 'outage'))
    return chosen('newsletter', 0, 0.82, 'list', 'goes to many')
  return chosen('notification', 0, 0.82, 'robot', 'is what a program reports')
}

function ofPerson({mail, reading, sender, calm}: Facts): Chosen {
  const asks = isAsking(reading)
  if (calm.says('away') && sender.isReply && !asks)
    return chosen('notification', 0, 0.7, 'auto-reply', 'reads like an automatic answer')
  const local = mail.head.from.address.split('@')[0] ?? ''
  const isBilling =
    /^(?:billing|invoice|receipt|payment|account|statement|rechnung|buchhaltung|facture|faktura|facturation|administra|buh|compta)/.test(
      local,
    )
  if (inSubject(reading, 'invoice') && (isBilling || !asks || mail.content.attachments.length > 0))
    return calm.says('paid') && calm.isResolved
      ? chosen('invoice', 0, 0.7, 'paid', 'says that something was paid')
      : chosen('invoice', 1, 0.8, 'invoice', 'is about a bill')
  if (isBilling && has(reading, 'invoice')) return chosen('invoice', 1, 0.75, 'invoice', 'is about a bill')
  if (count(reading, 'legal') >= 2 && !inSubject(reading, 'question'))
    return chosen('legal', 1, 0.75, 'legal', 'is about a contract, an authority or the law')
  if (has(reading, 'waiting') && !reading.text.includes('?'))
    return chosen('waiting', 1, sender.isReply ? 0.75 : 0.6, 'waiting', 'says that they come back to it')
  if (
    inSubject(reading, 'meeting') &&
    (has(reading, 'changed') || has(reading, 'meeting')) &&
    !has(reading, 'invoice') &&
    inSubjectOnly(reading, ['meeting', 'changed'])
  )
    return chosen('calendar', 1, 0.6, 'meeting', 'is about an appointment')
  if (asks) return chosen('needs-reply', 1, 0.78, 'question', 'asks for something')
  if (inSubject(reading, 'legal'))
    return chosen('legal', 1, 0.6, 'legal', 'is about a contract, an authority or the law')
  if (calm.sources.includes('thanks') || calm.isResolved)
    return chosen('customer', 0, 0.75, 'thanks', 'thanks, or says that all is well')
  if (sender.isReply) return chosen('customer', 1, 0.5, 'reply', 'goes on with a conversation')
  return chosen('other', 0, 0.4, 'nothing', 'says nothing that its words would tell')
}

function isAsking(reading: Reading): boolean {
  return /[?？]/.test(reading.text) || has(reading, 'question') || has(reading, 'help')
}

function chosen(kind: MailClass, urgency: Urgency, confidence: number, source: string, because: string): Chosen {
  return {class: kind, urgency, confidence, source, because}
}

function has({found}: Reading, concept: Concept): boolean {
  return (found.get(concept)?.length ?? 0) > 0
}

function count({found, words}: Reading, concept: Concept): number {
  return new Set((found.get(concept) ?? []).map(({first}) => words[first]?.text)).size
}

function inSubject({found, body}: Reading, concept: Concept): boolean {
  return found.get(concept)?.some(({first}) => body === -1 || first < body) ?? false
}

function inSubjectOnly(reading: Reading, concepts: readonly Concept[]): boolean {
  return concepts.some((concept) => inSubject(reading, concept))
}

function inEarly({found, body, words}: Reading, concept: Concept): boolean {
  const sentence = words[body]?.sentence ?? 0
  return found.get(concept)?.some(({first}) => (words[first]?.sentence ?? 0) <= sentence + 1) ?? false
}
