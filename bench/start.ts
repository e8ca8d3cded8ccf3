import type {Bench} from './bench.js'
import {MCOS} from './built.js'
import {heartbeatOf, hookOf, makeFleet, SCHEDULED_HEARTBEAT} from './fleet.js'
import {interleave, median, spread} from './rounds.js'

/** What every call pays before it does anything: whole processes against a Node that does nothing. */
export const bench: Bench = {
  what: 'start of a whole process, against a bare node',
  async run({isShort, stopwatch}) {
    const fleet = makeFleet({agents: 20, heartbeat: SCHEDULED_HEARTBEAT})
    const guarded = makeFleet({agents: 20, heartbeat: SCHEDULED_HEARTBEAT})
    try {
      const cwd = fleet.dir
      const nothingDue = heartbeatOf(fleet)
      // The first beat looks at everything; from then on nothing is due for two hours.
      await stopwatch.time(nothingDue)
      const hook = hookOf(guarded)
      await stopwatch.time(hook)
      const samples = await interleave(
        {
          bare: () => stopwatch.time({argv: [process.execPath, '-e', '0'], cwd}),
          version: () => stopwatch.time({argv: [...MCOS, '--version'], cwd}),
          heartbeat: () => stopwatch.time(nothingDue),
          hook: () => stopwatch.time(hook),
        },
        isShort ? 5 : 41,
      )
      const bare = median(samples.bare)
      const against = `bare node -e 0: ${spread(samples.bare)}`
      return {
        figures: [
          {
            what: 'mcos --version',
            value: median(samples.version) / bare,
            unit: '×',
            atMost: 1.2,
            note: `${spread(samples.version)}; ${against}`,
          },
          {
            what: 'mcos heartbeat, nothing due, 20 agents',
            value: median(samples.heartbeat) / bare,
            unit: '×',
            atMost: 1.8,
            note: `${spread(samples.heartbeat)}; ${against}`,
          },
          {
            what: 'mcos hook pre-tool-use, a shell line, the shipped guardrails',
            value: median(samples.hook) / bare,
            unit: '×',
            atMost: 1.5,
            note: `${spread(samples.hook)}; ${against}`,
          },
        ],
        raw: samples,
        missing: [],
      }
    } finally {
      fleet.remove()
      guarded.remove()
    }
  },
}
