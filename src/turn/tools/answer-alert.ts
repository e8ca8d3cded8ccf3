import type {AlertCase} from '../../alerts/read-alerts.js'
import {mayDo} from '../../guard/may.js'
import {isUserError} from '../../kit/errors.js'
import {matchPrefix} from '../../kit/ids.js'
import {cleanLine} from '../../kit/text.js'
import {confirmsOf} from '../alerts/confirms-of.js'
import type {AnswerRequest} from '../alerts/plan-answer.js'
import {BadCall} from '../bad-call.js'
import {optionalTextOf, type Tool, type ToolContext, type ToolOutcome, textOf} from '../tool.js'
import {refuseSecrets} from './secrets.js'

type Input = Readonly<Record<string, unknown>>
type Kind = Extract<AnswerRequest['kind'], 'confirm' | 'dismiss'>

/** One word in a contract for both answers; which levels it is good for stands under `escalation:`. */
const VERB = 'alert.confirm'

/** The yes of an agent whose SOUL.md lets it confirm a level; never to what it has raised itself. */
export const confirmAlertTool: Tool = {
  name: 'alert_confirm',
  description: 'Only on a sign of your own.',
  takes: {id: {type: 'string'}},
  isOffered: mayAnswer,
  verbOf: () => VERB,
  targetOf: (input) => textOf(input, 'id'),
  async learn(input, context) {
    const {found, live} = await look('confirm', input, context)
    return found && live ? {isClockChecked: live.isChecked} : {}
  },
  perform: (input, context) => answer('confirm', input, context),
}

export const dismissAlertTool: Tool = {
  name: 'alert_dismiss',
  description: 'No alarm.',
  takes: {id: {type: 'string'}, why: {type: 'string'}},
  isOffered: mayAnswer,
  verbOf: () => VERB,
  targetOf: (input) => textOf(input, 'id'),
  perform: (input, context) => answer('dismiss', input, context),
}

async function mayAnswer({law, fleet, agent}: Pick<ToolContext, 'law' | 'fleet' | 'agent'>): Promise<boolean> {
  return mayDo(law, VERB) && (await confirmsOf(fleet, agent)).length > 0
}

async function answer(kind: Kind, input: Input, context: ToolContext): Promise<ToolOutcome> {
  const {fleet, agent, facts} = context
  const why = kind === 'dismiss' ? textOf(input, 'why') : optionalTextOf(input, 'why')
  refuseSecrets(why ?? '', fleet)
  const {planAnswer} = await import('../alerts/plan-answer.js')
  const {found, live, gates, trouble} = await look(kind, input, context)
  if (!found) throw new BadCall(trouble)
  const request = {kind, by: agent.name, via: null, origin: facts.taint, why: why === null ? null : cleanLine(why)}
  const {after, refusal, changes} = planAnswer(found, request, {clock: fleet.clock, gates, live})
  const {id, title} = found.alert
  const what = refusal === null ? standing(after) : `noted, and it does not count: ${refusal}`
  return {text: `${id}: ${what}`, changes, line: `alert ${id} ${kind}, ${what}: ${cleanLine(title)}`, messages: []}
}

async function look(
  kind: Kind,
  input: Input,
  context: ToolContext,
): Promise<{
  found: AlertCase | null
  trouble: string
  live: Awaited<ReturnType<typeof import('../alerts/alerts-in-turn.js')['clockInTurn']>> | null
  gates: Awaited<ReturnType<typeof import('../alerts/alerts-in-turn.js')['alertsInTurn']>>['gates']
}> {
  const [{alertsInTurn, clockInTurn}, {needsClock}] = await Promise.all([
    import('../alerts/alerts-in-turn.js'),
    import('../alerts/plan-answer.js'),
  ])
  const {cases, gates} = await alertsInTurn(context)
  const {found, trouble} = find(cases, textOf(input, 'id'))
  const live = found && needsClock(found, kind) ? await clockInTurn(context) : null
  return {found, trouble, live, gates}
}

function find(cases: readonly AlertCase[], typed: string): {found: AlertCase | null; trouble: string} {
  const ids = cases.map(({alert}) => alert.id)
  try {
    const id = matchPrefix(ids, typed, {what: 'alert', list: 'read the message again'})
    return {found: cases.find(({alert}) => alert.id === id) ?? null, trouble: ''}
  } catch (error) {
    if (isUserError(error)) return {found: null, trouble: error.message}
    throw error
  }
}

function standing({status, level, confirmers}: {status: string; level: string; confirmers: readonly string[]}): string {
  if (status !== 'hypothesis') return `${status} ${level}`
  return confirmers.length > 0 ? `confirmed by you; ${level} waits for a person as well` : `still a hypothesis`
}
