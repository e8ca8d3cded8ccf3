import {instantOf, wallTime} from '../../kit/zone.js'

/** The latest of these times of day (08:00) that has passed, in ms; null: none in the last two days. */
export function latestSlot(times: readonly string[], now: number, zone: string): number | null {
  const today = wallTime(now, zone)
  const slots = [0, 1].flatMap((back) => {
    const day = new Date(Date.UTC(today.year, today.month - 1, today.day - back))
    const date = {year: day.getUTCFullYear(), month: day.getUTCMonth() + 1, day: day.getUTCDate()}
    return times.map((time) => {
      const [hour = 0, minute = 0] = time.split(':').map(Number)
      return instantOf({...date, hour, minute}, zone)
    })
  })
  const past = slots.filter((slot) => slot <= now)
  return past.length === 0 ? null : Math.max(...past)
}
