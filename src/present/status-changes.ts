import type {AgentStatus, StatusReport} from '../app/status.js'
import {stateWord} from '../fleet/lifecycle.js'
import {cleanLine} from '../kit/text.js'

/** What is new for people between two looks, a line each; money and tokens alone are none. */
export function presentChanges(before: StatusReport, after: StatusReport): readonly string[] {
  const time = after.at.slice(11, 16)
  const known = new Map(before.agents.map((status) => [status.agent, status]))
  const lines = after.agents.flatMap((status) => {
    const old = known.get(status.agent)
    return (old ? changesOf(old, status) : ['is new here']).map((what) => `${status.agent}: ${what}`)
  })
  const gone = [...known.keys()].filter((name) => !after.agents.some(({agent}) => agent === name))
  const whole = before.stopped === after.stopped ? [] : [after.stopped ? 'the fleet is stopped' : 'the fleet goes on']
  const [were, are] = [alertsOfPeople(before), alertsOfPeople(after)]
  const raised = were === are ? [] : [`the fleet: ${are} ${are === 1 ? 'alert' : 'alerts'} open`]
  return [...whole, ...raised, ...lines, ...gone.map((name) => `${name}: is gone`)].map((text) =>
    cleanLine(`${time} ${text}`),
  )
}

/** Those that stand in no agent's line. */
function alertsOfPeople({agents, totals}: StatusReport): number {
  return agents.reduce((rest, {alerts_open}) => rest - alerts_open, totals.alerts_open)
}

const COUNTS = [
  ['approvals_waiting', 'approval waiting', 'approvals waiting'],
  ['alerts_open', 'alert open', 'alerts open'],
  ['inbox', 'message unread', 'messages unread'],
  ['tasks_open', 'task open', 'tasks open'],
] as const

function changesOf(before: AgentStatus, after: AgentStatus): string[] {
  const [was, is] = [stateWord(before), stateWord(after)]
  return [
    ...(was === is ? [] : [`${was} → ${is}`]),
    ...(after.error !== null && after.error !== before.error ? [after.error] : []),
    ...COUNTS.flatMap(([key, one, many]) =>
      before[key] === after[key] ? [] : [`${after[key]} ${after[key] === 1 ? one : many}`],
    ),
    ...(after.last_line !== null && after.last_line !== before.last_line ? [`logged: ${after.last_line}`] : []),
  ]
}
