import {join} from 'node:path'
import type {Bench} from './bench.js'
import {countCollections} from './collections.js'
import {type BenchFleet, heartbeatOf, makeFleet} from './fleet.js'
import {bytesBelow} from './idle.js'
import {countTurns, insistOnCommits, makeNews, wakefulHeartbeat} from './news.js'
import {interleave, median, spread} from './rounds.js'
import type {Stopwatch} from './stopwatch.js'
import {writeHistory} from './year-of-history.js'

const AGENTS = 20
const WITH_NEWS = 8

/** Whether a fleet gets slower as it gets older. */
export const bench: Bench = {
  what: `${AGENTS} agents, every 30 minutes, 40 % with news: with a past, against a fresh fleet`,
  async run({isShort, stopwatch, say}) {
    const days = isShort ? 10 : 365
    const heartbeat = wakefulHeartbeat(Date.now())
    const fresh = makeFleet({agents: AGENTS, heartbeat})
    const old = makeFleet({agents: AGENTS, heartbeat})
    try {
      say(`writing ${days} days of history`)
      const commits = await writeHistory(old, {days, until: today(), beatMinutes: 30, newsShare: WITH_NEWS / AGENTS})
      say(`packing ${commits} commits`)
      old.git('gc', '-q')
      const megabytes = bytesBelow(join(old.dir, '.git')) / 1024 / 1024
      // What the invented past has left unread is dealt with before anything is measured.
      await stopwatch.time(heartbeatOf(old))
      const settled = countTurns(old)
      const rounds = isShort ? 5 : 31
      const samples = await interleave(
        {
          fresh: () => beat(fresh, stopwatch),
          old: () => beat(old, stopwatch),
          idle: () => stopwatch.time(heartbeatOf(old)),
        },
        rounds,
      )
      insistOnCommits(old, settled + WITH_NEWS * (rounds + 1))
      const collections = await countCollections(fresh, stopwatch)
      if (collections.between === 0) throw new Error('git never packed its objects, so nothing was tried')
      return {
        figures: [
          {
            what: `heartbeat with news after ${days} days / on a fresh fleet`,
            value: median(samples.old) / median(samples.fresh),
            unit: '×',
            atMost: 1.5,
            note: `${spread(samples.old)}; fresh: ${spread(samples.fresh)}; ${WITH_NEWS} of ${AGENTS} have news`,
          },
          {
            what: 'repository after gc',
            value: megabytes,
            unit: 'MB',
            atMost: 300,
            note: `${commits} commits, ${old.git('ls-files').trim().split('\n').length} files`,
          },
          {
            what: 'gc within turns',
            value: collections.within,
            unit: '',
            atMost: 0,
            note: `in three beats that were due for one; between turns it ran ${collections.between} times`,
            isExact: true,
          },
        ],
        raw: {...samples, days, commits, megabytes},
        missing: [],
      }
    } finally {
      fresh.remove()
      old.remove()
    }
  },
}

function beat(fleet: BenchFleet, stopwatch: Stopwatch): Promise<number> {
  makeNews(fleet, fleet.agents.slice(0, WITH_NEWS))
  return stopwatch.time(heartbeatOf(fleet))
}

function today(): number {
  return Math.floor(Date.now() / 86_400_000) * 86_400_000
}
