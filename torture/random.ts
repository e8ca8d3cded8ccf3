import {join} from 'node:path'
import {systemClock} from '../src/kit/clock.js'
import {openFolder} from '../src/kit/folder.js'
import {waitForLock} from '../src/kit/lock.js'
import {isQuick} from '../testing/slowness.js'
import {type Dice, dice} from './dice.js'
import {judge} from './random-judge.js'
import {LOCKS} from './random-state.js'
import {withScene} from './scene.js'
import {type Torture, type TortureReport, Wrongs} from './torture.js'
import {locksLeft, tempsLeft} from './traces.js'
import {bundleWorker, startWorker, type Worker} from './worker.js'

const WRITERS = 8
/** Kills between two looks at everything, each on a fresh tree. */
const KILLS_PER_TREE = 100

/** Eight writers on one tree, killed at random moments: nothing lost, doubled or torn, and no lock stays. */
export const torture: Torture = {
  what: `${WRITERS} writers on one tree, killed at random moments`,
  shortRounds: 500,
  longRounds: 10_000,
  run: async ({rounds, seed}) => {
    const chance = dice(seed)
    const wrongs = new Wrongs()
    const counts = {kills: 0, lines: 0, counts: 0, messages: 0, 'moves finished': 0}
    while (counts.kills < rounds) {
      const kills = Math.min(KILLS_PER_TREE, Math.max(rounds - counts.kills - WRITERS, 0))
      const tree = await withScene(['home', 'mcos'], (dir) => playTree(dir, {kills, chance, wrongs}))
      for (const key of ['kills', 'lines', 'counts', 'messages', 'moves finished'] as const) counts[key] += tree[key]
    }
    return {counts, wrong: wrongs.count, examples: wrongs.examples} satisfies TortureReport
  },
}

interface Play {
  readonly kills: number
  readonly chance: Dice
  readonly wrongs: Wrongs
}

async function playTree(dir: string, {kills, chance, wrongs}: Play) {
  const file = await bundleWorker('random', dir)
  const said = new Map<string, string[]>()
  const writers = new Map<string, Worker>()
  let life = 0
  const begin = (name: string) => writers.set(name, startWorker(file, {dir, name, life: String(life++)}))
  const end = async (name: string) => {
    const writer = writers.get(name)
    writers.delete(name)
    wrongs.insist(writer?.child.exitCode === null, `${name} ended by itself`)
    writer?.child.kill('SIGKILL')
    await writer?.ended
    said.set(name, [...(said.get(name) ?? []), 'born', ...(writer?.lines ?? [])])
  }
  const names = Array.from({length: WRITERS}, (_, number) => `w${number}`)
  for (const name of names) begin(name)
  for (let kill = 0; kill < kills; kill++) {
    await pause(chance.below(80))
    const name = chance.pick(names)
    await end(name)
    begin(name)
  }
  await Promise.all(names.map(end))
  await repair(file, {dir, names, said})
  const home = openFolder(join(dir, 'home'))
  const totals = judge(home, said, wrongs)
  judgeTraces(dir, wrongs)
  const finished = [...said.values()].flat().filter((line) => line.startsWith('finished')).length
  return {kills: kills + WRITERS, ...totals, 'moves finished': finished}
}

interface Repair {
  readonly dir: string
  readonly names: readonly string[]
  readonly said: Map<string, string[]>
}

/** The next run of each, which does no more than finish what was begun. */
async function repair(file: string, {dir, names, said}: Repair): Promise<void> {
  for (const name of names) {
    const writer = startWorker(file, {dir, name, life: 'repair', repairOnly: true})
    await writer.ended
    said.set(name, [...(said.get(name) ?? []), 'born', ...writer.lines])
  }
}

function judgeTraces(dir: string, wrongs: Wrongs): void {
  for (const name of LOCKS) {
    const started = performance.now()
    waitForLock(join(dir, 'mcos'), name, {clock: systemClock, timeoutMs: 120_000}).release()
    wrongs.insist(isQuick(performance.now() - started, 1_000), `the lock ${name} was not free at once`)
  }
  for (const left of locksLeft(join(dir, 'mcos'))) wrongs.add(`left behind: ${left}`)
  // Under a lock everything is staged; without one a killed writer's half file stays, which lists don't show.
  const temps = tempsLeft(join(dir, 'home')).filter((path) => !/^(new|cur)\//.test(path))
  for (const left of temps) wrongs.add(`left behind: ${left}`)
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
