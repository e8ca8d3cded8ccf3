import type {ChangeSet} from '../history/change-set.js'
import type {Lock} from '../kit/lock.js'
import {takeTurn} from '../turn/take-turn.js'
import {CEILINGS} from '../turn/turn-input.js'
import type {TurnPlan} from '../turn/turn-plan.js'
import {beatStatePath, formatBeatState} from './beat-state.js'
import type {Findings} from './find-news.js'
import {nextState} from './next-state.js'
import {isSilent, recordTurn, usageReport} from './record-turn.js'
import type {AgentReport} from './report.js'
import {cameToNothing, reportTurn} from './report-turn.js'
import {canJudge} from './surroundings.js'
import type {TurnFacts} from './turn-facts.js'

/** A turn whose changes are decided and not yet made. */
export interface PreparedTurn {
  readonly changeSet: ChangeSet
  readonly lock: Lock
  /** Called when the commit is there: nothing of the turn has to be found again. */
  readonly onSafe?: () => void
  /** As it will stand when the commit is there. */
  readonly report: AgentReport
}

/** Takes the turn when there is something to act on; null when nothing would change. */
export async function prepareTurn(facts: TurnFacts): Promise<PreparedTurn | null> {
  const {findings, engines} = facts
  const isJudging = findings.questions.length > 0 && canJudge(engines)
  if (findings.news.length === 0 && !isJudging) return null
  const parts: TurnPlan[] = []
  const plan = await takeTurn(await inputOf(facts, parts))
  if (plan.putAside.length > 0 || plan.end === 'engines') {
    await (await import('./engines-page.js')).pageEngines(plan, facts)
  }
  if (plan.usage.modelCalls > 0 && !cameToNothing(plan)) await hearUntold(facts)
  const isWithout = isSilent(plan) && plan.answered.length === 0 && plan.usage.modelCalls === 0
  if (isWithout && plan.end === 'done' && plan.failure === null) {
    ;(await safeguard(facts, plan)).onSafe?.()
    return null
  }
  const report = reportTurn(facts, plan, parts)
  const changeSet = await recordTurn(plan, {
    fleet: facts.around.fleet,
    agent: facts.view.agent,
    trigger: facts.options.trigger,
    report: {...report, ...usageReport(plan.usage), reason: await reasonOnRecord(report, facts)},
    local: cameToNothing(plan) ? [] : localWrites(facts, plan),
  })
  return {changeSet, lock: facts.lock, report, ...(await safeguard(facts, plan))}
}

/** On the record a failure that an earlier beat has told of says so, whatever word programs are given for it. */
async function reasonOnRecord({agent, reason, error}: AgentReport, {around}: TurnFacts): Promise<string> {
  if (error === null) return reason
  const {wasTold} = await import('./told.js')
  return wasTold(around.fleet, agent, error) ? `still: ${reason}` : reason
}

/** Once its commit is there, nobody has to look for what a turn with models had heard; what one that failed has heard is looked for. */
async function safeguard({engines, around}: TurnFacts, plan: TurnPlan): Promise<{readonly onSafe?: () => void}> {
  const {turn, steps} = plan
  if (!canJudge(engines) || (cameToNothing(plan) && steps.some(({kind}) => kind === 'answer'))) return {}
  const {clearUnderway} = await import('../turn/underway.js')
  return {onSafe: () => clearUnderway(around.fleet.mcos, turn)}
}

/** A model also hears of approvals that beats without one have carried out. */
async function withUntold(news: Findings['news'], {engines, view, around}: TurnFacts): Promise<Findings['news']> {
  if (!canJudge(engines)) return news
  const {readUntold} = await import('../turn/approval-marks.js')
  return [...readUntold(around.fleet.mcos, view.agent.name), ...news.filter(({kind}) => kind !== 'approval')]
}

async function hearUntold({view, around, findings}: TurnFacts): Promise<void> {
  const {forgetUntold} = await import('../turn/approval-marks.js')
  forgetUntold(around.fleet.mcos, view.agent.name)
  const mails = findings.news.flatMap((item) => (item.kind === 'mail' ? [item.id] : []))
  if (mails.length === 0) return
  const {forgetUntoldMail} = await import('../turn/triage/untold-mail.js')
  forgetUntoldMail(around.fleet.mcos, view.agent.name, new Set(mails))
}

async function inputOf(facts: TurnFacts, parts: TurnPlan[]): Promise<Parameters<typeof takeTurn>[0]> {
  const {view, around, findings, blank, engines, options, lock} = facts
  const {news, questions, inbox} = findings
  return {
    fleet: around.fleet,
    agent: view.agent,
    contract: view.contract,
    law: await view.law(),
    soul: view.soul,
    turn: blank.turn,
    trigger: options.trigger,
    occasion: {news: await withUntold(news, facts), questions, heartbeat: view.heartbeat, request: null, with: null},
    inbox,
    engines,
    signal: around.signal,
    ceilings: CEILINGS,
    againInMs: againIn(facts),
    steps: [],
    listen: (event) => around.listen({kind: 'turn', agent: view.agent.name, event}),
    sleep: around.sleep,
    commitPart: async (part) => {
      const {commitPart} = await import('./commit-part.js')
      // The first full context has told the news; what was heard before a kill is about another turn's.
      const local = part.end === 'flushed' ? localWrites(facts, part) : []
      const cut = await commitPart(part, {
        fleet: around.fleet,
        agent: view.agent,
        trigger: options.trigger,
        lock,
        local,
      })
      parts.push(part)
      return cut
    },
  }
}

/** How often cron calls where nobody has said otherwise. */
const USUAL_BEAT_MS = 30 * 60_000

/**
 * Until a model is asked again, as far as the plan of judgement says. What is due at every beat, or by force, is due
 * again as soon as beats come: as long after as the last one came before.
 */
function againIn({planned, state, around, options}: TurnFacts): number | null {
  const now = around.fleet.clock.now()
  const judged = planned.filter(({check}) => check.kind === 'check' && check.probes.length === 0)
  const gaps = judged.flatMap(({nextDue}) => (nextDue === null || nextDue <= now ? [] : [nextDue - now]))
  if (options.isForced || judged.some(({check}) => check.cadence.kind === 'every-beat')) {
    const known = state.lastBeat !== null && state.lastBeat < now
    gaps.push(known ? now - (state.lastBeat ?? now) : USUAL_BEAT_MS)
  }
  return gaps.length === 0 ? null : Math.min(...gaps)
}

function localWrites(facts: TurnFacts, {answered}: TurnPlan): ChangeSet['local'] {
  const {view, around, findings, planned} = facts
  const now = around.fleet.clock.now()
  const {tended, deferred} = findings
  const results = {now, planKey: view.planKey, planned, tended, answered: new Set(answered), deferred}
  return [{path: beatStatePath(view.agent.name), content: formatBeatState(nextState(facts.state, results))}]
}
