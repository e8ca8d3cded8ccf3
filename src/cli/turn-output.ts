import {exitOf, type RunReport} from '../app/run-report.js'
import {clean} from '../kit/text.js'
import {presentAnswer, presentBrief, presentClosing, presentTrouble} from '../present/run.js'
import {tellTurn} from '../present/turn.js'
import type {TurnListener} from '../turn/events.js'
import {openEventLines} from './event-lines.js'

/** How a turn is told. */
export type TurnStyle = 'person' | 'events' | 'document'

/** Where a turn goes: an answer to stdout, all that happens around it to stderr. */
export interface TurnOutput {
  readonly listen: TurnListener
  /** Also before a turn begins. */
  notice(text: string): void
  /** When it is over. */
  close(report: RunReport, closing?: Closing): void
}

export interface Closing {
  /** Stands above the closing lines. */
  readonly more?: string
  /** One line instead of three: in a conversation the next one follows. */
  readonly isBrief?: boolean
}

export interface Streams {
  readonly out: {write(text: string): unknown; readonly isTTY?: boolean}
  readonly err: {write(text: string): unknown; readonly isTTY?: boolean}
}

export interface OutputOptions {
  /** Whether an answer is shown as it comes. */
  readonly streams?: boolean
  /** Taken out of what programs read. */
  readonly secrets?: readonly string[]
}

/**
 * On a terminal the answer streams; in a pipe only its end goes to stdout, so that it is stable, and what happens around
 * it is told where somebody watches stderr.
 */
export function openTurnOutput(
  style: TurnStyle,
  {out, err}: Streams,
  {streams = true, secrets = []}: OutputOptions = {},
): TurnOutput {
  if (style === 'events') return openEventLines(out, secrets)
  const isDocument = style === 'document'
  const note = (line: string): void => {
    if (err.isTTY === true && !isDocument) err.write(`${clean(line)}\n`)
  }
  const doesStream = out.isTTY === true && streams && !isDocument
  return {
    listen: tellTurn({say: doesStream ? (text) => void out.write(text) : null, note}),
    notice: note,
    close(report, {more = '', isBrief = false} = {}) {
      if (isDocument) return
      const answer = presentAnswer(report)
      if (!doesStream && answer !== '') out.write(`${answer}\n`)
      const trouble = presentTrouble(report)
      // Who has interrupted an answer and goes on talking needn't be told how.
      const isTold = isBrief && report.end === 'interrupted'
      if (trouble !== '' && exitOf(report) !== 0 && !isTold) err.write(`${trouble}\n`)
      const lines = isBrief ? presentBrief(report) : presentClosing(report)
      const closing = more === '' ? lines : `${more}\n${lines}`
      if (out.isTTY === true) out.write(`${closing}\n`)
      else note(closing)
    },
  }
}
