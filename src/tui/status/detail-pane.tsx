import {Box} from 'ink'
import {useMemo} from 'react'
import type {AgentReading} from '../../app/agent-status.js'
import type {Week} from '../../app/week.js'
import {cleanLine} from '../../kit/text.js'
import {wrapTo} from '../../kit/width.js'
import {dollars} from '../../present/money.js'
import type {DetailLine, Tone} from '../../present/status-detail.js'
import {sparkline} from '../bars.js'
import {Line} from '../line.js'
import {padSpans, type Span} from '../spans.js'
import {stateSign} from './state-sign.js'
import {TABS, type Tab} from './view.js'

interface Props {
  readonly name: string
  readonly reading: AgentReading | null
  /** null: not read yet. */
  readonly lines: readonly DetailLine[] | null
  readonly week: Week | null
  readonly tab: Tab
  readonly scroll: number
  readonly width: number
  readonly rows: number
  readonly hasColor: boolean
}

const TITLES: Readonly<Record<Tab, string>> = {log: '1 log', workstate: '2 work', turn: '3 turn', messages: '4 inbox'}

const STYLES: Readonly<Record<Tone, Omit<Span, 'text'>>> = {
  plain: {},
  head: {bold: true},
  faint: {dim: true},
  good: {color: 'green'},
  bad: {color: 'red'},
  added: {color: 'green'},
  removed: {color: 'red'},
}

/** One agent opened: who and how, its last seven days, and a page of what it wrote, did or was sent. */
export function DetailPane({name, reading, lines, week, tab, scroll, width, rows, hasColor}: Props) {
  // A log may have a thousand lines, and most frames change none of them.
  const all = useMemo(() => wrapDetail(lines, width - 2), [lines, width])
  const page = lines === null ? UNREAD : pageOf(all, {tab, scroll, rows})
  const spans = [titleOf(name, reading), weekOf(week, reading), tabsOf(tab, page.more), ...page.lines]
  return (
    <Box flexDirection="column" width={width} height={rows + 3}>
      {spans.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place on the screen
        <Line key={index} spans={padSpans([{text: ' '}, ...line], width)} hasColor={hasColor} />
      ))}
    </Box>
  )
}

/** A page cut to the width. */
function wrapDetail(lines: readonly DetailLine[] | null, width: number): readonly DetailLine[] {
  return (lines ?? []).flatMap(({text, tone}) => wrapTo(text, width).map((row) => ({text: row, tone})))
}

interface PageFacts {
  readonly tab: Tab
  readonly scroll: number
  readonly rows: number
}

interface Page {
  readonly lines: readonly Span[][]
  readonly more: string
}

const UNREAD: Page = {lines: [[{text: '…', dim: true}]], more: ''}

/** Of a log the end shows first, of all else the beginning. */
function pageOf(all: readonly DetailLine[], {tab, scroll, rows}: PageFacts): Page {
  const last = Math.max(0, all.length - rows)
  const top = tab === 'log' ? Math.max(0, last - scroll) : Math.min(last, scroll)
  const shown = all.slice(top, top + rows)
  return {
    lines: shown.map(({text, tone}) => [{text, ...STYLES[tone]}]),
    more: last === 0 ? '' : `${top + 1}-${top + shown.length} of ${all.length}`,
  }
}

function titleOf(name: string, reading: AgentReading | null): Span[] {
  if (reading === null) return [{text: name, bold: true}]
  const {role, parked, error} = reading.status
  const why = parked ?? error
  return [
    {text: name, bold: true},
    {text: role === null ? '  ' : `  ${cleanLine(role)}  `, dim: true},
    stateSign(reading.status),
    ...(why === null ? [] : [{text: `  ${cleanLine(why)}`, dim: true}]),
  ]
}

function weekOf(week: Week | null, reading: AgentReading | null): Span[] {
  if (week === null) return [{text: '7 days …', dim: true}]
  const costs = [...week.dollars.slice(0, -1), reading?.status.cost_today ?? week.dollars.at(-1) ?? 0]
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
  return [
    {text: '7 days  ', dim: true},
    {text: sparkline(week.beats), color: 'cyan'},
    {text: ` ${sum(week.beats)} beats  `},
    {text: sparkline(costs), color: 'green'},
    {text: ` ${dollars(sum(costs))}`},
  ]
}

function tabsOf(tab: Tab, more: string): Span[] {
  const tabs = TABS.flatMap((known): Span[] => [
    {text: known === tab ? `[${TITLES[known]}]` : ` ${TITLES[known]} `, bold: known === tab, dim: known !== tab},
  ])
  return [...tabs, {text: `  ${more}`, dim: true}]
}
