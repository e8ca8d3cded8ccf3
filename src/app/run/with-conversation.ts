import {isSilent} from '../../heartbeat/record-turn.js'
import {clean, cleanLine, shorten} from '../../kit/text.js'
import type {Redactor} from '../../turn/redact.js'
import type {TurnPlan} from '../../turn/turn-plan.js'
import type {Task} from './seat.js'

/** How much of what was asked and answered the day's log keeps; the transcript has it whole. */
const ASKED_CHARACTERS = 300
const ANSWER_CHARACTERS = 1200
const ANSWER_LINES = 12

/** A plan with what a person's log needs: who asked what, and the answer as one bullet instead of one a line. */
export function withConversation(
  plan: TurnPlan,
  {asked, redactor}: {readonly asked: Pick<Task, 'by' | 'request'> | null; readonly redactor: Redactor},
): TurnPlan {
  // Nothing was done and nothing is to be told: a receipt is enough.
  if (isSilent(plan)) return plan
  const question =
    asked === null
      ? []
      : [`asked by ${asked.by}: ${shorten(cleanLine(redactor.text(asked.request)), ASKED_CHARACTERS)}`]
  return {...plan, lines: [...question, ...withShortAnswer(plan, redactor)]}
}

function withShortAnswer({lines, text}: TurnPlan, redactor: Redactor): readonly string[] {
  const safe = redactor.text(text).trim()
  const said = safe === '' ? [] : safe.split('\n')
  const at = lines.findIndex(
    (_, start) => said.length > 0 && said.every((line, index) => lines[start + index] === line),
  )
  if (at < 0) return lines
  return [...lines.slice(0, at), `answered: ${shortAnswer(said)}`, ...lines.slice(at + said.length)]
}

function shortAnswer(said: readonly string[]): string {
  const filled = said.map((line) => clean(line).trimEnd()).filter((line) => line !== '')
  const kept = filled.slice(0, ANSWER_LINES)
  const left = filled.length - kept.length
  const text = shorten(kept.join('\n'), ANSWER_CHARACTERS)
  return left === 0 ? text : `${text}\n(${left} ${left === 1 ? 'line' : 'lines'} more)`
}
