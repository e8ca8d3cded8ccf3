import type {Bench} from './bench.js'
import {heartbeatOf, makeFleet} from './fleet.js'
import {commitByHand, insistOnCommits, makeNews, peakOf, stageByHand, wakefulHeartbeat} from './news.js'
import {interleave, median, spread} from './rounds.js'

const AGENTS = 5

/** What a turn costs beside the thinking: a whole process with an instant engine, against a commit by hand. */
export const bench: Bench = {
  what: `one agent of ${AGENTS} with news (a signed message, a changed file), the rules engine`,
  async run({isShort, stopwatch}) {
    const heartbeat = wakefulHeartbeat(Date.now())
    const fleet = makeFleet({agents: AGENTS, heartbeat})
    const byHand = makeFleet({agents: AGENTS, heartbeat})
    try {
      const agents = fleet.agents.slice(-1)
      const rounds = isShort ? 5 : 41
      await stopwatch.time(heartbeatOf(fleet))
      const samples = await interleave(
        {
          commit() {
            stageByHand(byHand, agents[0] ?? '')
            return stopwatch.time(commitByHand(byHand))
          },
          turn() {
            makeNews(fleet, agents)
            return stopwatch.time(heartbeatOf(fleet))
          },
          bare: () => stopwatch.time({argv: [process.execPath, '-e', '0'], cwd: fleet.dir}),
        },
        rounds,
      )
      makeNews(fleet, agents)
      const peak = await peakOf(fleet, stopwatch)
      insistOnCommits(fleet, rounds + 2)
      return {
        figures: [
          {
            what: 'mcos heartbeat with news / git commit',
            value: median(samples.turn) / median(samples.commit),
            unit: '×',
            atMost: 10,
            note: `${spread(samples.turn)}; git commit: ${spread(samples.commit)}`,
          },
          {what: 'most memory held', value: peak, unit: 'MB', atMost: 120, note: 'the mcos process, without git'},
          {
            what: 'mcos heartbeat with news / bare node',
            value: median(samples.turn) / median(samples.bare),
            unit: '×',
            atMost: null,
            note: `bare node -e 0: ${spread(samples.bare)}`,
          },
        ],
        raw: {...samples, peakMb: peak},
        missing: [],
      }
    } finally {
      fleet.remove()
      byHand.remove()
    }
  },
}
