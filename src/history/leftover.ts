import {existsSync} from 'node:fs'
import {hasJournal} from './journal.js'

/** The lock of a fleet's history: whoever commits, one at a time. */
export const COMMIT_LOCK = '_commit'

/** Whether somebody is committing, or was killed over it: two looks, and nothing of git is loaded for them. */
export function mayNeedRecovery(home: string): boolean {
  return hasJournal(home) || existsSync(`${home}/.mcos/locks/${COMMIT_LOCK}.lock`)
}
