import {countUnread} from '../../bus/boxes.js'
import {readHolder} from '../../kit/lock-holder.js'
import {listAgents} from '../../workspace/agents.js'
import {isOver} from '../../workspace/alert-state.js'
import {type Checkup, count, type Trouble} from '../../workspace/health.js'
import {parkPath, readPark} from '../../workspace/park.js'
import {openAlerts} from '../alerts/open-alerts.js'
import {listApprovals} from '../approvals/list.js'
import {statusOf} from '../status.js'
import {usageOf} from '../usage.js'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const OLD_APPROVAL_MS = DAY_MS
const OLD_ALERT_MS = 4 * HOUR_MS
const LONG_PARKED_MS = 30 * DAY_MS

const approvals: Checkup = {
  id: 'approvals-waiting',
  title: 'No agent has waited for more than a day for a yes or a no',
  means: 'What it asked for is not done, and its request will expire.',
  async examine(fleet) {
    const now = fleet.clock.now()
    const {approvals: all, unreadable} = await listApprovals(fleet)
    const old = all.filter(({status, at}) => status === 'waiting' && now - Date.parse(at) > OLD_APPROVAL_MS)
    const troubles = old.map(({id, agent, verb, target, at}): Trouble => {
      const detail = `${agent} asks since ${at} for ${verb} ${target}`.trim()
      return {status: 'warn', detail, fix: `mcos approve show ${id}`}
    })
    const broken = unreadable.map(({id, trouble}): Trouble => {
      return {status: 'fail', detail: `approvals/${id}: ${trouble}`, fix: 'mcos fsck'}
    })
    return {seen: count(all.length, 'request'), troubles: [...broken, ...troubles]}
  },
}

const alerts: Checkup = {
  id: 'alerts-waiting',
  title: 'No alert has waited for hours for somebody to confirm it',
  means: 'Until it is confirmed it reaches only its confirmer, and nobody acts on it.',
  async examine(fleet) {
    const now = fleet.clock.now()
    const {cases, gates} = await openAlerts(fleet)
    const open = cases.filter(({state}) => state.status === 'hypothesis' && !isOver(state))
    const troubles = open.flatMap(({alert, state}): Trouble[] => {
      const {level, claimedAt} = state
      const fix = `mcos alert confirm ${alert.id}`
      if (gates.confirmers(level).length === 0 && Object.keys(fleet.home.config.people).length === 0) {
        return [{status: 'fail', detail: `${level} "${alert.title}": nobody in this fleet may confirm it`, fix}]
      }
      if (now - claimedAt <= OLD_ALERT_MS) return []
      const detail = `${level} "${alert.title}" of ${alert.by} waits since ${new Date(claimedAt).toISOString()}`
      return [{status: 'warn', detail, fix}]
    })
    return {seen: open.length === 0 ? 'none waits' : count(open.length, 'alert'), troubles}
  },
}

const parked: Checkup = {
  id: 'parked',
  title: 'Whoever is parked was parked by somebody, and not forgotten',
  means: 'A parked agent looks at nothing until somebody wakes it.',
  examine(fleet) {
    const {home, clock} = fleet
    const names: string[] = []
    const troubles = listAgents(home).flatMap((agent): Trouble[] => {
      const park = readPark(home.files, agent)
      if (park === null) return []
      names.push(agent.name)
      const fix = `mcos fleet wake ${agent.name}`
      const since = Date.parse(park.when ?? '')
      if (park.who === null || Number.isNaN(since)) {
        const detail = `${parkPath(agent)} parks ${agent.name} and doesn't say who did it and when`
        return [{status: 'warn', detail, fix}]
      }
      const unread = countUnread(home.files, agent)
      if (unread > 0) {
        return [{status: 'warn', detail: `${agent.name} is parked, and ${count(unread, 'message')} wait for it`, fix}]
      }
      const days = Math.floor((clock.now() - since) / DAY_MS)
      if (clock.now() - since <= LONG_PARKED_MS) return []
      return [{status: 'warn', detail: `${agent.name} is parked for ${days} days (by ${park.who})`, fix}]
    })
    return {seen: names.length === 0 ? 'nobody is' : names.join(', '), troubles}
  },
}

const GONE = 'which is gone or far past its time'

const dead: Checkup = {
  id: 'dead',
  title: 'No agent is dead',
  means: 'It should stir and does not: its turn was killed or hangs, or its beat is hours late.',
  async examine(fleet) {
    const {agents} = await statusOf(fleet)
    const troubles = agents
      .filter(({state, stopped}) => state === 'dead' && !stopped)
      .map(({agent, last_beat: last}): Trouble => {
        const since = `its last beat was ${last === null ? 'never' : `at ${last}`}`
        const lock = readHolder(`${fleet.mcos.dir}/locks/${agent}.lock`)
        const why = lock === null ? since : `its lock is held by process ${lock.pid} of ${lock.host}, ${GONE}`
        return {status: 'fail', detail: `${agent} is dead: ${why}`, fix: `mcos heartbeat ${agent}`}
      })
    return {seen: count(agents.length, 'agent'), troubles}
  },
}

const spent: Checkup = {
  id: 'budget-spent',
  title: 'No ceiling of today is used up',
  means: 'Judgement waits until tomorrow, or goes to a lesser engine.',
  async examine(fleet) {
    const {budgets} = await usageOf(fleet, {by: ['agent'], since: null})
    const troubles = budgets
      .filter(({used, held, ceiling}) => used + held >= ceiling)
      .map(({whose, name, unit, used, ceiling}): Trouble => {
        const detail = `${whose} ${name}: ${round(used)} of ${round(ceiling)} ${unit} today`
        return {status: 'warn', detail, fix: 'mcos usage'}
      })
    return {seen: budgets.length === 0 ? 'there is none' : count(budgets.length, 'ceiling'), troubles}
  },
}

function round(amount: number): number {
  return Math.round(amount * 100) / 100
}

/** Who and what waits for a person, or for tomorrow. */
export const WAITING_CHECKUPS: readonly Checkup[] = [approvals, alerts, parked, dead, spent]
