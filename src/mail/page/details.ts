import type {ActionState, MailEntry} from '../ledger/sum.js'
import {wishWords} from './mail-line.js'
import {prose, quoted} from './markdown.js'
import type {PageClock} from './page-clock.js'

/** More than these are in the ledger's lines alone. */
const MOST_FULL = 100
const MOST_SHORT = 400

/** What a person needs to look closer, take back, apply or correct: folded, and in Markdown still. */
export function detailLines(mails: readonly MailEntry[], clock: PageClock): string[] {
  const full = mails.filter(isWorthAll).slice(0, MOST_FULL)
  const isFull = new Set(full)
  const rest = mails.filter((mail) => !isFull.has(mail))
  const short = rest.slice(0, MOST_SHORT)
  const left = rest.length - short.length
  return [
    '<details>',
    '<summary>Ids, signals, and how to apply, take back or correct</summary>',
    '',
    'Read one again: `mcos email show ID` · it is something else: `mcos email correct ID --class CLASS`',
    '',
    ...full.flatMap((mail) => fullLines(mail, clock)),
    ...short.map(shortLine),
    ...(left > 0 ? [`- and ${left} more, which stand in this day's .jsonl`] : []),
    '',
    '</details>',
  ]
}

function isWorthAll({seen, class: is, correctedBy}: MailEntry): boolean {
  const isSeldom = is === 'urgent' || is === 'needs-reply' || is === 'suspicious'
  return isSeldom || correctedBy !== null || seen.actions.length > 0 || seen.marks.length > 0
}

function shortLine({seen, class: is}: MailEntry): string {
  return `- \`${seen.id}\` ${is}, ${percent(seen.confidence)} by ${seen.by}: ${quoted(seen.from, 100)}`
}

function fullLines(mail: MailEntry, clock: PageClock): string[] {
  const {seen, actions} = mail
  const was = mail.correctedBy === null ? '' : `; it was taken for ${seen.class}, urgency ${seen.urgency}`
  const lines = [
    `judged ${clock.at(seen.at)}: ${mail.class}, urgency ${mail.urgency}${was}; ${percent(seen.confidence)} by ${seen.by}${listed(seen.sources)}`,
    ...(seen.marks.length > 0 ? [`it tried:${listed(seen.marks)}`] : []),
    ...(seen.attachments.length > 0 ? [`attached:${listed(seen.attachments.map(({name}) => name))}`] : []),
    ...actions.map((action) => actionLine(seen.id, action)),
    `something else? \`mcos email correct ${seen.id} --class CLASS\``,
  ]
  return [
    `- \`${seen.id}\` ${quoted(seen.from, 100)} to ${prose(seen.account, 40)}, lies in ${quoted(mail.ref.folder, 60)}`,
    ...lines.map((line) => `  - ${line}`),
  ]
}

function actionLine(id: string, {wish, state, why}: ActionState): string {
  const reason = why === null ? '' : ` (${prose(why, 160)})`
  const next = NEXT[state]
  return `${wishWords(wish)}: ${state}${reason}${next === null ? '' : ` · \`mcos email ${next} ${id}\``}`
}

const NEXT: Readonly<Record<ActionState['state'], 'apply' | 'undo' | null>> = {
  proposed: 'apply',
  failed: null,
  refused: null,
  done: 'undo',
  already: null,
  undone: null,
}

function listed(words: readonly string[]): string {
  const most = 8
  const more = words.length > most ? ` and ${words.length - most} more` : ''
  return `${words
    .slice(0, most)
    .map((word) => ` ${quoted(word, 60)}`)
    .join('')}${more}`
}

function percent(share: number): string {
  return `${Math.round(share * 100)}% sure`
}
