import {exitOf} from '../app/run/report.js'
import type {Letters} from '../kit/plain-letters.js'
import {clean} from '../kit/text.js'
import {presentAnswer, presentBrief, presentClosing, presentTrouble} from '../present/run.js'
import {tellTurn} from '../present/turn.js'
import {openEventLines} from './event-lines.js'
import {followTurn} from './live/follow-turn.js'
import {openLiveProgress} from './live/live-progress.js'
import {openProgressLine} from './live/progress-line.js'
import type {Streams, TurnOutput} from './turn-output.js'

/** How a turn is told. */
export type TurnStyle = 'person' | 'events' | 'document'

export interface OutputOptions {
  /** Whether an answer is shown as it comes. */
  readonly streams?: boolean
  /** Taken out of what programs read. */
  readonly secrets?: readonly string[]
  /** The kind of terminal, as `TERM` has it; without one nothing is rewritten. */
  readonly term?: string | undefined
  /** What the terminal has letters for. */
  readonly letters?: Letters
  /** Named in front of what is under way. */
  readonly agent?: string
}

/**
 * On a terminal the answer streams; in a pipe only its end goes to stdout, so that it is stable, and what happens around
 * it is told where somebody watches stderr. What lasts over a second stands in a line there that is rewritten in place.
 */
export function openTurnOutput(
  style: TurnStyle,
  streams: Streams,
  {streams: isStreamed = true, secrets = [], term, letters = 'all', agent = ''}: OutputOptions = {},
): TurnOutput {
  if (style === 'events') return openEventLines(streams.out, secrets)
  const isDocument = style === 'document'
  const line = openProgressLine(streams.err, isDocument ? undefined : term, letters)
  const [out, err] = [line.over(streams.out), line.over(streams.err)]
  const progress = openLiveProgress(line)
  const note = (text: string): void => {
    if (err.isTTY === true && !isDocument) err.write(`${clean(text)}\n`)
  }
  const doesStream = out.isTTY === true && isStreamed && !isDocument
  const listeners = [
    tellTurn({say: doesStream ? (text) => void out.write(text) : null, note}),
    followTurn(progress, agent),
  ]
  return {
    listen: (event) => {
      for (const tell of listeners) tell(event)
    },
    // Whoever waits for it in a pipe wants to know as well why nothing comes.
    notice(text) {
      if (!isDocument) err.write(`${clean(text)}\n`)
    },
    abandon: progress.close,
    close(report, {more = '', isBrief = false} = {}) {
      progress.close()
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
