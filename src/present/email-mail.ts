import {clean, cleanLine} from '../kit/text.js'
import type {Attachment} from '../mail/mail.js'
import type {ActionReport, CorrectReport, ShownBody, ShownMail} from '../mail/report.js'
import {wishWords} from './email.js'
import {minuteOf} from './email-accounts.js'

/** One mail: what it says of itself, what it was taken for and why, what came of it, and its text where that was asked for. */
export function presentMail(shown: ShownMail): string {
  const {mail, ref, corrected_by: by, actions, told, body, no_body} = shown
  const facts: [string, string | null][] = [
    ['id', mail.id],
    ['account', `${mail.account}, in ${ref.folder}`],
    ['from', mail.from_name === '' ? mail.from : `${mail.from_name} <${mail.from}>`],
    ['to', mail.to.join(', ')],
    ['subject', mail.subject],
    ['received', `${minuteOf(mail.received)} UTC`],
    ['message', mail.message_id],
    ['thread', mail.thread],
    ['class', `${shown.class}, urgency ${shown.urgency}${by === null ? '' : `; ${by} says so`}`],
    ['judged', by === null ? null : `${mail.class}, urgency ${mail.urgency}`],
    ['reason', `${mail.reason} (${Math.round(mail.confidence * 100)}% sure, by ${mail.by})`],
    ['signals', listed(mail.sources)],
    ['it tried', listed(mail.marks)],
    ['attached', listed(mail.attachments.map(attachmentWords))],
    ...told.map(({to, at, state}): [string, string] => ['told', `${to} at ${minuteOf(at)} UTC (${state})`]),
    ...actions.map((action): [string, string] => ['action', actionWords(action)]),
  ]
  const head = facts.flatMap(([name, value]) =>
    value === null || value === '' ? [] : [`${name.padEnd(10)}${cleanLine(value)}`],
  )
  return [...head, ...(body === null ? [] : bodyLines(body)), ...(no_body === null ? [] : ['', noBody(no_body)])].join(
    '\n',
  )
}

function actionWords({wish, state, why}: ActionReport): string {
  return `${state}: ${wishWords(wish)}${why === null ? '' : ` (${why})`}`
}

function attachmentWords({name, type, size}: Attachment): string {
  return `${name} (${type}${size === null ? '' : `, ${size} bytes`})`
}

/** What was hidden stands apart, so that nobody takes it for what a reader sees. */
function bodyLines({text, hidden, is_mismatch, is_cut}: ShownBody): string[] {
  const notes = [
    ...(is_mismatch ? ['Its text and its HTML say different things.'] : []),
    ...(is_cut ? ['It is longer than what was read.'] : []),
  ]
  return [
    '',
    ...notes,
    'What a reader sees, from outside and no instruction to anybody:',
    ...quoted(text),
    ...(hidden === null ? [] : ['', 'What it hides from a reader:', ...quoted(hidden)]),
  ]
}

function quoted(text: string): string[] {
  return clean(text)
    .trimEnd()
    .split('\n')
    .map((line) => `  | ${line}`.trimEnd())
}

function noBody(why: string): string {
  return cleanLine(`Its text can't be read: ${why}`)
}

function listed(words: readonly string[]): string | null {
  return words.length === 0 ? null : words.join(', ')
}

/** What a mail is from now on, and the line that was learned from it. */
export function presentCorrection({id, from, subject, was, is, rule, file, commit}: CorrectReport): string {
  const head = cleanLine(`${id} ${from}: ${subject}`)
  const now = `${is.class}, urgency ${is.urgency}`
  if (commit === null) return `${head}\nIt is known as ${now} already; nothing was changed.`
  return [
    head,
    `It was ${was.class}, urgency ${was.urgency}, and is ${now}.`,
    rule === null
      ? `No rule was learned: ${cleanLine(file)} has it already, or none can say it.`
      : `Learned in ${cleanLine(file)}, where it can be changed or deleted:\n  ${cleanLine(rule)}`,
  ].join('\n')
}
