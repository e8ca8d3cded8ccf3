import {localDay} from '../../engines/budget/day.js'
import {EXIT, UserError} from '../../kit/errors.js'
import {parseDuration} from '../../workspace/duration.js'

/** The first day that a person means by `7d` or `2026-11-01`; null is today. */
export function firstDay(typed: string | null, {now, zone}: {readonly now: number; readonly zone: string}): string {
  if (typed === null) return localDay(now, zone)
  const isDay = /^\d{4}-\d\d-\d\d$/.test(typed) && !Number.isNaN(Date.parse(typed))
  if (isDay && new Date(typed).toISOString().startsWith(typed)) {
    if (typed > localDay(now, zone)) throw notADay(`${typed} is still to come: nothing was used since then.`)
    return typed
  }
  const span = parseDuration(typed)
  if (span !== null && span < now) return localDay(now - span, zone)
  throw notADay(`${JSON.stringify(typed)} is neither a span nor a day.`)
}

function notADay(message: string): UserError {
  return new UserError(message, {
    code: 'USAGE',
    fix: ['mcos usage --since 7d', 'mcos usage --since 2026-11-01'],
    exit: EXIT.usage,
  })
}
