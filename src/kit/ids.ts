import {randomFillSync} from 'node:crypto'
import {closeSync, fstatSync, openSync, readSync} from 'node:fs'
import type {Clock} from './clock.js'
import {EXIT, UserError} from './errors.js'

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/

let last: {time: number; random: Uint8Array} = {time: -1, random: new Uint8Array(16)}

/** A ULID: 26 characters that sort by time, also within one millisecond of one process. */
export function newId(clock: Clock): string {
  const time = Math.max(clock.now(), 0)
  if (time === last.time) increment(last.random)
  else last = {time, random: randomDigits()}
  return encodeTime(time) + Array.from(last.random, (digit) => ALPHABET[digit]).join('')
}

/** A turn's id: `t_` and a ULID, so that it can be told from a message's. */
export function newTurnId(clock: Clock): string {
  return `t_${newId(clock)}`
}

export function isUlid(text: string): boolean {
  return ULID.test(text)
}

/** When an id was made, in milliseconds since the epoch; takes turn ids as well. */
export function idTime(id: string): number {
  let time = 0
  for (const letter of id.replace(/^t_/, '').slice(0, 10)) time = time * 32 + ALPHABET.indexOf(letter)
  return time
}

/** The one id that begins with what a person typed, whatever its case; as git does with commits. */
export function matchPrefix(ids: readonly string[], typed: string, {what, list}: {what: string; list: string}): string {
  const wanted = typed.toUpperCase()
  const found = [...new Set(ids)].filter((id) => id.toUpperCase().startsWith(wanted))
  const exact = found.find((id) => id.toUpperCase() === wanted)
  if (exact) return exact
  const [only, ...more] = found
  if (typed === '' || !only) {
    throw new UserError(`There is no ${what} ${JSON.stringify(typed)}.`, {
      code: 'NOT_FOUND',
      fix: list,
      exit: EXIT.usage,
    })
  }
  if (more.length > 0) {
    throw new UserError(`${JSON.stringify(typed)} fits ${found.length} of them: ${found.slice(0, 4).join(', ')}.`, {
      code: 'AMBIGUOUS',
      fix: `Type more of the ${what}'s id; ${list}`,
      exit: EXIT.usage,
    })
  }
  return only
}

/** The time part of an id, in milliseconds since the epoch. */
export function encodeTime(time: number): string {
  let rest = time
  let text = ''
  for (let place = 0; place < 10; place++) {
    text = ALPHABET[rest % 32] + text
    rest = Math.floor(rest / 32)
  }
  return text
}

function randomDigits(): Uint8Array {
  if (unused.length < 16) unused = randomBytes(512)
  const digits = unused.slice(0, 16).map((byte) => byte & 31)
  unused = unused.subarray(16)
  return digits
}

let unused = new Uint8Array(0)

/** Straight from the system where it has a file for that: to load Node's crypto takes a fifth of a bare start. */
function randomBytes(count: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(count)
  return fillFrom('/dev/urandom', bytes) ? bytes : randomFillSync(bytes)
}

function fillFrom(file: string, bytes: Uint8Array): boolean {
  let fd: number
  try {
    fd = openSync(file, 'r')
  } catch {
    // Windows, or a sandbox without devices.
    return false
  }
  try {
    // An ordinary file in its place would say the same each time.
    return fstatSync(fd).isCharacterDevice() && readSync(fd, bytes) === bytes.length
  } catch {
    // A read that fails: then Node's own will do.
    return false
  } finally {
    closeSync(fd)
  }
}

function increment(digits: Uint8Array): void {
  for (let place = digits.length - 1; place >= 0; place--) {
    const digit = digits[place] ?? 0
    if (digit < 31) {
      digits[place] = digit + 1
      return
    }
    digits[place] = 0
  }
}
