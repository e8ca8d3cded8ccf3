import {Cron} from 'croner'

/** Why an expression is no five-field cron line; null when it is one. */
export function cronProblem(expression: string): string | null {
  try {
    open(expression, 'UTC')
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** The last moment at or before `ms` that the expression names, in the zone's wall clock. */
export function cronAtOrBefore(expression: string, ms: number, zone: string): number | null {
  // croner looks strictly before its reference and works in whole seconds
  const reference = new Date(Math.floor(ms / 1000) * 1000 + 1000)
  return open(expression, zone).previousRuns(1, reference)[0]?.getTime() ?? null
}

/** The first moment after `ms` that the expression names, in the zone's wall clock. */
export function cronAfter(expression: string, ms: number, zone: string): number | null {
  return open(expression, zone).nextRun(new Date(ms))?.getTime() ?? null
}

// Hours and minutes without a wildcard follow the same rule as our own clock times: once after a gap, once in a repeat.
function open(expression: string, zone: string): Cron {
  return new Cron(expression, {timezone: zone, mode: '5-part', fixedTimeRule: 'no-wildcard', paused: true})
}
