import {join} from 'node:path'
import {systemClock} from '../src/kit/clock.js'
import {type Folder, openFolder} from '../src/kit/folder.js'
import {type Lock, waitForLock} from '../src/kit/lock.js'
import {type Dice, dice} from './dice.js'
import {withScene} from './scene.js'
import {type Torture, type TortureReport, Wrongs} from './torture.js'
import {locksLeft, stagingLeft, tempsLeft} from './traces.js'
import {bundleWorker, startWorker, type Worker} from './worker.js'

const LEASE_MS = 40

/** A holder is stopped in the middle of its writing, another takes over, the first goes on: nothing of it arrives. */
export const torture: Torture = {
  what: 'a holder freezes past its lease and comes back',
  shortRounds: 25,
  longRounds: 1000,
  run: ({rounds, seed}) => withScene(['mcos'], (dir) => freezeAgain(dir, {rounds, chance: dice(seed)})),
}

async function freezeAgain(dir: string, {rounds, chance}: {rounds: number; chance: Dice}): Promise<TortureReport> {
  const file = await bundleWorker('frozen', dir)
  const mcos = openFolder(join(dir, 'mcos'))
  mcos.write('mine', 'mine')
  const worker = startWorker(file, {dir: mcos.dir, leaseMs: LEASE_MS})
  const wrongs = new Wrongs()
  let refused = 0
  try {
    for (let round = 0; round < rounds; round++) refused += await freezeOnce(worker, {mcos, round, chance, wrongs})
  } finally {
    worker.child.kill('SIGKILL')
    await worker.ended
  }
  for (const left of [...locksLeft(mcos.dir), ...stagingLeft(mcos.dir), ...tempsLeft(mcos.dir)]) {
    wrongs.add(`left behind: ${left}`)
  }
  return {counts: {freezes: rounds, 'late changes refused': refused}, wrong: wrongs.count, examples: wrongs.examples}
}

interface Freeze {
  readonly mcos: Folder
  readonly round: number
  readonly chance: Dice
  readonly wrongs: Wrongs
}

async function freezeOnce(worker: Worker, {mcos, round, chance, wrongs}: Freeze): Promise<number> {
  const from = worker.lines.length
  worker.child.stdin?.write('go\n')
  await worker.until('held', from)
  await pause(chance.below(LEASE_MS / 2))
  worker.child.kill('SIGSTOP')
  const lock = waitForLock(mcos, 'one', {clock: systemClock, timeoutMs: 10_000, pollMs: 5})
  const before = seen(mcos, lock, round)
  worker.child.kill('SIGCONT')
  const late = JSON.parse((await worker.until('late', from)).slice('late '.length)) as Late
  wrongs.insist(seen(mcos) === before, `round ${round}: the state is ${seen(mcos)} instead of ${before}`)
  wrongs.insist(late.first === 'FENCED', `round ${round}: the frozen write ended with ${late.first}`)
  wrongs.insist(
    late.later.every((code) => code === 'FENCED'),
    `round ${round}: later ${late.later.join(' ')}`,
  )
  wrongs.insist(!late.isHeld && lock.isHeld(), `round ${round}: the wrong one holds the lock`)
  wrongs.insist(lock.fence > late.fence, `round ${round}: fence ${lock.fence} after ${late.fence}`)
  clear(mcos)
  lock.release()
  return late.later.length + 1
}

interface Late {
  readonly first: string
  readonly later: readonly string[]
  readonly isHeld: boolean
  readonly fence: number
}

/** Everything a late change could touch, in one line; the new holder writes first. */
function seen(mcos: Folder, lock?: Lock, round?: number): string {
  if (lock) mcos.write('state', `mine ${round}`, {staging: lock.staging})
  const names = ['.', 'new', 'cur'].map((folder) => mcos.list(folder).map(({name}) => name))
  return JSON.stringify([mcos.readText('state'), mcos.readText('mine'), ...names])
}

function clear(mcos: Folder): void {
  for (const folder of ['new', 'cur']) {
    for (const {name} of mcos.list(folder)) mcos.remove(`${folder}/${name}`, {sync: false})
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
