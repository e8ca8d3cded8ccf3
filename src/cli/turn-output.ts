import {exitOf, type RunReport} from '../app/run-report.js'
import {clean} from '../kit/text.js'
import {presentAnswer, presentClosing, presentTrouble} from '../present/run.js'
import {tellTurn} from '../present/turn.js'
import type {TurnListener} from '../turn/events.js'
import {redactor} from '../turn/redact.js'
import {formatJson} from './output.js'

/** How a turn is told. */
export type TurnStyle = 'person' | 'events' | 'document'

/** Where a turn goes: an answer to stdout, all that happens around it to stderr. */
export interface TurnOutput {
  readonly listen: TurnListener
  /** Also before a turn begins. */
  notice(text: string): void
  /** When it is over; `more` stands above the closing lines. */
  close(report: RunReport, more?: string): void
}

export interface Streams {
  readonly out: {write(text: string): unknown; readonly isTTY?: boolean}
  readonly err: {write(text: string): unknown; readonly isTTY?: boolean}
}

/**
 * On a terminal the answer streams; in a pipe only its end goes to stdout, so that it is stable, and what happens around
 * it is told where somebody watches stderr.
 */
export function openTurnOutput(
  style: TurnStyle,
  {out, err}: Streams,
  {streams}: {readonly streams: boolean} = {streams: true},
): TurnOutput {
  if (style === 'events') return eventLines(out)
  const isDocument = style === 'document'
  const note = (line: string): void => {
    if (err.isTTY === true && !isDocument) err.write(`${clean(line)}\n`)
  }
  const doesStream = out.isTTY === true && streams && !isDocument
  return {
    listen: tellTurn({say: doesStream ? (text) => void out.write(text) : null, note}),
    notice: note,
    close(report, more = '') {
      if (isDocument) return
      const answer = presentAnswer(report)
      if (!doesStream && answer !== '') out.write(`${answer}\n`)
      const trouble = presentTrouble(report)
      if (trouble !== '' && exitOf(report) !== 0) err.write(`${trouble}\n`)
      const closing = [...(more === '' ? [] : [more]), presentClosing(report)].join('\n')
      if (out.isTTY === true) out.write(`${closing}\n`)
      else note(closing)
    },
  }
}

/** One JSON document a line, as it happens; what has the shape of a token is taken out, and the report stands last. */
function eventLines(out: Streams['out']): TurnOutput {
  const {value} = redactor({secrets: []})
  const write = (line: object): void => {
    // Line breaks inside of texts are escaped, so these are only the layout.
    out.write(`${formatJson(value(line)).replace(/\n */g, '')}\n`)
  }
  return {
    listen: write,
    notice: () => undefined,
    close: (report) => write({kind: 'report', ...report}),
  }
}
