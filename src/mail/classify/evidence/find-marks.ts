import type {Judged} from '../judged.js'
import {hasInjection, type Injection} from './find-injections.js'

/** What a mail can be marked with; nothing of its own words gets here. */
export const MARKS = [
  'orders',
  'hidden-orders',
  'hidden-text',
  'mismatch',
  'false-sender',
  'look-alike',
  'false-link',
] as const

export type Mark = (typeof MARKS)[number]

/** What the mail tried, wherever in it: subject, body, quotes, hidden text, attachment names, calendar, names of people. */
export function marksOf(
  {head, content}: Judged,
  {injections, suspicion}: {readonly injections: readonly Injection[]; readonly suspicion: readonly string[]},
): Mark[] {
  const marks = new Set<Mark>()
  const visible = [
    content.text,
    head.from.name,
    ...content.attachments.map(({name}) => name.replaceAll(/[_+-]/g, ' ')),
    content.calendar?.summary ?? '',
  ]
  if (injections.length > 0 || visible.some(hasInjection)) marks.add('orders')
  if (content.hidden !== null) {
    marks.add('hidden-text')
    if (hasInjection(content.hidden)) marks.add('hidden-orders')
  }
  if (content.isMismatch) marks.add('mismatch')
  if (suspicion.includes('auth-fails') || suspicion.includes('claims-us')) marks.add('false-sender')
  if (suspicion.includes('look-alike') || suspicion.includes('name-unlike-domain')) marks.add('look-alike')
  if (suspicion.some((source) => source === 'link-brand' || source === 'link-address')) marks.add('false-link')
  return [...marks]
}
