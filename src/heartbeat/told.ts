import type {Fleet} from '../workspace/fleet.js'

/** What a failure is recognised by from beat to beat. */
export interface Failure {
  readonly code: string
  readonly message: string
}

/**
 * Takes note of an agent's failure, or of its end (null), and says whether an earlier beat has told the same already.
 * So a night's outage is one cron mail; it is told again when it changes.
 */
export function isToldAlready({mcos}: Fleet, agent: string, failure: Failure | null): boolean {
  const path = `beats/${agent}.told`
  const before = mcos.stat(path) ? mcos.readText(path, {maxBytes: 64 * 1024}) : null
  const now = failure ? `${failure.code}\n${failure.message}\n` : null
  if (now === before) return now !== null
  if (now === null) mcos.remove(path, {sync: false})
  else mcos.write(path, now, {sync: false})
  return false
}
