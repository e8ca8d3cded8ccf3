import {wallTime} from '../../kit/zone.js'

/** Tells moments as a reader of one day's page reads them. */
export interface PageClock {
  /** `08:31` of the page's own day, `20 Nov 23:50` of another. */
  at(iso: string): string
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

/** The clock of a page for `date` (2026-11-21), or of no day in particular. */
export function pageClock(date: string | null, zone: string): PageClock {
  return {
    at(iso) {
      const {year, month, day, hour, minute} = wallTime(Date.parse(iso), zone)
      const time = `${two(hour)}:${two(minute)}`
      if (`${String(year).padStart(4, '0')}-${two(month)}-${two(day)}` === date) return time
      return `${day} ${MONTHS[month - 1]} ${time}`
    },
  }
}

/** Saturday, 21 Nov 2026. */
export function longDate(date: string): string {
  const day = new Date(`${date}T00:00:00Z`)
  return `${DAYS[day.getUTCDay()]}, ${day.getUTCDate()} ${MONTHS[day.getUTCMonth()]} ${day.getUTCFullYear()}`
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}
