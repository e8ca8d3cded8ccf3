import {readInbox} from '../../bus/inbox.js'
import {blankReport, failedReport} from '../../heartbeat/blank-report.js'
import {writeReceipts} from '../../heartbeat/receipts.js'
import {newTurnId} from '../../kit/ids.js'
import type {Lock} from '../../kit/lock.js'
import {pause} from '../../kit/pause.js'
import {within} from '../../kit/within.js'
import {ownValuesOf} from '../../turn/own-secrets.js'
import {redactor as openRedactor, type Redactor} from '../../turn/redact.js'
import {unlessStopped} from '../../turn/stopping.js'
import {takeTurn} from '../../turn/take-turn.js'
import type {TurnInput} from '../../turn/turn-input.js'
import type {TurnPlan} from '../../turn/turn-plan.js'
import {clearUnderway} from '../../turn/underway.js'
import {formatDuration} from '../../workspace/duration.js'
import {saveParsedCache} from '../fleet.js'
import {carryBefore, tendAfter, untoldFor} from './approvals.js'
import {commitRun} from './commit.js'
import {type HeldAgent, holdAgent} from './hold-agent.js'
import {keepRequest} from './keep-request.js'
import {type Ledger, newLedger, note, observe} from './ledger.js'
import {nextOf, readWork} from './next.js'
import {notBegun} from './not-begun.js'
import {getReady, type Ready} from './ready.js'
import {reportRun} from './report.js'
import type {Seat, Task} from './seat.js'
import type {TurnDone} from './turn-done.js'

/** One piece of work under the agent's lock: asked, done, committed with its cost. */
export async function runTurn(seat: Seat, task: Task): Promise<TurnDone> {
  const early = await getReady(seat, task.kind)
  let isLate = false
  const notice = (text: string): void => {
    isLate = true
    seat.notice(text)
  }
  const held = await holdAgent({...seat, notice})
  if (held === null) return notBegun(seat, task)
  try {
    // Who had the lock may have changed what this agent may.
    const ready = isLate ? await getReady(seat, task.kind) : early
    // The time counts also in the middle of an answer.
    return await within(task.ceilings.ms, seat.signal, (signal) => takeHeld(seat, task, {held, ready, signal}))
  } finally {
    held.release()
    saveParsedCache(seat.fleet)
  }
}

async function takeHeld(
  chair: Seat,
  task: Task,
  {held, ready, signal}: {held: HeldAgent; ready: Ready; signal: AbortSignal},
): Promise<TurnDone> {
  const {fleet, agent} = chair
  const seat = {...chair, signal}
  const ledger = newLedger()
  const {lock} = held
  const redactor = openRedactor({secrets: ownValuesOf(fleet, ready.view.soul)})
  const turn = newTurnId(fleet.clock)
  await carryBefore(seat, task, {view: ready.view, lock})
  const taken = await takenOrTold({seat, task, turn}, await inputOf({seat, task, turn, ready, ledger, lock, redactor}))
  const kept = keepRequest(withAsked(taken, ledger), {seat, task, redactor})
  const plan = unlessStopped(chair.signal.aborted ? kept : withTimeOver(kept, task, ledger), chair)
  const {commit, trouble} = await commitRun(plan, {
    seat,
    task,
    lock,
    redactor,
    detail: ledger.detail,
    isFirst: !ledger.hasRequest,
  })
  note(ledger, plan, commit)
  // Nobody has to look for what this turn had heard: it is committed, or there was nothing to it.
  if (trouble === null && plan.failure === null && plan.end !== 'stopped') clearUnderway(fleet.mcos, plan.turn)
  if (plan.putAside.length > 0) {
    const {pageAside} = await import('./page-aside.js')
    await pageAside(plan, chair, ready.view)
  }
  await tendAfter(chair, task, {plan, commit})
  const next = nextOf(readWork(fleet, agent, task.with))
  const {parts, refused, detail} = ledger
  const report = reportRun({agent: agent.name, with: task.with, plan, detail, parts, refused, next, trouble})
  return {report, steps: plan.steps, facts: plan.facts, changed: [...ledger.changed], isGoalDone: ledger.isGoalDone}
}

/** What breaks in the middle still leaves its receipt. */
async function takenOrTold(
  {seat, task, turn}: {seat: Seat; task: Task; turn: string},
  input: TurnInput,
): Promise<TurnPlan> {
  try {
    return await takeTurn(input)
  } catch (error) {
    writeReceipts(seat.fleet, [failedReport(blankReport(seat.agent, turn), error)], task.trigger)
    throw error
  }
}

/** A turn whose time was over was interrupted by nobody: that is a ceiling. */
function withTimeOver(plan: TurnPlan, {ceilings}: Task, ledger: Ledger): TurnPlan {
  if (plan.end !== 'interrupted') return plan
  ledger.detail = `${formatDuration(ceilings.ms)} are the most of a turn`
  return {...plan, end: 'ceiling'}
}

/** What was paid for belongs to the engine that was asked last, also when it gave no answer. */
function withAsked(plan: TurnPlan, {asked}: Ledger): TurnPlan {
  return plan.usage.modelCalls > 0 && asked !== null && plan.engine === 'rules' ? {...plan, engine: asked} : plan
}

interface Place {
  readonly seat: Seat
  readonly task: Task
  readonly turn: string
  readonly ready: Ready
  readonly ledger: Ledger
  readonly lock: Lock
  readonly redactor: Redactor
}

async function inputOf({seat, task, turn, ready, ledger, lock, redactor}: Place): Promise<TurnInput> {
  const {fleet, agent, signal} = seat
  const {soul, contract} = ready.view
  const {request, steps, ceilings, againInMs, trigger} = task
  return {
    fleet,
    agent,
    contract,
    law: await ready.view.law(),
    soul,
    turn,
    trigger,
    occasion: {
      news: untoldFor(seat, task),
      questions: [],
      heartbeat: null,
      request,
      by: task.by,
      with: task.with,
    },
    inbox: readInbox(fleet.home, agent, {now: fleet.clock.now(), boxes: ['new', 'cur']}),
    engines: ready.engines,
    signal,
    ceilings,
    againInMs,
    steps,
    ...(task.facts === undefined ? {} : {facts: task.facts}),
    listen: (event) => {
      observe(ledger, event)
      seat.listen(event)
    },
    sleep: (ms, until = signal) => pause(ms, until),
    commitPart: async (plan) => {
      const {commitPart} = await import('./commit.js')
      const cut = await commitPart(plan, {seat, task, lock, redactor, isFirst: !ledger.hasRequest})
      note(ledger, plan, cut.commit)
      if (plan.end !== 'recovered') ledger.hasRequest = true
      return cut
    },
  }
}
