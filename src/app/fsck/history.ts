import {checkHistory} from '../../history/check-history.js'
import {COMMIT_LOCK} from '../../history/leftover.js'
import {isUserError} from '../../kit/errors.js'
import {isStale, readHolder} from '../../kit/lock-holder.js'
import type {Fleet} from '../../workspace/fleet.js'
import {type Inspection, problemFrom} from '../../workspace/health.js'

/** git's own check, turns that were committed twice, and work that a stopped process has left. */
export function inspectHistory({home, mcos, clock}: Fleet): Inspection {
  try {
    const holder = readHolder(`${mcos.dir}/locks/${COMMIT_LOCK}.lock`)
    const problems = checkHistory(home.dir)
    // A journal is there while somebody commits; it is left over only when nobody does.
    const isCommitting = holder !== null && !isStale(holder, clock.now())
    return {
      files: 0,
      problems: problems
        .filter(({code}) => code !== 'JOURNAL_LEFT' || !isCommitting)
        .map((problem) => ({file: fileOf(problem.code), line: null, ...problem})),
    }
  } catch (error) {
    if (!isUserError(error)) throw error
    return {files: 0, problems: [problemFrom(error, '.git')]}
  }
}

function fileOf(code: string): string {
  return code.startsWith('JOURNAL') ? '.mcos/journal' : '.git'
}
