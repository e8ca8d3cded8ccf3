import {says} from '../testing/model-server/behaviour.js'
import {startModelServer} from '../testing/model-server/server.js'
import type {Bench} from './bench.js'
import {type BenchFleet, heartbeatOf, makeFleet} from './fleet.js'
import {commitByHand, insistOnCommits, makeNews, peakOf, stageByHand, wakefulHeartbeat} from './news.js'
import {interleave, median, spread} from './rounds.js'

const AGENTS = 5

/** What a turn costs beside the thinking: a whole process with an instant engine, against a commit by hand. */
export const bench: Bench = {
  what: `one agent of ${AGENTS} with news (a signed message, a changed file), the rules engine, and a model on the loopback`,
  async run({isShort, stopwatch}) {
    const heartbeat = wakefulHeartbeat(Date.now())
    const fleet = makeFleet({agents: AGENTS, heartbeat})
    const byHand = makeFleet({agents: AGENTS, heartbeat})
    const asking = makeFleet({agents: AGENTS, heartbeat})
    const server = await startModelServer({script: () => says('HEARTBEAT_OK')})
    try {
      askModel(asking, server.url)
      const agents = fleet.agents.slice(-1)
      const rounds = isShort ? 5 : 41
      const judged = {...heartbeatOf(asking), env: {BENCH_KEY: 'sk-bench'}}
      await stopwatch.time(heartbeatOf(fleet))
      await stopwatch.time(judged)
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
          model() {
            makeNews(asking, agents)
            return stopwatch.time(judged)
          },
          bare: () => stopwatch.time({argv: [process.execPath, '-e', '0'], cwd: fleet.dir}),
        },
        rounds,
      )
      makeNews(fleet, agents)
      const peak = await peakOf(fleet, stopwatch)
      insistOnCommits(fleet, rounds + 2)
      insistOnCommits(asking, rounds + 1)
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
            what: 'mcos heartbeat with news and an instant model / git commit',
            value: median(samples.model) / median(samples.commit),
            unit: '×',
            atMost: null,
            note: spread(samples.model),
          },
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
      await server.close()
      for (const made of [fleet, byHand, asking]) made.remove()
    }
  },
}

/** Puts a model on the route; the loopback answers at once, so that what is measured is all of it but the thinking. */
function askModel({write, git}: BenchFleet, url: string): void {
  write(
    'mcos.yaml',
    [
      'version: 1',
      'name: northwind',
      'timezone: Africa/Johannesburg',
      'engines:',
      `  claude: { kind: anthropic, model: claude-sonnet-5-5, base_url: "${url}", key: env:BENCH_KEY }`,
      'routes: { default: [claude] }',
      '',
    ].join('\n'),
  )
  git('commit', '-qam', 'A model')
}
