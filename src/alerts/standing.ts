import {cleanLine, shorten} from '../kit/text.js'
import {isOver} from '../workspace/alert-state.js'
import type {AlertLevel} from '../workspace/soul.js'
import type {AlertCase} from './read-alerts.js'

/** A confirmed P0 or P1 that is open: what every agent of the fleet is told. */
export interface StandingAlert {
  readonly id: string
  readonly level: AlertLevel
  readonly title: string
  readonly since: string
  readonly confirmedBy: readonly string[]
}

const LONGEST_TITLE = 120

/** A hypothesis is never among them, nor what is over, nor what can't be read whole. */
export function standingAlerts(cases: readonly AlertCase[]): StandingAlert[] {
  return cases.flatMap(({alert, state, trouble}) => {
    const level = state.confirmed
    if (trouble !== null || isOver(state) || (level !== 'P0' && level !== 'P1')) return []
    const {id, title, since, at} = alert
    return [
      {id, level, title: shorten(cleanLine(title), LONGEST_TITLE), since: since ?? at, confirmedBy: state.confirmedBy},
    ]
  })
}
