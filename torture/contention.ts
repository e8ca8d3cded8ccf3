import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {withScene} from './scene.js'
import {type Torture, type TortureOptions, type TortureReport, Wrongs} from './torture.js'
import {locksLeft, stagingLeft} from './traces.js'
import {bundleWorker, startWorker, type Worker} from './worker.js'

const PROCESSES = 32

/** 32 processes claim one lock again and again: one owner at a time, and none of their work lost. */
export const torture: Torture = {
  what: `${PROCESSES} processes claim one lock`,
  shortRounds: 15,
  longRounds: 1000,
  run: ({rounds}) => withScene(['mcos'], (dir) => contend(dir, rounds)),
}

async function contend(dir: string, claims: TortureOptions['rounds']): Promise<TortureReport> {
  const file = await bundleWorker('contention', dir)
  const mcos = join(dir, 'mcos')
  const workers = Array.from({length: PROCESSES}, (_, name) => startWorker(file, {dir: mcos, claims, name}))
  await Promise.all(workers.map((worker) => worker.ended))
  const wrongs = new Wrongs()
  for (const worker of workers) judgeWorker(worker, wrongs)
  const expected = claims * PROCESSES
  const count = Number(readFileSync(join(mcos, 'count'), 'utf8'))
  const log = readFileSync(join(mcos, 'log'), 'utf8').trimEnd().split('\n')
  const fences = log.map((line) => Number(line.split(' ')[2]))
  const owners = new Set(log.map((line) => line.split(' ').slice(0, 2).join(' ')))
  wrongs.insist(count === expected, `counted ${count} of ${expected}`)
  wrongs.insist(log.length === expected && owners.size === expected, `${log.length} lines of ${owners.size} claims`)
  wrongs.insist(
    fences.every((fence, at) => at === 0 || fence > (fences[at - 1] ?? 0)),
    'a fence did not rise',
  )
  for (const left of [...locksLeft(mcos), ...stagingLeft(mcos)]) wrongs.add(`left behind: ${left}`)
  return {
    counts: {processes: PROCESSES, claims: count, lastFence: fences.at(-1) ?? 0},
    wrong: wrongs.count,
    examples: wrongs.examples,
  }
}

function judgeWorker({lines, child}: Worker, wrongs: Wrongs): void {
  for (const line of lines) if (line !== 'done') wrongs.add(line)
  wrongs.insist(lines.at(-1) === 'done', `a process ended with ${child.exitCode ?? child.signalCode}`)
}
