import {clean} from '../../kit/text.js'

/** As Telegram counts: UTF-16 units. */
export const LONGEST_MESSAGE = 4096

const CUT = '… (cut: the rest does not fit into one message)'

/** A text that fits into one message, cut after a line where it can be, and said so. Nothing in it can steer a reader's screen. */
export function fitMessage(text: string, max: number = LONGEST_MESSAGE): string {
  const whole = clean(text).trim()
  if (whole.length <= max) return whole
  const room = whole.slice(0, max - CUT.length - 1)
  const line = room.lastIndexOf('\n')
  // A text of one endless line is cut within it, but never within a character of two halves.
  const kept = line > room.length / 2 ? room.slice(0, line) : room.replace(/[\ud800-\udbff]$/, '')
  return `${kept.trimEnd()}\n${CUT}`
}
