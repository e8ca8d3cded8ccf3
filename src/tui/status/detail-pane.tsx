import {Box} from 'ink'
import type {AgentReading} from '../../app/status/agent-status.js'
import type {Week} from '../../app/status/week.js'
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
  /** As wide as the page; null: not read yet. */
  readonly lines: readonly DetailLine[] | null
  readonly week: Week | null
  readonly tab: Tab
  /** The first line of the page that shows. */
  readonly top: number
  readonly width: number
  readonly rows: number
  /** How many of the lines above the page there is room for. */
  readonly titleRows: number
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
export function DetailPane({name, reading, lines, week, tab, top, width, rows, titleRows, hasColor}: Props) {
  const page = lines === null ? UNREAD : pageOf(lines, {top, rows})
  const titles = [titleOf(name, reading), weekOf(week, reading), tabsOf(tab, page.more)]
  const spans = [...titles.slice(0, titleRows), ...page.lines]
  return (
    <Box flexDirection="column" width={width} height={rows + titleRows}>
      {spans.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place on the screen
        <Line key={index} spans={padSpans([{text: ' '}, ...line], width)} hasColor={hasColor} />
      ))}
    </Box>
  )
}

/** A page as wide as the pane makes it. */
export function wrapDetail(lines: readonly DetailLine[], paneWidth: number): readonly DetailLine[] {
  return lines.flatMap(({text, tone}) => wrapTo(text, paneWidth - 2).map((row) => ({text: row, tone})))
}

interface Page {
  readonly lines: readonly Span[][]
  readonly more: string
}

const UNREAD: Page = {lines: [[{text: '…', dim: true}]], more: ''}

function pageOf(all: readonly DetailLine[], {top, rows}: Pick<Props, 'top' | 'rows'>): Page {
  const shown = all.slice(top, top + rows)
  return {
    lines: shown.map(({text, tone}) => [{text, ...STYLES[tone]}]),
    more: all.length <= rows ? '' : `${top + 1}-${top + shown.length} of ${all.length}`,
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
    {text: ` ${sum(week.beats)} ${sum(week.beats) === 1 ? 'beat' : 'beats'}  `},
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
