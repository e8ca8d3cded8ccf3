import type {Tool} from '../../../turn/tool.js'
import {UNKNOWN_ORIGIN} from '../../../workspace/alert-origin.js'
import {tendAfterwards} from '../../alerts/afterwards.js'
import {type AlertRow, listAlerts, showAlert} from '../../alerts/list.js'
import {openAlerts} from '../../alerts/open-alerts.js'
import {maySee} from '../own-files.js'
import type {Call, ServedTool, ToolAnswer} from '../served-tool.js'
import {takeCall} from '../take-call.js'

const LEVELS = ['P0', 'P1', 'P2', 'P3'] as const

/** Alerts that are the agent's business: raised by it, waiting for it, confirmed, or where its contract's reads cover them. */
export const alertsList: ServedTool = {
  name: 'alerts_list',
  title: 'List alerts',
  description:
    'Open alerts that concern you: raised by you, waiting for your answer, confirmed for the fleet, or readable by your contract. all: closed ones as well.',
  takes: {'all?': {type: 'boolean'}},
  hints: {readOnly: true},
  async call({desk, input}) {
    const {fleet, agent} = desk
    const [list, {cases}] = [await listAlerts(fleet, {all: input['all'] === true}), await openAlerts(fleet)]
    const folders = new Map(cases.map(({alert, folder}) => [alert.id, folder]))
    const alerts: AlertRow[] = []
    for (const row of list.alerts) {
      const isOwn = row.by === agent.name || row.waits_for.includes(agent.name) || row.confirmed !== null
      if (isOwn || (await maySee(desk, `${folders.get(row.id)}/alert.md`))) alerts.push(row)
    }
    const heard = cases.filter(({alert}) => alerts.some(({id, by}) => id === alert.id && by !== agent.name))
    const taint = heard.flatMap(({alert}) => (alert.origin.length > 0 ? [`alert ${alert.id} of ${alert.by}`] : []))
    if (taint.length > 0) desk.hear({taint})
    return {value: {alerts, unreadable: list.unreadable}}
  },
}

/** A note, or a claim that others check before anybody is woken. */
export const alertRaise: ServedTool = {
  name: 'alert_raise',
  title: 'Raise an alert',
  description:
    'P3 is a note. P2, P1 and P0 are claims with evidence that others confirm before anybody is woken. since: when it began, as 2026-11-21T08:30:00Z.',
  takes: {
    level: {type: 'string', enum: LEVELS},
    title: {type: 'string'},
    evidence: {type: 'array', items: {type: 'string'}},
    'since?': {type: 'string'},
  },
  hints: {readOnly: false, openWorld: true},
  async call(call) {
    const {raiseAlertTool} = await import('../../../turn/tools/raise-alert.js')
    return answered(raiseAlertTool, call)
  },
}

export const alertConfirm: ServedTool = {
  name: 'alert_confirm',
  title: 'Confirm an alert',
  description:
    'Say yes to what another agent has raised, only on a sign of your own. Needs alert.confirm in your contract.',
  takes: {id: {type: 'string'}, 'why?': {type: 'string'}},
  hints: {readOnly: false, openWorld: true},
  async call(call) {
    const {confirmAlertTool} = await import('../../../turn/tools/answer-alert.js')
    return answered(confirmAlertTool, call)
  },
}

export const alertDismiss: ServedTool = {
  name: 'alert_dismiss',
  title: 'Dismiss an alert',
  description: 'Say that what another agent has raised is no alarm, and why. Needs alert.confirm in your contract.',
  takes: {id: {type: 'string'}, why: {type: 'string'}},
  hints: {readOnly: false, openWorld: true},
  async call(call) {
    const {dismissAlertTool} = await import('../../../turn/tools/answer-alert.js')
    return answered(dismissAlertTool, call)
  },
}

/** Nobody here has seen what the client's model had read, so it may be what another read. */
async function answered(tool: Tool, call: Call): Promise<ToolAnswer> {
  const {desk, input, signal} = call
  const taken = await takeCall(tool, input, call, {taint: [UNKNOWN_ORIGIN]})
  const [id = ''] = taken.done.text.split(':')
  await tendAfterwards(desk.fleet, id, signal)
  const {events: _, ...alert} = await showAlert(desk.fleet, id)
  const {turn, commit, done} = taken
  return {value: {...alert, standing: done.text.slice(id.length + 2), turn, commit}, text: done.text}
}
