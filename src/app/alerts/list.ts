import {whoConfirms} from '../../alerts/questions.js'
import type {AlertCase} from '../../alerts/read-alerts.js'
import type {AlertState} from '../../workspace/alert-standing.js'
import {isOver} from '../../workspace/alert-state.js'
import type {Fleet} from '../../workspace/fleet.js'
import type {AlertLevel} from '../../workspace/soul.js'
import {findAlert, type OpenAlerts, openAlerts} from './open-alerts.js'

/** One alert on one line; the keys are a promise to programs. */
export interface AlertRow {
  readonly id: string
  readonly level: AlertLevel
  readonly status: AlertState['status'] | 'held' | 'unreadable'
  /** The level that holds; null: it is a claim. */
  readonly confirmed: AlertLevel | null
  readonly by: string
  readonly at: string
  readonly since: string | null
  readonly title: string
  readonly confirmed_by: readonly string[]
  /** Agents who can answer now; a person always can. */
  readonly waits_for: readonly string[]
  /** How often the same was raised again. */
  readonly repeats: number
}

export interface AlertList {
  readonly alerts: readonly AlertRow[]
  /** What lies among them and can't be read. */
  readonly unreadable: readonly {readonly path: string; readonly reason: string}[]
}

/** One event, and why it does not count; null: it does. */
export interface ShownEvent {
  readonly id: string
  readonly at: string
  readonly by: string
  readonly kind: string
  readonly level: AlertLevel | null
  readonly to: readonly string[]
  readonly via: string | null
  readonly origin: readonly string[]
  readonly clock: string | null
  readonly why: string | null
  readonly refused: string | null
}

export interface ShownAlert extends AlertRow {
  readonly hand: string | null
  readonly evidence: readonly string[]
  readonly origin: readonly string[]
  readonly held: string | null
  readonly body: string
  readonly events: readonly ShownEvent[]
  readonly trouble: string | null
  readonly path: string
}

/** What is open, or with `all` everything that was ever raised; newest first. */
export async function listAlerts(fleet: Fleet, {all}: {readonly all: boolean}): Promise<AlertList> {
  const alerts = await openAlerts(fleet)
  const shown = alerts.cases.filter(({state}) => all || !isOver(state))
  return {alerts: shown.map((found) => rowOf(found, alerts)).reverse(), unreadable: alerts.unreadable}
}

/** One alert with all that was said of it, what did not count as well. */
export async function showAlert(fleet: Fleet, id: string): Promise<ShownAlert> {
  const alerts = await openAlerts(fleet)
  const found = findAlert(alerts, id)
  const {alert, state, folder, trouble} = found
  const {hand, evidence, origin, held, body} = alert
  const refused = new Map(state.refused.map(({event, reason}) => [event.id, reason]))
  const events = [...found.events]
    .sort((one, other) => (one.id < other.id ? -1 : 1))
    .map(({id: event, at, by, kind, level, to, via, origin: from, clock, why}) => ({
      ...{id: event, at, by, kind, level, to, via, origin: from, clock, why},
      refused: refused.get(event) ?? null,
    }))
  return {...rowOf(found, alerts), hand, evidence, origin, held, body, events, trouble, path: folder}
}

function rowOf({alert, state, trouble}: AlertCase, {gates}: OpenAlerts): AlertRow {
  const {id, by, at, since, title, held} = alert
  const {level, confirmed, confirmedBy, repeats, raisers, asked, confirmers} = state
  const waits = [...whoConfirms(level, raisers, gates), ...asked].filter((name) => !confirmers.includes(name))
  const isHeld = held !== null && state.status === 'hypothesis'
  return {
    id,
    level,
    status: trouble !== null ? 'unreadable' : isHeld ? 'held' : state.status,
    confirmed,
    by,
    at,
    since,
    title,
    confirmed_by: confirmed === null ? [] : confirmedBy,
    waits_for: state.status === 'hypothesis' ? [...new Set(waits)] : [],
    repeats,
  }
}
