import type {Cadence} from './check.js'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** How often about a check comes round, in milliseconds; null when never or when only cron knows. */
export function rhythmOf(cadence: Cadence): number | null {
  switch (cadence.kind) {
    case 'every-beat':
      return HOUR_MS / 2
    case 'every':
      return cadence.toMs
    case 'daily':
      return DAY_MS / Math.max(1, cadence.times.length)
    case 'part-of-day':
      return DAY_MS
    case 'times-a-day':
      return DAY_MS / Math.max(1, cadence.count)
    case 'weekly':
      return (7 * DAY_MS) / Math.max(1, cadence.days.length)
    case 'monthly':
      return 31 * DAY_MS
    default:
      return null
  }
}
