import {readInbox} from '../../bus/inbox.js'
import {NO_USAGE} from '../../engines/engine.js'
import type {TurnFacts, Verdict} from '../../guard/action.js'
import {blankReport} from '../../heartbeat/blank-report.js'
import {writeReceipts} from '../../heartbeat/receipts.js'
import {recordTurn, usageReport} from '../../heartbeat/record-turn.js'
import type {AgentReport} from '../../heartbeat/report.js'
import {commitChangeSets} from '../../history/commit-change-sets.js'
import {refusedBy} from '../../history/refused-by.js'
import {idTime, newTurnId} from '../../kit/ids.js'
import type {Lock} from '../../kit/lock.js'
import {shorten} from '../../kit/text.js'
import {act, linesOf, messagesOf, type Outcome, refused} from '../../turn/act.js'
import {Draft} from '../../turn/draft.js'
import {secretInCall} from '../../turn/model-secrets.js'
import {ownValuesOf} from '../../turn/own-secrets.js'
import {redactor} from '../../turn/redact.js'
import {withoutSecrets} from '../../turn/redact-plan.js'
import {unlessStopped} from '../../turn/stopping.js'
import type {Tool, ToolContext, ToolOutcome} from '../../turn/tool.js'
import {toldOfSecret} from '../../turn/tools/secrets.js'
import {factsAfter} from '../../turn/turn-facts.js'
import type {TurnPlan} from '../../turn/turn-plan.js'
import type {Change} from '../../workspace/change.js'
import {lookUpAll} from '../../workspace/secret-values.js'
import {tendAfter} from '../run/approvals.js'
import {holdAgent} from '../run/hold-agent.js'
import {getReadyView} from '../run/ready.js'
import {takeSeat} from '../run/seat.js'
import type {Desk} from './desk.js'
import {insistOnGo, Refusal, refusal} from './refusal.js'
import type {Call, Input} from './served-tool.js'

/** What one call has done, and where it is on record. */
export interface Taken {
  readonly turn: string
  /** null: nothing that git keeps was changed. */
  readonly commit: string | null
  readonly done: ToolOutcome
  readonly changes: readonly Change[]
}

const TRIGGER = 'mcp'
/** Less than any client waits for an answer. */
const PATIENCE_MS = 20_000

/**
 * One call of a turn's tool, as a turn of its own: the same door, one commit, one receipt. What the guard doesn't allow is
 * thrown as a Refusal; where a person is asked, with the approval that now waits.
 */
export async function takeCall(
  tool: Tool,
  input: Input,
  {desk, signal, client}: Pick<Call, 'desk' | 'signal' | 'client'>,
  heard: Partial<TurnFacts> = {},
): Promise<Taken> {
  insistOnGo(desk)
  const {fleet, agent} = desk
  const seat = {...takeSeat(fleet, agent, {signal}), patienceMs: PATIENCE_MS}
  const held = await holdAgent(seat)
  if (held === null) throw calledOff()
  let taken: Acted & {readonly commit: string | null}
  try {
    const acted = await actOnce({tool, input, heard}, {desk, signal})
    if (signal.aborted) throw calledOff()
    const plan = unlessStopped(planOf(acted, client), seat)
    if (plan.end === 'stopped') insistOnGo(desk)
    taken = {...acted, commit: await commit(plan, {desk, lock: held.lock, acted})}
  } finally {
    held.release()
  }
  const {outcome, facts} = taken
  desk.hear(facts)
  if (outcome.done === null) throw new Refusal({...verdictOf(outcome), approval: null})
  const asked = approvalIn(outcome.done)
  if (asked !== null) {
    await tendAfter(seat, {steps: []}, {plan: {usage: NO_USAGE, failure: null, end: 'done'}, commit: taken.commit})
    // What a turn does at its end, a client's agent does at its next beat.
    const next = outcome.done.text.replace('once this turn is over', "at the agent's next heartbeat")
    throw new Refusal({...verdictOf(outcome), approval: asked}, next)
  }
  return {turn: taken.turn, commit: taken.commit, done: outcome.done, changes: taken.changes}
}

interface Acted {
  readonly turn: string
  readonly outcome: Outcome
  readonly changes: readonly Change[]
  readonly facts: TurnFacts
  readonly secrets: readonly string[]
}

async function actOnce(
  {tool, input, heard}: {readonly tool: Tool; readonly input: Input; readonly heard: Partial<TurnFacts>},
  {desk, signal}: Pick<Call, 'desk' | 'signal'>,
): Promise<Acted> {
  const {fleet, agent} = desk
  const view = await getReadyView(fleet, agent)
  await lookUpAll(fleet)
  const turn = newTurnId(fleet.clock)
  const draft = new Draft(fleet.home.files)
  const call = {id: turn, tool: tool.name, input}
  const {contract} = view
  const context: ToolContext = {
    fleet,
    agent,
    contract,
    law: await view.law(),
    turn,
    with: null,
    inbox: readInbox(fleet.home, agent, {now: fleet.clock.now(), boxes: ['new', 'cur']}),
    draft,
    signal,
    facts: {...desk.facts, taint: [...desk.facts.taint, ...(heard.taint ?? [])]},
  }
  const secret = await secretInCall(input, fleet)
  const outcome = secret === null ? await act(call, [tool], context) : refused(call, toldOfSecret(secret))
  const facts = factsAfter(desk.facts, outcome)
  return {turn, outcome, changes: draft.changes(), facts, secrets: ownValuesOf(fleet, view.soul)}
}

/** A refusal is no deed: it changes nothing, and stands in a receipt alone. */
function planOf({turn, outcome, changes, facts, secrets}: Acted, client: string | null): TurnPlan {
  const plan: TurnPlan = {
    turn,
    changes,
    lines: outcome.done === null ? [] : linesOf([outcome]),
    engine: TRIGGER,
    usage: NO_USAGE,
    answered: [],
    messages: messagesOf([outcome]),
    end: 'done',
    text: '',
    notes: client === null ? [] : [`asked by ${client}`],
    passed: [],
    putAside: [],
    failure: null,
    steps: [],
    facts,
  }
  return withoutSecrets(plan, redactor({secrets}))
}

async function commit(
  plan: TurnPlan,
  {desk, lock, acted: {outcome}}: {readonly desk: Desk; readonly lock: Lock; readonly acted: Acted},
): Promise<string | null> {
  const {fleet, agent} = desk
  const report: AgentReport = {
    ...blankReport(agent, plan.turn),
    state: outcome.done === null ? 'skipped' : 'worked',
    reason: shorten(reasonOf(plan, outcome), 200),
    engine: plan.engine,
    ...usageReport(NO_USAGE),
    ms: fleet.clock.now() - idTime(plan.turn),
    messages: plan.messages,
  }
  if (outcome.done === null) {
    writeReceipts(fleet, [report], TRIGGER)
    return null
  }
  const set = await recordTurn(plan, {fleet, agent, trigger: TRIGGER, report, local: []})
  lock.renew()
  const [result] = commitChangeSets(fleet.home.dir, [set], {clock: fleet.clock, lock})
  if (!result) throw new Error(`No result for turn ${plan.turn}`)
  if (result.refused) throw refusedBy(result.refused)
  return result.commit
}

function reasonOf({lines}: TurnPlan, {call, refusal: why}: Outcome): string {
  if (why !== null) return `refused ${call.tool}: ${why}`
  return lines.length === 0 ? 'nothing to report' : lines.join('; ')
}

/** A call that can't be carried out as it stands has no line of a contract against it, only a reason. */
function verdictOf({verdict, effect, refusal: why, done}: Outcome): Verdict {
  if (verdict) return verdict
  const none = {rule: null, file: null, line: null}
  return {effect: effect === 'ask' ? 'ask' : 'deny', ...none, reason: why ?? done?.text ?? 'a person is asked'}
}

/** As a turn tells its model that something waits. */
function approvalIn({asks, text}: ToolOutcome): string | null {
  if (asks !== true) return null
  return /\bapproval ([0-7][0-9A-HJKMNP-TV-Z]{25})\b/.exec(text)?.[1] ?? null
}

function calledOff(): Refusal {
  return refusal({rule: null, file: null, reason: 'it was called off before anything was done'})
}
