import {Box} from 'ink'
import type {StatusSnapshot} from '../../app/status/snapshot.js'
import {cleanLine} from '../../kit/text.js'
import {dollars} from '../../present/money.js'
import {shortNumber} from '../../present/relative.js'
import {Line} from '../line.js'
import {padSpans, type Span, widthOfSpans} from '../spans.js'

interface Props {
  readonly snapshot: StatusSnapshot
  readonly now: number
  readonly width: number
  readonly rows: number
  readonly hasColor: boolean
}

/** The fleet on two lines: which it is and whether it stands still, then what it comes to. */
export function Head({snapshot, now, width, rows, hasColor}: Props) {
  return (
    <Box flexDirection="column" width={width} height={rows}>
      {rows > 0 ? <Line spans={titleOf(snapshot, now, width)} hasColor={hasColor} /> : null}
      {rows > 1 ? <Line spans={padSpans(totalsOf(snapshot), width)} hasColor={hasColor} /> : null}
    </Box>
  )
}

function titleOf(snapshot: StatusSnapshot, now: number, width: number): Span[] {
  const {fleet, host, stopped, trouble} = snapshot
  const clock = `${new Date(now).toISOString().slice(11, 19)} UTC`
  const left: Span[] = [
    {text: ` ${cleanLine(fleet)}`, bold: true},
    {text: ` on ${cleanLine(host)}  `, dim: true},
    ...(stopped ? [{text: ' STOPPED ', color: 'red', inverse: true, bold: true} as const, {text: ' r resumes  '}] : []),
    ...(trouble === null ? [] : [{text: cleanLine(trouble), color: 'red'} as const]),
  ]
  const room = width - clock.length - 1
  const blank = Math.max(0, room - widthOfSpans(left))
  return [...padSpans([...left, {text: ' '.repeat(blank)}], room), {text: `${clock} `, dim: true}]
}

function totalsOf({roster, readings, totals, unenforced, isComplete}: StatusSnapshot): Span[] {
  const read = isComplete ? '' : readings.size < roster.length ? `, ${readings.size} read` : ''
  const parts: Span[] = [
    {text: `${roster.length} ${roster.length === 1 ? 'agent' : 'agents'}${read}`},
    ...part(totals.approvals_waiting, 'waiting for you', 'magenta'),
    ...part(totals.alerts_open, totals.alerts_open === 1 ? 'alert' : 'alerts', 'red'),
    ...part(totals.failed, 'failed', 'red'),
    ...part(totals.inbox, 'unread'),
    ...part(totals.tasks_open, totals.tasks_open === 1 ? 'task' : 'tasks'),
    {text: `${dollars(totals.cost_today)} and ${shortNumber(totals.tokens_today)} tokens today`},
    ...(unenforced.length === 0 ? [] : [{text: `unenforced: ${unenforced.join(', ')}`, color: 'yellow'} as const]),
  ]
  return parts.flatMap((span, index) => [{text: index === 0 ? ' ' : ' · ', dim: true}, span])
}

function part(amount: number, word: string, color?: Span['color']): Span[] {
  return amount === 0 ? [] : [{text: `${amount} ${word}`, color, bold: color !== undefined}]
}
