import {readSync} from 'node:fs'
import {HOOK_EVENTS, type HookEventName} from '../app/hook/run-hook.js'

const STDIN = 0
const CHUNK = 64 * 1024
/** Hosts hand whole files over; more than this is no call that anybody could judge. */
const MOST_BYTES = 64 * 1024 * 1024

/** `mcos hook EVENT --home DIR` as it was set up. */
export interface HookLine {
  readonly event: HookEventName
  /** null: it wasn't given. */
  readonly home: string | null
}

/** Reads what stands behind `hook`; null for anything else, which oclif then explains in its own words. */
export function parseHookLine([word = '', ...rest]: readonly string[]): HookLine | null {
  const event = HOOK_EVENTS.find((known) => known === word)
  const home = event === undefined ? undefined : homeIn(rest)
  return event === undefined || home === undefined ? null : {event, home}
}

/** undefined: there is something else, too. */
export function homeIn(words: readonly string[]): string | null | undefined {
  if (words.length === 0) return null
  const [first = '', second] = words
  if (words.length === 2 && first === '--home' && second !== undefined && second !== '') return second
  return words.length === 1 && first.startsWith('--home=') && first !== '--home='
    ? first.slice('--home='.length)
    : undefined
}

/** All of stdin, also where it is a pipe that its writer has made not to wait. */
export function readInput(): string {
  const parts: Buffer[] = []
  let size = 0
  for (;;) {
    const part = Buffer.allocUnsafe(CHUNK)
    const count = readPart(part)
    if (count === 0) return Buffer.concat(parts).toString('utf8')
    parts.push(part.subarray(0, count))
    size += count
    if (size > MOST_BYTES) throw new Error('what the host says is too long')
  }
}

function readPart(part: Buffer): number {
  for (;;) {
    try {
      return readSync(STDIN, part)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (code === 'EOF') return 0
      if (code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
  }
}
