import {rmSync, statSync} from 'node:fs'
import path from 'node:path'
import type {Repository} from './repository.js'
import {readState} from './repository-state.js'

// git holds these for the blink of an eye; nothing that lives needs so long.
const LEFT_BEHIND_MS = 5000

/**
 * Removes the lock that a git of ours left on the branch when a whole machine's worth of processes was killed with it.
 * Only asked for where a journal tells of such a kill.
 */
export function sweepRefLocks(repository: Repository): void {
  const {branch} = readState(repository)
  if (branch === null) return
  for (const lock of [path.join(repository.commonDir, `${branch}.lock`), path.join(repository.gitDir, 'HEAD.lock')]) {
    const found = statSync(lock, {throwIfNoEntry: false})
    if (found && Date.now() - found.mtimeMs > LEFT_BEHIND_MS) rmSync(lock, {force: true})
  }
}
