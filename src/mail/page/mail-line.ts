import type {ActionState, MailEntry} from '../ledger/sum.js'
import type {Wish} from '../verdict.js'
import {hasDraft, type ThreadMail} from './day-facts.js'
import {prose, quoted} from './markdown.js'
import type {PageClock} from './page-clock.js'

/** Who wrote, to which account, about what; below it why it matters and what was done: for what is urgent or wants an answer. */
export function threadLines({mail, more, told, isOver}: ThreadMail, clock: PageClock): string[] {
  const {seen} = mail
  const others = more > 0 ? ` (and ${more} more in the thread)` : ''
  const heard = told.map(
    ({to, at, state}) => `${state === 'over' ? 'over, told' : 'told'} ${prose(to, 40)} ${clock.at(at)}`,
  )
  const done = [...heard, ...doneWith(mail)].join(', ')
  return [
    `- ${isOver ? 'over: ' : ''}**${senderOf(mail)}** ${clock.at(seen.received)} to ${prose(seen.account, 40)}: ${quoted(seen.subject, 120)}${others}`,
    `  → ${whyOf(mail)}${done === '' ? '' : ` · ${done}`}`,
  ]
}

/** All of it in one line: for what can wait. */
export function mailLine(mail: MailEntry, clock: PageClock): string {
  const {seen} = mail
  const done = doneWith(mail).map((what) => ` · ${what}`)
  return `- ${clock.at(seen.received)} **${senderOf(mail)}** ${quoted(seen.subject, 100)} · ${mail.class}: ${whyOf(mail)}${done.join('')}`
}

/** By name; a name that is written like an address is another's more often than not, and then the address itself counts. */
export function senderOf({seen}: MailEntry): string {
  return (/[@\uff20\ufe6b]/.test(seen.from_name) ? '' : prose(seen.from_name, 60)) || quoted(seen.from, 80)
}

/** A wish in words, such as: label `Invoices`. */
export function wishWords(wish: Wish): string {
  switch (wish.kind) {
    case 'label':
      return `label ${quoted(wish.label, 60)}`
    case 'move':
      return `move to ${quoted(wish.to, 60)}`
    case 'mark-read':
      return 'mark as read'
    default:
      return wish.kind
  }
}

function whyOf(mail: MailEntry): string {
  if (mail.correctedBy !== null) return `${prose(mail.correctedBy, 40)} says so.`
  return prose(mail.seen.reason, 240) || 'No reason was kept.'
}

function doneWith(mail: MailEntry): string[] {
  const failed = mail.actions.filter(({state}) => state === 'failed').map(({wish}) => `${wishWords(wish)} **failed**`)
  const changed = mail.actions.filter(isChange).map(({wish}) => DONE[wish.kind](wish))
  return [...(hasDraft(mail) ? ['a draft lies ready'] : []), ...changed, ...failed]
}

function isChange({wish, state}: ActionState): boolean {
  return state === 'done' && wish.kind !== 'draft'
}

const DONE: Readonly<Record<Wish['kind'], (wish: Wish) => string>> = {
  label: (wish) => (wish.kind === 'label' ? `labelled ${quoted(wish.label, 60)}` : ''),
  flag: () => 'flagged',
  move: (wish) => (wish.kind === 'move' ? `moved to ${quoted(wish.to, 60)}` : ''),
  archive: () => 'archived',
  'mark-read': () => 'marked as read',
  draft: () => 'a draft lies ready',
}
