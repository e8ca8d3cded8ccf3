import {type AlertFiles, type AlertShelf, readAlerts} from '../../alerts/read-alerts.js'
import type {AlertGates} from '../../workspace/alert-standing.js'
import type {Draft} from '../draft.js'
import type {ToolContext} from '../tool.js'
import {readGates} from './gates.js'
import {type ClockCheck, checkClock} from './live-clock.js'

/** The fleet's alerts as this turn will have left them, and who may say what of them. */
export async function alertsInTurn({
  fleet,
  draft,
}: Pick<ToolContext, 'fleet' | 'draft'>): Promise<AlertShelf & {readonly gates: AlertGates}> {
  const gates = await readGates(fleet)
  return {...readAlerts(filesOf(draft), gates), gates}
}

/** What a live clock says, asked on behalf of a turn: the hosts of its contract are asked as well. */
export function clockInTurn({
  fleet,
  contract,
  signal,
}: Pick<ToolContext, 'fleet' | 'contract' | 'signal'>): Promise<ClockCheck> {
  return checkClock(fleet, {contract, signal})
}

function filesOf(draft: Draft): AlertFiles {
  return {
    names: (folder) => draft.list(folder).map((name) => name.replace(/\/$/, '')),
    readText: (path) => draft.readText(path),
  }
}
