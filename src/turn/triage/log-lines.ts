import {cleanLine, shorten} from '../../kit/text.js'
import type {ActionRecord, MailSeen} from '../../mail/ledger/record.js'
import type {ToldReport} from '../../mail/report.js'
import type {Wish} from '../../mail/verdict.js'
import type {ReadAccount} from './read-accounts.js'

interface Found {
  readonly accounts: readonly ReadAccount[]
  readonly seen: readonly MailSeen[]
  readonly tellings: {readonly reports: readonly ToldReport[]; readonly untold: readonly string[]}
}

/** What the day's log and the commit say of a triage: counts and names of ours, never a word of a mail. */
export function triageLines({accounts, seen, tellings}: Found): string[] {
  const lines = [
    ...countLine(accounts, seen),
    ...accounts.filter(({isFirst, reading}) => isFirst && reading.cursor !== null).map(firstLine),
    ...accounts.flatMap(standingLine),
    ...toldLines(tellings.reports),
    ...tellings.untold,
  ]
  return lines.length > 0 ? lines : ['mail: nothing new; known mail lies under other numbers']
}

function countLine(accounts: readonly ReadAccount[], seen: readonly MailSeen[]): string[] {
  if (seen.length === 0) return []
  const urgent = seen.filter(({class: kind}) => kind === 'urgent').length
  const by = accounts
    .map(({name}) => [name, seen.filter(({account}) => account === name).length] as const)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${name} ${count}`)
  return [`mail: ${seen.length} new (${by.join(', ')})${urgent === 0 ? '' : `, ${urgent} urgent`}`]
}

function firstLine({name, reading: {left}}: ReadAccount): string {
  const older = left === 0 ? '' : `; ${left} older ${left === 1 ? 'mail is' : 'mails are'} left as they are`
  return `mail: ${name} is read for the first time${older}`
}

/** Whether it has begun to fail or is back: a line of its own, as in quiet hours nobody is told. */
function standingLine({name, before, after}: ReadAccount): string[] {
  if (before.failure === null && after.failure !== null) {
    const {message, fix} = after.failure
    return [shorten(cleanLine(`mail: could not check ${name}: ${message}; ${fix}`), 300)]
  }
  return before.failure !== null && after.failure === null ? [`mail: ${name} can be checked again`] : []
}

function toldLines(reports: readonly ToldReport[]): string[] {
  return reports.map(({to, about, ids, as}) => {
    const what = ids.length === 0 ? about : `${about}: ${ids.slice(0, 5).join(' ')}${ids.length > 5 ? ' …' : ''}`
    return `mail: told ${to}: ${what} (${as})`
  })
}

/** One action as a log tells it. */
export interface ActedOn {
  readonly id: string
  readonly wish: Wish
  readonly state: ActionRecord['state'] | 'proposed'
}

const MOST_IDS = 8

/** What was done in mailboxes or taken back there; how it is taken back is part of it, as no undo of files does. */
export function actionsLine(actions: readonly ActedOn[]): string {
  const taken = actions.filter(({state}) => state === 'done' || state === 'undone')
  const rest = actions.length - taken.length
  const others = rest === 0 ? '' : `; ${rest} had nothing to change or could not be done`
  const [first] = taken
  if (!first) return `mail: nothing changed in mailboxes${others}`
  const ids = [...new Set(taken.map(({id}) => id))]
  const kinds = [...new Set(taken.map(({wish}) => wish.kind))].join(', ')
  const named = `${ids.slice(0, MOST_IDS).join(' ')}${ids.length > MOST_IDS ? ' …' : ''}`
  if (first.state === 'undone') return `mail: ${taken.length} taken back in mailboxes (${kinds}): ${named}${others}`
  const done = `mail: ${taken.length} done in mailboxes (${kinds})`
  if (ids.length > MOST_IDS) return `${done}: ${named}${others}; back with: mcos email undo --since TIME`
  return `${done}${others}; back with: mcos email undo ${named}`
}
