import {hasAlerts} from '../alerts/has-alerts.js'
import type {Fleet} from '../workspace/fleet.js'
import {type ContextPart, part} from './context-parts.js'

/** What is confirmed as P0 or P1 and still open, for every agent; hypotheses never. Without alerts it is one look at a folder. */
export async function alertsPart(fleet: Fleet): Promise<ContextPart | null> {
  const {files} = fleet.home
  if (!hasAlerts(files)) return null
  const [{readGates}, {readLiveAlerts}, {standingAlerts}] = await Promise.all([
    import('./alerts/gates.js'),
    import('../alerts/live-alerts.js'),
    import('../alerts/standing.js'),
  ])
  const cases = readLiveAlerts(fleet, await readGates(fleet))
  const lines = standingAlerts(cases).map(
    ({id, level, title, since, confirmedBy}) =>
      `- ${level} ${id.slice(0, 12)}: ${title} (since ${since}, confirmed by ${confirmedBy.join(' and ')})`,
  )
  if (lines.length === 0) return null
  const body = ['Open alerts of the fleet, confirmed (data):', ...lines].join('\n')
  return part({name: 'alerts', path: null, cached: true}, body)
}
