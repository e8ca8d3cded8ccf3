import {wallTime} from '../kit/zone.js'
import type {QuietHours} from './check.js'

/** Whether judgement stays silent at this moment; hours may span midnight. */
export function isQuiet(quiet: QuietHours | null, now: number, zone: string): boolean {
  if (!quiet) return false
  const {hour, minute} = wallTime(now, quiet.zone ?? zone)
  const at = hour * 60 + minute
  const from = minutes(quiet.from)
  const to = minutes(quiet.to)
  return from <= to ? at >= from && at < to : at >= from || at < to
}

function minutes(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}
