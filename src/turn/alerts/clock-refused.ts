import {EXIT, UserError} from '../../kit/errors.js'
import type {ClockCheck} from './live-clock.js'

/** An alarm about time, and no clock that could be believed. */
export function clockRefused(what: string, live: ClockCheck | null): UserError {
  const why = live?.trouble ?? 'no live clock was asked'
  return new UserError(
    `It speaks of time, and ${why}: nothing about time is ${what === 'confirm' ? 'confirmed' : `raised to ${what}`} until a live clock agrees.`,
    {
      code: 'CLOCK_UNCHECKED',
      fix: 'Set this machine\'s clock (timedatectl set-ntp true), or name a server that tells the time in mcos.yaml (an engine\'s base_url, or ping:); as a note it can be raised now: mcos alert raise P3 "title"',
      exit: EXIT.refused,
    },
  )
}
