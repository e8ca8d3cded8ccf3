import {type AlertCase, type AlertShelf, alertFilesOf, readAlerts} from '../../alerts/read-alerts.js'
import {matchPrefix} from '../../kit/ids.js'
import {readGates} from '../../turn/alerts/gates.js'
import type {AlertGates} from '../../workspace/alert-standing.js'
import type {Fleet} from '../../workspace/fleet.js'

/** The fleet's alerts, and who may say what of them. */
export interface OpenAlerts extends AlertShelf {
  readonly gates: AlertGates
}

export async function openAlerts(fleet: Fleet): Promise<OpenAlerts> {
  const gates = await readGates(fleet)
  return {...readAlerts(alertFilesOf(fleet.home.files), gates), gates}
}

/** The one alert that a person means by the beginning of its id. */
export function findAlert({cases}: AlertShelf, typed: string): AlertCase {
  const ids = cases.map(({alert}) => alert.id)
  const id = matchPrefix(ids, typed, {what: 'alert', list: 'mcos alert list --all'})
  const found = cases.find(({alert}) => alert.id === id)
  if (!found) throw new Error('an id that matched has an alert')
  return found
}
