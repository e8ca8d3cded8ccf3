import {lstatSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {type Receipt, readReceipts} from '../src/workspace/receipt.js'
import type {Bench, Figure} from './bench.js'
import {type BenchFleet, BUSY_HEARTBEAT, heartbeatOf, makeFleet} from './fleet.js'

const AGENTS = 50
const BEATS = 48
const DAY = Date.parse('2026-11-21T00:00:00Z')

/** A day on which nothing happens must cost nothing: no thought, no commit, no byte in git, but a reason for each beat. */
export const bench: Bench = {
  what: '24 simulated hours of agents whose probes find no news',
  async run({isShort, stopwatch}) {
    const [agents, beats] = isShort ? [10, 12] : [AGENTS, BEATS]
    const fleet = makeFleet({agents, heartbeat: BUSY_HEARTBEAT, isRehearsal: true})
    try {
      const commitsBefore = countCommits(fleet)
      const bytesBefore = bytesBelow(join(fleet.dir, '.git'))
      const startedMs: number[] = []
      for (let beat = 0; beat < beats; beat++) {
        const at = new Date(DAY + (beat * 24 * 3_600_000) / beats).toISOString()
        startedMs.push(await stopwatch.time(heartbeatOf(fleet, '--at', at)))
      }
      const receipts = readAll(fleet)
      const sum = (value: (receipt: Receipt) => number): number =>
        receipts.reduce((total, one) => total + value(one), 0)
      return {
        figures: [
          nothing(
            'model calls',
            sum(({model_calls}) => model_calls),
          ),
          nothing(
            'tokens',
            sum(({tokens}) => tokens.input + tokens.output + tokens.cache_read + tokens.cache_write),
          ),
          nothing('commits', countCommits(fleet) - commitsBefore),
          nothing('bytes of git growth', bytesBelow(join(fleet.dir, '.git')) - bytesBefore),
          nothing('beats without a receipt', agents * beats - receipts.length),
          nothing('receipts without a reason', receipts.filter(({reason}) => !reason?.trim()).length),
          nothing(
            'receipts of work or failure',
            receipts.filter(({state}) => !['idle', 'skipped'].includes(state)).length,
          ),
        ],
        raw: {agents, beats, receipts: receipts.length, reasons: countReasons(receipts), beatMs: startedMs},
        missing: [],
      }
    } finally {
      fleet.remove()
    }
  },
}

function nothing(what: string, value: number): Figure {
  return {what, value, unit: '', atMost: 0, note: 'exactly', isExact: true}
}

function countCommits(fleet: BenchFleet): number {
  return Number(fleet.git('rev-list', '--count', '--all'))
}

function readAll({dir}: BenchFleet): Receipt[] {
  const runs = join(dir, '.mcos', 'runs')
  return readdirSync(runs).flatMap((file) => [...readReceipts(readFileSync(join(runs, file), 'utf8'), file).receipts])
}

function countReasons(receipts: readonly Receipt[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const {reason} of receipts) counts[reason ?? ''] = (counts[reason ?? ''] ?? 0) + 1
  return counts
}

/** Every byte of every file, as git wrote them. */
export function bytesBelow(dir: string): number {
  return readdirSync(dir, {recursive: true, encoding: 'utf8'})
    .map((name) => lstatSync(join(dir, name)))
    .reduce((total, {size}, _) => total + size, 0)
}
