import type {MailLedger} from '../ledger/read.js'
import type {AccountRecord, MailRecord} from '../ledger/record.js'
import type {AccountEntry, MailEntry} from '../ledger/sum.js'
import {type DayFacts, dayFacts, hasDraft} from './day-facts.js'
import {detailLines} from './details.js'
import {mailLine, senderOf, threadLines} from './mail-line.js'
import {prose} from './markdown.js'
import {longDate, type PageClock, pageClock} from './page-clock.js'

export interface PageOptions {
  /** 2026-11-21. */
  readonly date: string
  readonly zone: string
  /** In the order in which mcos.yaml has them. */
  readonly accounts: readonly string[]
}

/** Lines of one account on the page; more are counted. */
const MOST_LINES = 60
const MOST_SENDERS = 6
const FOLDED: readonly string[] = ['newsletter', 'notification']

/** The page of one day from a ledger; null where nothing happened on it. */
export function pageOf(ledger: MailLedger, options: PageOptions): string | null {
  const before = ledger.days.filter((day) => day < options.date).flatMap((day) => ledger.records(day))
  const text = renderPage({records: ledger.records(options.date), before}, options)
  return text === '' ? null : text
}

/**
 * One day's mail for a person to read: what is urgent first, everything with its reason. Pure: the same records are the
 * same bytes, and no mail adds a heading, a link, a fence or HTML to it. '' for a day without records.
 */
export function renderPage(
  {records, before}: {readonly records: readonly MailRecord[]; readonly before: readonly MailRecord[]},
  {date, zone, accounts}: PageOptions,
): string {
  if (records.length === 0) return ''
  const facts = dayFacts(records, before, accounts)
  const clock = pageClock(date, zone)
  const sections = [
    [`# Mail of ${longDate(date)}`],
    ...facts.failing.map((account) => [failingLine(account, clock)]),
    [countLine(facts)],
    section(
      'Urgent',
      facts.urgent.flatMap((one) => threadLines(one, clock)),
    ),
    section(
      'To answer',
      facts.toAnswer.flatMap((one) => threadLines(one, clock)),
    ),
    section(
      'Still open from before',
      facts.open.flatMap((one) => threadLines(one, clock)),
    ),
    ...facts.rest.map(({account, mails}) => section(prose(account, 40), accountLines(mails, clock))),
    section(
      'New words on earlier mail',
      facts.touched.map((mail) => mailLine(mail, clock)),
    ),
    ...facts.words.map((word) => [wordLine(word, clock)]),
    facts.mails.length + facts.touched.length === 0 ? [] : detailLines([...facts.mails, ...facts.touched], clock),
    [formatMark(records.length)],
  ]
  return `${sections.flatMap((lines) => (lines.length === 0 ? [] : [lines.join('\n')])).join('\n\n')}\n`
}

/** How many records a page was made of, as its last line says; null where it doesn't. */
export function recordsOfPage(text: string): number | null {
  const found = /^<!-- of (\d{1,9}) lines? -->\n?$/m.exec(text.slice(-60))
  return found ? Number(found[1]) : null
}

function formatMark(records: number): string {
  return `<!-- of ${records} ${records === 1 ? 'line' : 'lines'} -->`
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`## ${title}`, '', ...lines]
}

function failingLine({account, failing}: AccountEntry, clock: PageClock): string {
  const since = failing === null ? '' : ` since ${clock.at(failing.since)}: ${prose(failing.detail, 200)}`
  const look = /^[\w.-]+$/.test(account) ? ` · \`mcos email check ${account}\`` : ''
  return `> **Could not check ${prose(account, 40)}**${since}${look}`
}

function countLine({urgent, toAnswer, mails, rest}: DayFacts): string {
  const drafts = mails.filter(hasDraft).length
  const others = rest.reduce((sum, one) => sum + one.mails.length, 0)
  if (mails.length === 0) return 'No new mail.'
  const parts = [
    ...(urgent.length > 0 ? [`${urgent.length} urgent`] : []),
    ...(toAnswer.length > 0 ? [`${toAnswer.length} to answer`] : []),
    ...(drafts > 0 ? [`${drafts} ${drafts === 1 ? 'draft lies' : 'drafts lie'} ready`] : []),
    ...(others > 0 ? [`${others} that can wait`] : []),
  ]
  return `${parts.join(' · ')}.`
}

function accountLines(mails: readonly MailEntry[], clock: PageClock): string[] {
  const single = mails.filter((mail) => !FOLDED.includes(mail.class))
  const left = single.length - MOST_LINES
  return [
    ...single.slice(0, MOST_LINES).map((mail) => mailLine(mail, clock)),
    ...(left > 0 ? [`- and ${left} more, below`] : []),
    ...FOLDED.flatMap((name) =>
      foldedLine(
        name,
        mails.filter((mail) => mail.class === name),
      ),
    ),
  ]
}

/** Robots and newsletters, counted, with who they are from. */
function foldedLine(name: string, mails: readonly MailEntry[]): string[] {
  if (mails.length === 0) return []
  const counts = new Map<string, number>()
  for (const mail of mails) counts.set(senderOf(mail), (counts.get(senderOf(mail)) ?? 0) + 1)
  const senders = [...counts].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
  const shown = senders
    .slice(0, MOST_SENDERS)
    .map(([sender, number]) => (number > 1 ? `${sender} (${number})` : sender))
  const others = senders.length > MOST_SENDERS ? ` and ${senders.length - MOST_SENDERS} other senders` : ''
  return [`- ${mails.length} ${name}${mails.length === 1 ? '' : 's'}: ${shown.join(', ')}${others}`]
}

function wordLine({account, state, since, left}: AccountRecord, clock: PageClock): string {
  const name = prose(account, 40)
  if (state === 'reset') return `> ${name} was numbered anew by its server; no mail that is known was judged again.`
  const older = left ? `; ${left} older ${left === 1 ? 'mail was' : 'mails were'} left` : ''
  return `> ${name} was read for the first time, from ${clock.at(since)} on${older}.`
}
