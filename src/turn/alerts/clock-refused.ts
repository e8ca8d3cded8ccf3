import {EXIT, UserError} from '../../kit/errors.js'
import type {ClockCheck} from './live-clock.js'

/** An alarm about time, and no clock that could be believed. */
export function clockRefused(what: string, live: ClockCheck | null): UserError {
  const why = live?.trouble ?? 'no live clock was asked'
  const done = what === 'confirm' ? 'confirmed' : `raised to ${what}`
  return new UserError(
    `What speaks of time is ${done} only where a live clock agrees with this machine's. That is not so here: ${why}.`,
    {code: 'CLOCK_UNCHECKED', fix: live?.fix ?? 'timedatectl set-ntp true', exit: EXIT.refused},
  )
}
