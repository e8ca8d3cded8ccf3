import type {AlertCase} from '../alerts/read-alerts.js'
import {standingAlerts} from '../alerts/standing.js'
import {cleanLine, shorten} from '../kit/text.js'
import {isOver} from '../workspace/alert-state.js'

/** What an agent sees of alerts, one a line: the fleet's confirmed ones, and those of its own that are open. */
export function alertLines(cases: readonly AlertCase[], agent: string): string[] {
  const standing = standingAlerts(cases)
  const known = new Set(standing.map(({id}) => id))
  const own = cases.filter(({alert, state}) => alert.by === agent && !isOver(state) && !known.has(alert.id))
  return [
    ...standing.map(
      ({id, level, title, confirmedBy}) =>
        `${level} ${id.slice(0, 12)}: ${title} (confirmed by ${confirmedBy.join(' and ')})`,
    ),
    ...own.map(({alert, state}) => {
      const standing = alert.held !== null ? 'held' : state.level === 'P3' ? 'noted' : state.status
      return `${state.level} ${alert.id.slice(0, 12)}: ${shorten(cleanLine(alert.title), 120)} (${standing})`
    }),
  ]
}
