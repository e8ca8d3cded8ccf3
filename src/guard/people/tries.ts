import {EXIT, isUserError, UserError} from '../../kit/errors.js'
import type {Folder} from '../../kit/folder.js'
import {contentHash} from '../../kit/hash.js'
import {isRecord} from '../../kit/is-record.js'
import {parseAgentName} from '../../workspace/names.js'

const FREE_TRIES = 5
const PAUSE_MS = 60_000
const MOST_RACES = 50

interface Tries {
  readonly wrong: number
  /** Milliseconds since the epoch; 0: no pause. */
  readonly until: number
}

/**
 * Counts a passphrase before it is looked at, so that ending the process does not make a wrong one unseen; after five,
 * each costs a minute. Throws while a pause lasts.
 */
export function beginTry(mcos: Folder, name: string, now: number): void {
  for (let race = 0; ; race++) {
    const text = mcos.readText(triesPath(name))
    const {wrong, until} = parseTries(text, now)
    // A clock that was set back must not make it last for days.
    const left = Math.min(until - now, PAUSE_MS)
    if (left > 0) throw paused(name, Math.ceil(left / 1000))
    const next = {wrong: wrong + 1, until: wrong + 1 >= FREE_TRIES ? now + PAUSE_MS : 0}
    try {
      const expect = text === null ? null : contentHash(text)
      mcos.write(triesPath(name), `${JSON.stringify(next)}\n`, {mode: 0o600, expect})
      return
    } catch (error) {
      // Another process was trying at the same moment; both count.
      if (!isUserError(error) || error.code !== 'CONFLICT' || race >= MOST_RACES) throw error
    }
  }
}

/** The passphrase was right. */
export function forgetTries(mcos: Folder, name: string): void {
  mcos.remove(triesPath(name))
}

function triesPath(name: string): string {
  return `people/${parseAgentName(name)}.tries`
}

/** What can't be read counts as a pause that begins now: nobody gets free tries by damaging a file. */
function parseTries(text: string | null, now: number): Tries {
  if (text === null) return {wrong: 0, until: 0}
  const broken = {wrong: FREE_TRIES, until: now + PAUSE_MS}
  try {
    const data: unknown = JSON.parse(text)
    if (!isRecord(data)) return broken
    const {wrong, until} = data
    return typeof wrong === 'number' && typeof until === 'number' ? {wrong, until} : broken
  } catch {
    return broken
  }
}

function paused(name: string, seconds: number): UserError {
  return new UserError(`Too many wrong passphrases for ${name}: the next one is looked at in ${seconds} s.`, {
    code: 'PAUSED',
    fix: `Wait ${seconds} seconds, then run the same command again.`,
    exit: EXIT.refused,
  })
}
