import {Box} from 'ink'
import type {AgentReading} from '../../app/agent-status.js'
import type {Week} from '../../app/week.js'
import {cleanLine} from '../../kit/text.js'
import {wrapTo} from '../../kit/text-width.js'
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

const TITLES: Readonly<Record<Tab, string>> = {log: '1 log', workstate: '2 work', turn: '3 turn', messages: '4 mail'}

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
  const page = pageOf(lines, {tab, scroll, width: width - 2, rows})
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

/** How many lines a page has once they are cut to the width. */
export function wrapDetail(lines: readonly DetailLine[], width: number): readonly DetailLine[] {
  return lines.flatMap(({text, tone}) => wrapTo(text, width).map((row) => ({text: row, tone})))
}

interface PageFacts {
  readonly tab: Tab
  readonly scroll: number
  readonly width: number
  readonly rows: number
}

/** Of a log the end shows first, of all else the beginning. */
function pageOf(
  lines: readonly DetailLine[] | null,
  {tab, scroll, width, rows}: PageFacts,
): {lines: Span[][]; more: string} {
  if (lines === null) return {lines: [[{text: '…', dim: true}]], more: ''}
  const all = wrapDetail(lines, width)
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
