import type {InboxMessage, InboxView} from '../bus/inbox.js'
import type {MailNews, MessageNews, NewsItem} from '../engines/news.js'
import type {TendedCheck} from './outage-case.js'

/** Everything that wasn't so at the beat before, in the order of the file. */
export function gatherNews(
  checks: readonly TendedCheck[],
  {inbox, mail}: {readonly inbox: InboxView; readonly mail: readonly Omit<MailNews, 'check'>[]},
): NewsItem[] {
  const told = new Set<string>()
  const asksMail = checks.find(({sightings}) => sightings.some(({call}) => call.word === 'mail'))
  return checks.flatMap((tended) => [
    ...readingNews(tended),
    ...outageNews(tended),
    ...(asksInbox(tended) ? messageNews(tended, inbox, told) : []),
    ...(tended === asksMail ? mail.map((one): MailNews => ({...one, check: tended.check.id})) : []),
  ])
}

/** What may not wait for the morning: something broken or back, and urgent mail whose sender is proved. */
export function isUrgent(item: NewsItem): boolean {
  if (item.kind === 'message')
    return item.message.trusted && !item.message.expired && item.message.priority === 'urgent'
  return item.kind === 'mail' ? item.urgency === 3 : item.kind !== 'reading'
}

function readingNews({check, sightings, reports}: TendedCheck): NewsItem[] {
  const reported = new Set(reports.map(({probe}) => probe))
  return sightings.flatMap(({call, reading, status, news}): NewsItem[] => {
    if (!news || reported.has(call.text) || status === 'same' || status === 'alert') return []
    // What lies in an inbox or a mailbox is told piece by piece.
    if ((call.word === 'inbox' || call.word === 'mail') && status === 'changed') return []
    return [{kind: 'reading', check: check.id, probe: call.text, status, detail: reading.detail}]
  })
}

function outageNews({check, reports}: TendedCheck): NewsItem[] {
  return reports.map(({kind, probe, detail, recovery, isMended, page, since}): NewsItem => {
    if (kind === 'outage') return {kind, check: check.id, probe, detail, recovery, isMended, page}
    return {kind, check: check.id, probe, detail, since: new Date(since).toISOString(), page}
  })
}

function asksInbox({sightings}: TendedCheck): boolean {
  return sightings.some(({call, reading}) => call.word === 'inbox' && reading.level === 'ok')
}

/** A turn takes so many messages, the urgent ones first; a flood is worked off in several beats, each within its lease. */
const MOST_MESSAGES = 200

/** Whatever lies unread, each once, also when two checks ask for the inbox. */
function messageNews({check}: TendedCheck, inbox: InboxView, told: Set<string>): MessageNews[] {
  const unread = [...inbox.messages, ...inbox.forged].filter(({box, path}) => box === 'new' && !told.has(path))
  const isFirst = ({verified, message}: InboxMessage): boolean => verified && message.priority === 'urgent'
  const ordered = [...unread.filter(isFirst), ...unread.filter((one) => !isFirst(one))]
  const taken = ordered.slice(0, Math.max(0, MOST_MESSAGES - told.size))
  for (const {path} of taken) told.add(path)
  return taken.map((found) => ({kind: 'message', check: check.id, message: describe(found)}))
}

function describe({id, message, verified, expired, reason}: InboxMessage): MessageNews['message'] {
  const {from, subject, body, priority, trace, taint} = message
  return {id, from, subject, body, priority, trace, trusted: verified, taint, expired, why: reason}
}
