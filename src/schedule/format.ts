import type {Cadence} from './check.js'
import {formatDuration} from './duration.js'

/** The one normal form of a cadence; it parses back to the same cadence as a heading's tail. */
export function formatCadence(cadence: Cadence): string {
  switch (cadence.kind) {
    case 'every':
      return `every ${span(cadence.fromMs, cadence.toMs)}`
    case 'daily':
      return words('daily', cadence.times)
    case 'part-of-day':
      return `daily ${cadence.part}`
    case 'times-a-day':
      return `daily x${cadence.count}`
    case 'weekly':
      return words('weekly', cadence.days, cadence.times)
    case 'monthly':
      return words('monthly', cadence.days, cadence.times)
    case 'cron':
      return `cron "${cadence.expression}"`
    default:
      return cadence.kind
  }
}

function span(fromMs: number, toMs: number): string {
  return fromMs === toMs ? formatDuration(toMs) : `${formatDuration(fromMs)}-${formatDuration(toMs)}`
}

function words(first: string, ...lists: (readonly (string | number)[])[]): string {
  return [first, ...lists.filter((list) => list.length > 0).map((list) => list.join(','))].join(' ')
}
