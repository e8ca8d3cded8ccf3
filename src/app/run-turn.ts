import {BOXES} from '../bus/boxes.js'
import {readInbox} from '../bus/inbox.js'
import type {Step, Usage} from '../engines/engine.js'
import {blankReport, failedReport} from '../heartbeat/blank-report.js'
import {writeReceipts} from '../heartbeat/receipts.js'
import {newTurnId} from '../kit/ids.js'
import type {Lock} from '../kit/lock.js'
import {takeTurn} from '../turn/take-turn.js'
import type {TurnInput, TurnPlan} from '../turn/turn-input.js'
import {clearUnderway} from '../turn/underway.js'
import {pathsOf} from '../workspace/change.js'
import {saveParsedCache} from './fleet.js'
import {commitRun} from './run-commit.js'
import {type HeldAgent, holdAgent} from './run-lock.js'
import {nextOf, readWork} from './run-next.js'
import {getReady, type Ready} from './run-ready.js'
import {type Part, type RefusedCall, type RunReport, reportRun} from './run-report.js'
import type {Seat, Task} from './run-seat.js'

/** One turn by hand as it ended, and what a conversation goes on with. */
export interface TurnDone {
  readonly report: RunReport
  readonly steps: readonly Step[]
  /** What it changed in the home, from it. */
  readonly changed: readonly string[]
}

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
    return await takeHeld(seat, task, {held, ready})
  } finally {
    held.release()
    saveParsedCache(seat.fleet)
  }
}

interface Ledger {
  readonly parts: Part[]
  readonly changed: Set<string>
  readonly refused: RefusedCall[]
  /** Whether what the person asked stands in a log entry. */
  hasRequest: boolean
  detail: string | null
}

async function takeHeld(seat: Seat, task: Task, {held, ready}: {held: HeldAgent; ready: Ready}): Promise<TurnDone> {
  const {fleet, agent} = seat
  const ledger: Ledger = {parts: [], changed: new Set(), refused: [], hasRequest: false, detail: null}
  const {lock} = held
  const turn = newTurnId(fleet.clock)
  const plan = await takenOrTold({seat, task, turn}, inputOf({seat, task, turn, ready, ledger, lock}))
  if (plan.putAside.length > 0) {
    const {pageAside} = await import('./run-page.js')
    await pageAside(plan, seat, ready.view)
  }
  const {commit, trouble} = await commitRun(plan, {
    seat,
    task,
    lock,
    detail: ledger.detail,
    isFirst: !ledger.hasRequest,
  })
  note(ledger, plan, commit)
  // Nobody has to look for what this turn had heard: it is committed, or there was nothing to it.
  if (trouble === null && plan.failure === null && plan.end !== 'stopped') clearUnderway(fleet.mcos, plan.turn)
  const next = nextOf(readWork(fleet, agent, task.with))
  const {parts, refused, detail} = ledger
  const report = reportRun({agent: agent.name, plan, detail, parts, refused, next, trouble})
  return {report, steps: plan.steps, changed: [...ledger.changed]}
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

interface Place {
  readonly seat: Seat
  readonly task: Task
  readonly turn: string
  readonly ready: Ready
  readonly ledger: Ledger
  readonly lock: Lock
}

function inputOf({seat, task, turn, ready, ledger, lock}: Place): TurnInput {
  const {fleet, agent, signal} = seat
  const {soul, contract} = ready.view
  const {request, steps, ceilings, againInMs, trigger} = task
  return {
    fleet,
    agent,
    contract,
    soul,
    turn,
    trigger,
    occasion: {news: [], questions: [], heartbeat: null, request, with: task.with},
    inbox: readInbox(fleet.home, agent, {now: fleet.clock.now(), boxes: BOXES}),
    engines: ready.engines,
    signal,
    ceilings,
    againInMs,
    steps,
    listen: (event) => {
      if (event.kind === 'end') ledger.detail = event.detail
      if (event.kind === 'result' && (event.effect === 'ask' || event.effect === 'deny')) {
        ledger.refused.push({tool: event.result.tool, effect: event.effect, reason: event.result.text})
      }
      seat.listen(event)
    },
    sleep: (ms) => pause(ms, signal),
    commitPart: async (plan) => {
      const {commitPart} = await import('./run-commit.js')
      const cut = await commitPart(plan, {seat, task, lock, isFirst: !ledger.hasRequest})
      note(ledger, plan, cut.commit)
      if (plan.end !== 'recovered') ledger.hasRequest = true
      return cut
    },
  }
}

function note(ledger: Ledger, {turn, usage, messages, notes, changes}: TurnPlan, commit: string | null): void {
  ledger.parts.push({turn, commit, usage, messages, notes})
  if (commit !== null) for (const path of changes.flatMap(pathsOf)) ledger.changed.add(path)
}

/** Called off while it waited for its turn: nothing was asked, and nothing is on record. */
function notBegun({fleet, agent}: Seat, {steps}: Task): TurnDone {
  const turn = newTurnId(fleet.clock)
  const plan: TurnPlan = {
    turn,
    changes: [],
    lines: [],
    engine: 'rules',
    usage: NOTHING,
    answered: [],
    messages: [],
    end: 'interrupted',
    text: '',
    notes: [],
    passed: [],
    putAside: [],
    failure: null,
    steps,
  }
  const facts = {detail: null, parts: [], refused: [], next: null, trouble: null}
  return {report: reportRun({agent: agent.name, plan, ...facts}), steps, changed: []}
}

const NOTHING: Usage = {input: 0, output: 0, cacheRead: 0, cacheWrite: 0, costUsd: 0, modelCalls: 0}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done, {once: true})
    function done(): void {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
  })
}
