import {readInbox} from '../bus/inbox.js'
import type {ApprovalNews} from '../engines/news.js'
import {type Law, NO_FACTS} from '../guard/action.js'
import {type FoundApproval, usedPath} from '../guard/approvals/read-approvals.js'
import {type Authority, stateOf} from '../guard/approvals/state-of.js'
import {settleApproval} from '../guard/approvals/unsettled.js'
import {readStop} from '../guard/stop.js'
import {watchStop} from '../guard/stop-watch.js'
import {readsSecret} from '../guard/taint.js'
import {wasCommitted} from '../history/was-committed.js'
import {isUserError} from '../kit/errors.js'
import {newTurnId} from '../kit/ids.js'
import {cleanLine, shorten} from '../kit/text.js'
import type {AgentEntry} from '../workspace/agents.js'
import type {Change} from '../workspace/change.js'
import type {Fleet} from '../workspace/fleet.js'
import type {Contract} from '../workspace/soul.js'
import {act, messagesOf, type Outcome} from './act.js'
import {clearBegun, keepUntold, lookForBegun, markBegun} from './approval-marks.js'
import {callOf, isOfFiles, keyOf, markOfUse, planOf, whatOf} from './approved-call.js'
import {Draft} from './draft.js'
import type {OfferedTools} from './offered-tools.js'
import type {Tool, ToolContext} from './tool.js'
import type {TurnPlan} from './turn-plan.js'

/** Whose approvals are carried out, and by what they are judged now. */
export interface CarryOut {
  readonly fleet: Fleet
  readonly agent: AgentEntry
  readonly contract: Contract
  readonly law: Law
  readonly signal: AbortSignal
  /** Of this agent, with a yes, a no, or an end that nobody has told yet. */
  readonly pending: readonly FoundApproval[]
  readonly authority: Authority
  openTools(): Promise<Pick<OfferedTools, 'tools' | 'close'>>
  /** Makes it one commit with its place in the log; throws when a file is in the way. */
  commit(plan: TurnPlan): Promise<{readonly commit: string | null}>
}

/** What became of approvals, and the last commit that came of it. */
export interface CarriedOut {
  readonly news: readonly ApprovalNews[]
  readonly turn: string | null
  readonly commit: string | null
}

/**
 * Does what was approved, each thing once: a yes is spent by its used.md, which is committed together with files, and
 * before anything that leaves the fleet. Whoever dies in between never does it again.
 */
export async function carryOutApproved(wanted: CarryOut): Promise<CarriedOut> {
  const watch = watchStop(wanted.fleet.mcos, wanted.agent.name, wanted.signal)
  const input = {...wanted, signal: watch.signal}
  const hands = openOnce(input)
  const told: ApprovalNews[] = []
  let last: Pick<CarriedOut, 'turn' | 'commit'> = {turn: null, commit: null}
  try {
    for (const approval of input.pending) {
      if (readStop(input.fleet.mcos, input.agent.name) !== null || input.signal.aborted) break
      const ended = await unlessInTheWay(endOf(approval, {...input, hands}))
      if (ended === null) continue
      const {news, turn, commit} = ended
      told.push(news)
      last = {turn, commit: commit ?? last.commit}
    }
  } finally {
    watch.close()
    await hands.close()
  }
  return {news: told, ...last}
}

/** A file that a person is writing in: the yes is not spent, and the next beat tries again. */
async function unlessInTheWay(work: Promise<Ended | null>): Promise<Ended | null> {
  try {
    return await work
  } catch (error) {
    if (isUserError(error) && (error.code === 'UNCOMMITTED' || error.code === 'CONFLICT')) return null
    throw error
  }
}

interface Hands {
  tools(): Promise<readonly Tool[]>
  close(): Promise<void>
}

interface Ended {
  readonly news: ApprovalNews
  readonly turn: string
  readonly commit: string | null
}

type At = CarryOut & {readonly hands: Hands}

async function endOf(approval: FoundApproval, at: At): Promise<Ended | null> {
  const {mcos} = at.fleet
  const {id} = approval
  const {status, reason} = stateOf(approval, at.authority)
  switch (status) {
    case 'waiting':
      return null
    case 'used': {
      const mark = lookForBegun(mcos, id)
      if (mark === 'running') return null
      const ended = mark === 'gone' ? await tell(approval, at, {outcome: 'unseen', detail: UNSEEN}) : null
      clearBegun(mcos, id)
      settleApproval(mcos, id)
      return ended
    }
    case 'approved': {
      const ended = await spend(approval, at)
      if (ended !== null) settleApproval(mcos, id)
      return ended
    }
    default: {
      const ended = await tell(approval, at, {outcome: status, detail: reason ?? status})
      settleApproval(mcos, id)
      return ended
    }
  }
}

const UNSEEN = 'it was begun, the process died, and nobody saw how it ended; it is not done again'

const SPENT = `it was carried out before, and its used.md is gone`

async function spend(approval: FoundApproval, at: At): Promise<Ended | null> {
  const {fleet} = at
  const path = usedPath(approval.id)
  // Taken off the disk, or taken back by a later commit, it still was spent: the commit that spent it is there.
  if (wasCommitted(fleet.home.dir, path)) return tell(approval, at, {outcome: 'void', detail: SPENT})
  const call = callOf(approval)
  const tools = await at.hands.tools()
  const tool = tools.find(({name}) => name === call.tool)
  const verb = tool?.verbOf(call.input) ?? approval.request.verb
  return isOfFiles(verb) ? spendOnFiles(approval, tools, at) : spendOutside(approval, tools, at)
}

/** What changes nothing but files of the fleet: the effect and the mark that it is spent are one commit. */
async function spendOnFiles(approval: FoundApproval, tools: readonly Tool[], at: At): Promise<Ended> {
  const turn = newTurnId(at.fleet.clock)
  const draft = new Draft(at.fleet.home.files)
  const outcome = await act(callOf(approval), tools, contextFor(approval, at, {turn, draft}), 'approved')
  const told = resultOf(outcome)
  const changes = [...(outcome.done === null ? [] : draft.changes()), markOfUse(approval, turn, at.fleet.clock)]
  return tell(approval, at, {...told, turn, changes, lines: lineOf(outcome), messages: messagesOf([outcome])})
}

/** What leaves the fleet can't be taken back: that it is spent is safe before it is begun. */
async function spendOutside(approval: FoundApproval, tools: readonly Tool[], at: At): Promise<Ended | null> {
  const {fleet, agent, signal} = at
  const {id} = approval
  const first = newTurnId(fleet.clock)
  markBegun(fleet.mcos, id)
  const begins = `approval ${id}: begins: ${whatOf(approval)}`
  await at.commit(planOf(first, {changes: [markOfUse(approval, first, fleet.clock)], lines: [begins], messages: []}))
  if (readStop(fleet.mcos, agent.name) !== null || signal.aborted) {
    const ended = await tell(approval, at, {
      outcome: 'failed',
      detail: 'it was stopped before it began, and the yes is spent',
    })
    clearBegun(fleet.mcos, id)
    return ended
  }
  const turn = newTurnId(fleet.clock)
  const draft = new Draft(fleet.home.files)
  const outcome = await act(callOf(approval), tools, contextFor(approval, at, {turn, draft}), 'approved')
  const told = resultOf(outcome)
  const changes = outcome.done === null ? [] : draft.changes()
  const ended = await tell(approval, at, {
    ...told,
    turn,
    changes,
    lines: lineOf(outcome),
    messages: messagesOf([outcome]),
  })
  clearBegun(fleet.mcos, id)
  return ended
}

interface Told extends Pick<ApprovalNews, 'outcome' | 'detail'> {
  readonly taint?: string | null
  readonly turn?: string
  readonly changes?: readonly Change[]
  readonly lines?: readonly string[]
  readonly messages?: readonly string[]
}

/** One commit with a line in the log; a model hears of it at its next turn. */
async function tell(
  approval: FoundApproval,
  at: At,
  {outcome, detail, taint = null, turn = newTurnId(at.fleet.clock), changes = [], lines = [], messages = []}: Told,
): Promise<Ended> {
  const {verb, target} = approval.request
  const line = cleanLine(
    `approval ${approval.id}: ${whatOf(approval)}: ${outcome}${taint === null ? `: ${detail}` : ''}`,
  )
  const {commit} = await at.commit(planOf(turn, {changes, lines: [shorten(line, 500), ...lines], messages}))
  const news: ApprovalNews = {kind: 'approval', check: '', id: approval.id, verb, target, outcome, detail, taint}
  keepUntold(at.fleet.mcos, at.agent.name, news)
  return {news, turn, commit}
}

function resultOf({done, refusal, action}: Outcome): Pick<Told, 'outcome' | 'detail' | 'taint'> {
  if (done === null) return {outcome: 'failed', detail: refusal ?? 'nothing came of it'}
  // The turn that is told would not know that it has seen a secret.
  if (done.secret !== undefined || (action !== null && readsSecret(action))) return {outcome: 'done', detail: UNSAID}
  return {outcome: 'done', detail: shorten(done.text || 'done', 2_000), taint: done.taint ?? null}
}

const UNSAID = 'it was done; what it brought is a secret, and is not told'

function lineOf({done}: Outcome): string[] {
  return done?.line ? [done.line] : []
}

/** A person has read what is to be done: it is judged as if nothing else had been heard. */
function contextFor(
  approval: FoundApproval,
  {fleet, agent, contract, law, signal}: At,
  {turn, draft}: {readonly turn: string; readonly draft: Draft},
): ToolContext {
  const approved = {idempotencyKey: keyOf(approval), approvedTarget: approval.request.target}
  const inbox = readInbox(fleet.home, agent, {now: fleet.clock.now(), boxes: ['new', 'cur']})
  return {fleet, agent, contract, law, turn, with: null, inbox, draft, signal, facts: NO_FACTS, ...approved}
}

/** Servers and programs are opened for the first thing that needs them. */
function openOnce({openTools}: CarryOut): Hands {
  let opened: ReturnType<CarryOut['openTools']> | null = null
  return {
    async tools() {
      opened ??= openTools()
      return (await opened).tools
    },
    close: async () => (await opened)?.close(),
  }
}
