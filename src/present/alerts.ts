import type {AnsweredAlert} from '../app/alerts/answer.js'
import type {AlertList, AlertRow, ShownAlert, ShownEvent} from '../app/alerts/list.js'
import type {RaisedAlert} from '../app/alerts/raise.js'
import {cleanLine, shorten} from '../kit/text.js'
import {formatTable} from './table.js'

const ID_LETTERS = 12

/** What became of an alert, and what can be done about it. */
export function presentRaised({id, by, hand, standing, clock}: RaisedAlert): string {
  const who = hand === null ? by : `${by} (by ${hand})`
  const lines = [`${id.slice(0, ID_LETTERS)} ${who}: ${standing}`, ...(clock === null ? [] : [`clock: ${clock}`])]
  return lines.map(cleanLine).join('\n')
}

export function presentAnswered({id, by, status, level, counts, reason, title}: AnsweredAlert): string {
  const what = counts ? `${status} ${level}` : `noted, and it does not count: ${reason ?? ''}`
  return cleanLine(`${id.slice(0, ID_LETTERS)} ${by}: ${what}: ${title}`)
}

/** A table of alerts, and below it what can't be read as one. */
export function presentAlerts({alerts, unreadable}: AlertList): string {
  const head = ['id', 'level', 'status', 'by', 'since (UTC)', 'title', 'waits for', 'repeats']
  const table = alerts.length === 0 ? 'No alert is open.' : formatTable(head, alerts.map(rowOf))
  return [table, ...unreadable.map(({path, reason}) => cleanLine(`unreadable: ${path}: ${reason}`))].join('\n')
}

/** One alert whole, with every word about it; what did not count says why. */
export function presentAlert(shown: ShownAlert): string {
  const {id, title, level, status, by, hand, at, since, origin, held, trouble, evidence} = shown
  const facts: [string, string | null][] = [
    ['id', id],
    ['title', title],
    ['level', `${level}, ${standing(shown)}`],
    ['by', hand === null ? by : `${by}, typed by ${hand}`],
    ['at', at],
    ['since', since],
    ['from', origin.length > 0 ? origin.join('; ') : null],
    ['held', held],
    ['waits for', status === 'hypothesis' ? waits(shown) : null],
    ['trouble', trouble],
    ...evidence.map((line): [string, string] => ['evidence', line]),
  ]
  const head = facts.flatMap(([name, value]) => (value === null ? [] : [`${name.padEnd(11)}${cleanLine(value)}`]))
  const said = shown.events.length === 0 ? [] : ['', ...shown.events.map(presentEvent)]
  return [...head, ...(shown.body === '' ? [] : ['', shown.body]), ...said].join('\n')
}

function rowOf(row: AlertRow): string[] {
  const {id, level, by, at, since, title, repeats} = row
  const when = (since ?? at).slice(0, 16).replace('T', ' ')
  const who = row.status === 'hypothesis' ? waits(row) : ''
  return [
    id.slice(0, ID_LETTERS),
    level,
    standing(row),
    by,
    when,
    shorten(title, 50),
    who,
    repeats > 0 ? String(repeats) : '',
  ]
}

function standing({status, level, confirmed, confirmed_by: who}: AlertRow): string {
  if (status === 'confirmed') return level === 'P3' ? 'noted' : `confirmed by ${who.join(' and ')}`
  return confirmed !== null && status === 'hypothesis' ? `hypothesis, ${confirmed} is confirmed` : status
}

function waits({waits_for: names, level}: AlertRow): string {
  if (names.length === 0) return 'a person'
  return level === 'P0' ? `${names.join(', ')} and a person` : names.join(', ')
}

function presentEvent(event: ShownEvent): string {
  const {at, by, kind, level, to, via, origin, clock, why, refused} = event
  const parts = [
    `${at.slice(0, 16).replace('T', ' ')} ${by}: ${kind}${level === null ? '' : ` ${level}`}`,
    ...(to.length > 0 ? [`to ${to.join(', ')}`] : []),
    ...(via === null ? [] : [`via ${via}`]),
    ...(origin.length > 0 ? [`from ${origin.join('; ')}`] : []),
    ...(clock === null ? [] : [`clock: ${clock}`]),
    ...(why === null ? [] : [why]),
    ...(refused === null ? [] : [`DOES NOT COUNT: ${refused}`]),
  ]
  return cleanLine(parts.join('; '))
}
