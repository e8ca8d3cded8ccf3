import type {Bench} from './bench.js'
import {type BenchFleet, heartbeatOf, makeFleet} from './fleet.js'
import {commitByHand, insistOnCommits, makeNews, peakOf, stageByHand, wakefulHeartbeat} from './news.js'
import {interleave, median, spread} from './rounds.js'
import type {Stopwatch} from './stopwatch.js'

const FEW = 20

/** Whether a big fleet costs more than its commits by hand would: everybody has news at once, in one process. */
export const bench: Bench = {
  what: 'a whole fleet with news at once, one process',
  async run({isShort, stopwatch}) {
    const size = isShort ? 40 : 200
    const heartbeat = wakefulHeartbeat(Date.now())
    const many = makeFleet({agents: size, heartbeat})
    const few = makeFleet({agents: FEW, heartbeat})
    const byHand = makeFleet({agents: size, heartbeat})
    try {
      const rounds = isShort ? 2 : 9
      const samples = await interleave(
        {
          commit: async () => {
            const times: number[] = []
            for (let time = 0; time < 5; time++) {
              stageByHand(byHand, byHand.agents[time] ?? '')
              times.push(await stopwatch.time(commitByHand(byHand)))
            }
            return median(times)
          },
          beat: () => beatAll(many, stopwatch),
        },
        rounds,
      )
      const peak = {many: await peakWithNews(many, stopwatch), few: await peakWithNews(few, stopwatch)}
      insistOnCommits(many, size * (rounds + 2))
      const commits = size * median(samples.commit)
      return {
        figures: [
          {
            what: `mcos heartbeat / ${size} × git commit`,
            value: median(samples.beat) / commits,
            unit: '×',
            atMost: 1,
            note: `${spread(samples.beat)}; one git commit: ${spread(samples.commit)}`,
          },
          {
            what: `most memory, against ${FEW} agents`,
            value: peak.many / peak.few,
            unit: '×',
            atMost: 1.5,
            note: `${peak.many.toFixed(0)} MB against ${peak.few.toFixed(0)} MB, the mcos process`,
          },
        ],
        raw: {...samples, peakMb: peak},
        missing: [],
      }
    } finally {
      for (const fleet of [many, few, byHand]) fleet.remove()
    }
  },
}

function beatAll(fleet: BenchFleet, stopwatch: Stopwatch): Promise<number> {
  makeNews(fleet, fleet.agents)
  return stopwatch.time(heartbeatOf(fleet))
}

/** After a beat that has filled the caches, as they are full all day. */
async function peakWithNews(fleet: BenchFleet, stopwatch: Stopwatch): Promise<number> {
  if (fleet.agents.length === FEW) await beatAll(fleet, stopwatch)
  makeNews(fleet, fleet.agents)
  return peakOf(fleet, stopwatch)
}
