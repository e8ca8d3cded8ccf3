import {cleanLine, shorten} from '../kit/text.js'
import type {ActionsReport, ToldReport, TriagedAccount, TriagedMail, TriageReport} from '../mail/report.js'
import type {Wish} from '../mail/verdict.js'
import {fixLines, inColumns} from './email-accounts.js'

const MOST_MAILS = 60

/** What came, the most urgent first, each with its reason; before it which accounts could not be read. */
export function presentTriage(report: TriageReport): string {
  const {accounts, verdicts, told, troubles, pages} = report
  if (accounts.length === 0) return 'There is no mail account to be read.'
  const left = verdicts.length - MOST_MAILS
  const sections = [
    accounts.flatMap(accountLines),
    verdicts.slice(0, MOST_MAILS).flatMap(mailLines),
    left > 0 ? [`and ${left} more; ${pages.length > 0 ? 'the page' : '--json'} has all`] : [],
    told.map(toldLine),
    troubles.map(cleanLine),
    [sumLine(report), ...pages.map((page) => `The page: ${cleanLine(page)}`)],
  ]
  return sections.flatMap((lines) => (lines.length === 0 ? [] : [lines.join('\n')])).join('\n\n')
}

function accountLines({account, state, left, waiting, broken, error, since}: TriagedAccount): string[] {
  const notes = [
    ...(left > 0 ? [`${left} older left`] : []),
    ...(waiting > 0 ? [`${waiting} wait for the next time`] : []),
    ...(broken > 0 ? [`${broken} can't be read`] : []),
  ]
  if (error !== null) {
    const from = since === null ? '' : ` (since ${since.slice(0, 16).replace('T', ' ')} UTC)`
    return [cleanLine(`${account} ${state}: ${error.message}${from}`), ...fixLines(error.suggestions)]
  }
  const words = [...(state === 'ok' ? [] : [state]), ...notes]
  return words.length === 0 ? [] : [cleanLine(`${account}: ${words.join(', ')}`)]
}

function mailLines(mail: TriagedMail): string[] {
  const {id, account, from, from_name, subject, urgency, reason, actions} = mail
  // The address always whole: a long name, or one that is written like an address, must not stand for it.
  const sender = from_name === '' || /[@\uff20\ufe6b]/.test(from_name) ? from : `${shorten(from_name, 40)} <${from}>`
  const what = actions.map((action) => `${action.state}: ${wishWords(action.wish)}`)
  return [
    inColumns([`${urgency} ${mail.class}`, id, account, mailLine(sender, subject)]),
    `    ${cleanLine([shorten(reason, 200), ...what].join(' · '))}`,
  ]
}

function mailLine(sender: string, subject: string): string {
  return `${shorten(sender, 200) || 'no sender'}: ${shorten(subject, 80) || 'no subject'}`
}

function toldLine({to, about, subject}: ToldReport): string {
  return cleanLine(`told ${to} (${about}): ${shorten(subject, 100)}`)
}

function sumLine({accounts, verdicts, urgent, drafts, dry_run}: TriageReport): string {
  const read = accounts.filter(({state}) => state === 'ok').length
  const proposed = verdicts.flatMap(({actions}) => actions).filter(({state}) => state === 'proposed').length
  const parts = [
    `${verdicts.length} new`,
    ...(urgent > 0 ? [`${urgent} urgent`] : []),
    ...(drafts > 0 ? [`${drafts} ${drafts === 1 ? 'draft lies' : 'drafts lie'} ready`] : []),
    `${read} of ${accounts.length} accounts read`,
  ]
  const next = proposed === 0 ? '' : ` ${proposed} proposed: mcos email apply`
  return `${parts.join(', ')}.${next}${dry_run ? ' Nothing was changed.' : ''}`
}

/** What became of each action, in its order. */
export function presentActions({what, actions, troubles, is_stopped}: ActionsReport): string {
  const none = what === 'apply' ? 'Nothing waits to be applied.' : 'There is nothing to take back.'
  return [
    ...actions.map(({state, wish, id, from, subject, why}) => {
      const reason = why === null ? '' : ` (${why})`
      return inColumns([`${state}: ${wishWords(wish)}`, id, `${mailLine(from, subject)}${reason}`])
    }),
    ...(actions.length === 0 && troubles.length === 0 && !is_stopped ? [none] : []),
    ...troubles.flatMap(({account, message, fix}) => [cleanLine(`${account}: ${message}`), ...fixLines([fix])]),
    ...(is_stopped ? ['Stopped before the rest of it; go on with: mcos resume'] : []),
  ].join('\n')
}

/** An action in words, such as: label Invoices. */
export function wishWords(wish: Wish): string {
  switch (wish.kind) {
    case 'label':
      return `label ${wish.label}`
    case 'move':
      return `move to ${wish.to}`
    case 'mark-read':
      return 'mark as read'
    case 'draft':
      return `draft "${shorten(cleanLine(wish.text), 60)}"`
    default:
      return wish.kind
  }
}
