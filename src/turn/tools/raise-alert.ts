import {mayTry} from '../../guard/may.js'
import {cleanLine} from '../../kit/text.js'
import type {AlertLevel} from '../../workspace/soul.js'
import {BadCall} from '../bad-call.js'
import {optionalTextOf, type Tool, type ToolContext, textOf} from '../tool.js'
import {oneOf, textsOf} from './input.js'
import {planLetter} from './letter.js'
import {refuseSecrets} from './secrets.js'

const LEVELS = ['P0', 'P1', 'P2', 'P3'] as const satisfies readonly AlertLevel[]

type Input = Readonly<Record<string, unknown>>

/** An alert: P3 is the agent's own note, anything above it a hypothesis until others confirm it. */
export const raiseAlertTool: Tool = {
  name: 'alert_raise',
  description: 'P3 a note, above it a claim others check.',
  takes: {
    level: {enum: LEVELS},
    title: {type: 'string'},
    evidence: {type: 'array', items: {type: 'string'}},
    'since?': {type: 'string'},
  },
  isOffered: ({law}) => LEVELS.some((level) => mayTry(law, `alert.${level}`)),
  verbOf: (input) => `alert.${levelOf(input)}`,
  targetOf: (input) => textOf(input, 'title'),
  contentOf: (input) => [textOf(input, 'title'), ...textsOf(input, 'evidence')].join('\n'),
  async learn(input, context) {
    return levelOf(input) !== 'P3' && (await isAboutTime(input, context)) ? await clockFacts(context) : {}
  },
  async perform(input, context) {
    const {fleet, agent, facts} = context
    const claim = claimOf(input, context)
    if (claim.evidence.length === 0 && claim.level !== 'P3') {
      throw new BadCall(`${claim.level} needs evidence: what was seen, and where`)
    }
    refuseSecrets([claim.title, ...claim.evidence].join('\n'), fleet)
    const [{alertsInTurn, clockInTurn}, {planRaise}] = await Promise.all([
      import('../alerts/alerts-in-turn.js'),
      import('../alerts/plan-raise.js'),
    ])
    const live = (await isAboutTime(input, context)) ? await clockInTurn(context) : null
    const {cases, gates} = await alertsInTurn(context)
    const plan = planRaise(
      {...claim, by: agent.name, hand: null, origin: facts.taint, body: ''},
      {
        clock: fleet.clock,
        cases,
        gates,
        live,
        send: (to, letter) => {
          const taint = facts.taint.length > 0 ? facts.taint.join('; ') : null
          const {message, changes} = planLetter({to, taint, ...letter}, context)
          return {id: message.id, changes}
        },
      },
    )
    return {
      text: `${plan.id}: ${plan.standing}`,
      changes: plan.changes,
      line: `alert ${plan.id} ${claim.level}, ${plan.standing}: ${claim.title}`,
      messages: plan.messages,
    }
  },
}

/** Whether this machine's clock is right, for the guard as well. */
async function clockFacts(context: ToolContext): Promise<{readonly isClockChecked: boolean}> {
  const {clockInTurn} = await import('../alerts/alerts-in-turn.js')
  return {isClockChecked: (await clockInTurn(context)).isChecked}
}

async function isAboutTime(input: Input, context: ToolContext): Promise<boolean> {
  const {speaksOfTime} = await import('../../alerts/time-words.js')
  return speaksOfTime(claimOf(input, context))
}

function claimOf(
  input: Input,
  context: ToolContext,
): {level: AlertLevel; title: string; evidence: string[]; since: string | null} {
  return {
    level: levelOf(input),
    title: cleanLine(textOf(input, 'title')),
    evidence: textsOf(input, 'evidence').map(cleanLine),
    since: sinceOf(input, context),
  }
}

function levelOf(input: Input): AlertLevel {
  const level = oneOf(input, 'level', LEVELS)
  if (level === null) throw new BadCall(`"level" has to be one of ${LEVELS.join(', ')}`)
  return level
}

/** What is said of time is held against the clock: nothing has been so since tomorrow. */
function sinceOf(input: Input, {fleet}: ToolContext): string | null {
  const text = optionalTextOf(input, 'since')
  if (text === null) return null
  const time = Date.parse(text)
  if (Number.isNaN(time) || !/^\d{4}-\d\d-\d\dT/.test(text)) {
    throw new BadCall('"since" has to be a time such as 2026-11-21T08:30:00Z')
  }
  const now = fleet.clock.now()
  if (time > now) throw new BadCall(`"since" lies ahead: it is ${new Date(now).toISOString()} now`)
  return new Date(time).toISOString().replace(/\.\d+Z$/, 'Z')
}
