import {isUserError} from '../../kit/errors.js'
import {contentHash} from '../../kit/hash.js'
import {deadLocks, deadStaging, tempLeftovers} from '../../kit/leftovers.js'
import {shellWord} from '../../kit/shell-word.js'
import type {Fleet} from '../../workspace/fleet.js'
import {type Checkup, count, type LocalStep, type Repair, type Trouble} from '../../workspace/health.js'
import {inspectReceipts} from '../../workspace/inspect-receipts.js'
import {parseReceipt} from '../../workspace/receipt.js'
import {inspectLeftovers} from '../fsck/leftovers.js'
import {inspectFiles} from '../fsck.js'

const FIX = 'mcos doctor --fix'

const leftovers: Checkup = {
  id: 'leftovers',
  title: 'No killed process has left a lock or a half-written file',
  means: 'What a killed process left lies in the way or is taken for something.',
  examine(fleet) {
    const troubles = inspectLeftovers(fleet).problems.map(({message}): Trouble => {
      return {status: 'warn', detail: message, fix: FIX, fixable: true}
    })
    return {seen: 'nothing is left', troubles}
  },
  repair({home, mcos, clock}): Repair[] {
    const locks = deadLocks(mcos.dir, clock.now()).map(({name}): LocalStep => ({kind: 'free-lock', name}))
    const now = Date.now()
    const staging = deadStaging(mcos.dir, now).map((path) => path.slice(home.dir.length + 1))
    const paths = [...staging, ...tempLeftovers(home.dir, now)]
    const steps = [...locks, ...paths.map((path): LocalStep => ({kind: 'remove', path}))]
    if (steps.length === 0) return []
    return [{what: `Clear away what killed processes have left (${count(steps.length, 'thing')})`, local: steps}]
  },
}

const receipts: Checkup = {
  id: 'receipts',
  title: 'Every receipt can be read',
  means: 'Receipts tell what was done and spent; a torn line is missing from every sum.',
  examine(fleet) {
    const {problems} = inspectReceipts(fleet)
    const unread = problems.filter(({code}) => code !== 'TURN_TWICE')
    const troubles = unread.map(({message}): Trouble => ({status: 'warn', detail: message, fix: FIX, fixable: true}))
    return {seen: 'all of them', troubles}
  },
  repair(fleet) {
    const broken = inspectReceipts(fleet).problems.filter(({code}) => code !== 'TURN_TWICE')
    return [...new Set(broken.map(({file}) => file))].map((file) => dropUnread(fleet, file))
  },
}

const setAside: Checkup = {
  id: 'set-aside',
  title: 'Nothing unreadable was set aside',
  means: 'Something could not be read, and mcos went on without it: look at what it was, then remove it.',
  examine({mcos}) {
    const names = mcos.stat('quarantine')?.kind === 'folder' ? mcos.list('quarantine').map(({name}) => name) : []
    const troubles = names.map((name): Trouble => {
      const path = `.mcos/quarantine/${name}`
      return {status: 'warn', detail: `${path} could not be read and was put there`, fix: `rm ${shellWord(path)}`}
    })
    return {seen: 'the shelf is empty', troubles}
  },
}

const integrity: Checkup = {
  id: 'files',
  title: 'Every file has the form it should have',
  means: "A file that doesn't have its form is refused, or read as less than it holds.",
  examine(fleet) {
    const {files, problems} = inspectFiles(fleet)
    const others = problems.filter(({file}) => !TOLD_ELSEWHERE.test(file))
    const troubles = others.map(({message}): Trouble => ({status: 'fail', detail: message, fix: 'mcos fsck'}))
    return {seen: `${count(files, 'file')} read`, troubles}
  },
}

/** Contracts, keys, guardrails, trusted lines, receipts and work states have checks of their own. */
const TOLD_ELSEWHERE =
  /(?:^|\/)SOUL\.md$|(?:^|\/)WORKSTATE\.md$|\/workstate\/|^keys\/|^\.mcos\/(?:keys|runs|trust)|^guardrails\//

/** What this machine's own folder tells. */
export const STATE_CHECKUPS: readonly Checkup[] = [leftovers, receipts, setAside, integrity]

/** The day without the lines that nobody can read; the backup keeps them. */
function dropUnread({home: {files}}: Fleet, file: string): Repair {
  const text = files.readText(file, {maxBytes: Number.MAX_SAFE_INTEGER}) ?? ''
  const kept = text.split('\n').filter((line) => isReceipt(line))
  const content = kept.length === 0 ? '' : `${kept.join('\n')}\n`
  const local: LocalStep[] = [{kind: 'write', path: file, content, expect: contentHash(text)}]
  return {what: `Take the lines out of ${file} that can't be read`, local}
}

function isReceipt(line: string): boolean {
  if (line.trim() === '') return false
  try {
    parseReceipt(line, {file: ''})
    return true
  } catch (error) {
    if (isUserError(error)) return false
    throw error
  }
}
