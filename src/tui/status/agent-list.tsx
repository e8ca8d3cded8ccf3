import {Box} from 'ink'
import type {AgentReading} from '../../app/status/agent-status.js'
import type {StatusSnapshot} from '../../app/status/snapshot.js'
import {Line} from '../line.js'
import {cellOf, padSpans, type Span} from '../spans.js'
import {type CellFacts, type Column, planColumns} from './columns.js'

interface Props {
  readonly snapshot: StatusSnapshot
  /** Those the filter lets through. */
  readonly names: readonly string[]
  readonly index: number
  readonly top: number
  readonly rows: number
  readonly hasTitle: boolean
  readonly width: number
  readonly now: number
  readonly hasColor: boolean
}

const CURSOR = '› '
const INDENT = 2

/** The agents that have room on the screen, a line each; the others are only counted. */
export function AgentList({snapshot, names, index, top, rows, hasTitle, width, now, hasColor}: Props) {
  const shown = names.slice(top, top + rows)
  const columns = planColumns(width - INDENT, snapshot.roster)
  const facts = {now, flushAt: snapshot.flushAt}
  return (
    <Box flexDirection="column" width={width} height={rows + (hasTitle ? 1 : 0)}>
      {hasTitle ? <Line spans={padSpans(titleOf(columns), width)} hasColor={hasColor} /> : null}
      {shown.length === 0 ? <Line spans={padSpans(emptyOf(snapshot), width)} hasColor={hasColor} /> : null}
      {shown.map((name, row) => (
        <Line
          key={name}
          spans={rowOf(name, snapshot.readings.get(name) ?? null, {
            columns,
            facts,
            width,
            isSelected: top + row === index,
          })}
          hasColor={hasColor}
        />
      ))}
    </Box>
  )
}

function titleOf(columns: readonly Column[]): Span[] {
  const cells = withGaps(columns.map(({title, width, isNumber}) => cellOf({text: title, dim: true}, width, isNumber)))
  return [{text: ' '.repeat(INDENT)}, ...cells]
}

/** The blank behind a cell looks as the cell does: one change of style less. */
function withGaps(cells: readonly Span[]): Span[] {
  return cells.map((span, index) => (index === cells.length - 1 ? span : {...span, text: `${span.text} `}))
}

interface RowFacts {
  readonly columns: readonly Column[]
  readonly facts: CellFacts
  readonly width: number
  readonly isSelected: boolean
}

function rowOf(name: string, reading: AgentReading | null, {columns, facts, width, isSelected}: RowFacts): Span[] {
  const cells = withGaps(
    columns.map((column) => cellOf(spanOf(name, reading, {column, facts}), column.width, column.isNumber)),
  )
  const spans = padSpans([{text: isSelected ? CURSOR : ' '.repeat(INDENT), bold: true}, ...cells], width)
  return isSelected ? spans.map((span) => ({...span, dim: false, inverse: true})) : spans
}

/** Of an agent that isn't read yet, its name is known. */
function spanOf(
  name: string,
  reading: AgentReading | null,
  {column, facts}: {readonly column: Column; readonly facts: CellFacts},
): Span {
  if (column.id === 'name') return {text: fitName(name, column.width), bold: true}
  if (reading !== null) return column.cell(reading, facts)
  return {text: column.id === 'state' ? '…' : '', dim: true}
}

/** Long names that begin alike differ at their ends. */
function fitName(name: string, cells: number): string {
  if (name.length <= cells) return name
  const tail = Math.floor((cells - 1) / 2)
  return `${name.slice(0, cells - 1 - tail)}…${tail === 0 ? '' : name.slice(-tail)}`
}

function emptyOf({roster}: StatusSnapshot): Span[] {
  return [
    {text: roster.length === 0 ? '  No agents yet: mcos init agent NAME' : '  No agent fits the filter.', dim: true},
  ]
}
