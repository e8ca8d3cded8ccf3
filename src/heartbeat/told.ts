import type {Fleet} from '../workspace/fleet.js'
import {ENGINES_FAILED, enginesTrouble} from './waiting.js'

/** What a failure is recognised by from beat to beat. */
export interface Failure {
  readonly code: string
  readonly message: string
}

/** What each engine says changes with every wait; what kind of trouble it has is one fact. */
function knownBy(failure: Failure): Failure {
  return failure.code === ENGINES_FAILED ? {...failure, message: enginesTrouble(failure.message)} : failure
}

/** Whether an earlier beat has told of this failure; nothing is noted. */
export function wasTold({mcos}: Fleet, agent: string, failure: Failure): boolean {
  return readTold(mcos, agent) === formatTold(knownBy(failure))
}

/**
 * Takes note of an agent's failure, or of its end (null), and says whether an earlier beat has told the same already.
 * So a night's outage is one cron mail; it is told again when it changes.
 */
export function isToldAlready({mcos}: Fleet, agent: string, failure: Failure | null): boolean {
  const now = failure && formatTold(knownBy(failure))
  if (now === readTold(mcos, agent)) return now !== null
  if (now === null) mcos.remove(pathOf(agent), {sync: false})
  else mcos.write(pathOf(agent), now, {sync: false})
  return false
}

function readTold(mcos: Fleet['mcos'], agent: string): string | null {
  return mcos.stat(pathOf(agent)) ? mcos.readText(pathOf(agent), {maxBytes: 64 * 1024}) : null
}

function formatTold({code, message}: Failure): string {
  return `${code}\n${message}\n`
}

function pathOf(agent: string): string {
  return `beats/${agent}.told`
}
