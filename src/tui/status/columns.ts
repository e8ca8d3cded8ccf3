import type {AgentReading} from '../../app/status/agent-status.js'
import {cleanLine} from '../../kit/text.js'
import {widthOf} from '../../kit/width.js'
import {dollars} from '../../present/money.js'
import {ago, shortNumber, until} from '../../present/relative.js'
import {bar} from '../bars.js'
import type {Span} from '../spans.js'
import {stateSign} from './state-sign.js'

export interface CellFacts {
  readonly now: number
  /** The share of its window at which a context is flushed. */
  readonly flushAt: number
}

interface ColumnKind {
  readonly title: string
  readonly width: number
  readonly isNumber?: boolean
  cell(reading: AgentReading, facts: CellFacts): Span
}

export interface Column extends ColumnKind {
  readonly id: ColumnId
}

const KINDS = {
  name: {title: 'AGENT', width: 8, cell: ({status}) => ({text: cleanLine(status.agent), bold: true})},
  state: {title: 'STATE', width: 9, cell: ({status}) => stateSign(status)},
  waiting: {
    title: 'ASKS',
    width: 4,
    isNumber: true,
    cell: ({status}) => count(status.approvals_waiting, {color: 'magenta', bold: true}),
  },
  inbox: {title: 'INBOX', width: 5, isNumber: true, cell: ({status}) => count(status.inbox)},
  last: {
    title: 'LAST',
    width: 5,
    isNumber: true,
    cell: ({status}, {now}) => (status.last_beat === null ? faint('never') : {text: ago(status.last_beat, now)}),
  },
  next: {
    title: 'NEXT',
    width: 6,
    isNumber: true,
    cell: ({status}, {now}) =>
      status.next_due === null || standsStill(status) ? faint('-') : {text: until(status.next_due, now)},
  },
  context: {title: 'CONTEXT', width: 11, cell: contextCell},
  money: {title: 'TODAY', width: 15, cell: moneyCell},
  alerts: {
    title: 'ALERT',
    width: 5,
    isNumber: true,
    cell: ({status}) => count(status.alerts_open, {color: 'red', bold: true}),
  },
  tasks: {title: 'TASKS', width: 5, isNumber: true, cell: ({status}) => count(status.tasks_open)},
  tokens: {
    title: 'TOKENS',
    width: 6,
    isNumber: true,
    cell: ({status}) => (status.tokens_today === 0 ? faint('-') : {text: shortNumber(status.tokens_today)}),
  },
  log: {title: 'LAST LINE', width: 16, cell: lastLine},
} as const satisfies Record<string, ColumnKind>

export type ColumnId = keyof typeof KINDS

/** As they stand from left to right. */
const ORDER: readonly ColumnId[] = [
  'name',
  'state',
  'waiting',
  'alerts',
  'inbox',
  'tasks',
  'last',
  'next',
  'context',
  'money',
  'tokens',
  'log',
]

/** What stays longest as the terminal gets narrow. */
const PRIORITY: readonly ColumnId[] = [
  'name',
  'state',
  'waiting',
  'inbox',
  'last',
  'next',
  'context',
  'money',
  'alerts',
  'tasks',
  'log',
  'tokens',
]

const GAP = 1
const WIDEST_NAME = 24

/** The columns there is room for; the last one takes what is left, and names take what they need. */
export function planColumns(width: number, names: readonly string[]): readonly Column[] {
  const longest = names.reduce((most, name) => Math.max(most, widthOf(name)), 0)
  const nameWidth = Math.min(WIDEST_NAME, Math.max(KINDS.name.width, longest), Math.max(6, Math.floor(width / 4)))
  const widthOfKind = (id: ColumnId) => (id === 'name' ? nameWidth : KINDS[id].width)
  const chosen = new Set<ColumnId>()
  let used = -GAP
  for (const id of PRIORITY) {
    if (used + GAP + widthOfKind(id) > width) break
    used += GAP + widthOfKind(id)
    chosen.add(id)
  }
  const ids = ORDER.filter((id) => chosen.has(id))
  return ids.map((id) => ({...KINDS[id], id, width: widthOfKind(id) + (id === 'log' ? width - used : 0)}))
}

/** No beat comes to it, whatever is due. */
function standsStill({stopped, state}: AgentReading['status']): boolean {
  return stopped || state === 'parked'
}

function contextCell({status: {context_used: used, window}}: AgentReading, {flushAt}: CellFacts): Span {
  if (used === null || window === null || window === 0) return faint('-')
  const share = used / (window * flushAt)
  const color = share >= 1 ? 'red' : share >= 0.8 ? 'yellow' : undefined
  return {text: `${bar(share, 6)} ${Math.round((used / window) * 100)}%`, color}
}

function moneyCell({status, budget}: AgentReading): Span {
  const {cost_today: cost, tokens_today: tokens} = status
  const share = budget.usd ? cost / budget.usd : budget.tokens ? tokens / budget.tokens : null
  const text = dollars(cost)
  if (share === null) return cost === 0 ? faint('-') : {text}
  const color = share >= 1 ? 'red' : share >= 0.8 ? 'yellow' : undefined
  return {text: `${bar(share, 5)} ${text}`, color}
}

function lastLine({status: {error, parked, last_line: line}}: AgentReading): Span {
  if (error !== null) return {text: cleanLine(error), color: 'red'}
  if (parked !== null) return {text: cleanLine(parked), color: 'yellow'}
  return line === null ? faint('') : {text: withoutLongIds(cleanLine(line)), dim: true}
}

/** As people type them: any beginning that is unique. The screen has no room for the rest. */
function withoutLongIds(line: string): string {
  return line.replace(/\b((?:[a-z]_)?[0-7][0-9A-HJKMNP-TV-Z]{9})[0-9A-HJKMNP-TV-Z]{16}\b/g, '$1')
}

function count(amount: number, style: Pick<Span, 'color' | 'bold'> = {}): Span {
  return amount === 0 ? faint('-') : {text: String(amount), ...style}
}

function faint(text: string): Span {
  return {text, dim: true}
}
