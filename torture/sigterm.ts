import {dice} from './dice.js'
import {type Interrupted, interruptOnce, MOST_MS} from './sigterm-play.js'
import {SCENES} from './sigterm-scenes.js'
import {type Torture, type TortureReport, Wrongs} from './torture.js'

const COMMANDS = ['heartbeat', 'run'] as const
const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/** Ctrl-C and SIGTERM at any moment: an end within seconds, nothing left behind, and the next turn goes on. */
export const torture: Torture = {
  what: `heartbeat and run, ended by SIGINT and SIGTERM while something hangs (rounds)`,
  shortRounds: 6,
  longRounds: 400,
  run: async ({rounds, seed, command}) => {
    const chance = dice(seed)
    const wrongs = new Wrongs()
    const slowest = new Map<string, number>()
    const counts: Record<string, number | string> = {
      rounds: 0,
      'before it listened': 0,
      'in the turn': 0,
      'after its end': 0,
    }
    for (let round = 0; round < rounds; round++) {
      const scene = SCENES[round % SCENES.length] ?? 'slow server'
      const wish = {
        scene,
        command: COMMANDS[((round % SCENES.length) + Math.floor(round / SCENES.length)) % 2] ?? 'run',
        signal: SIGNALS[Math.floor(round / 2) % 2] ?? 'SIGINT',
        // Mostly while the engine is at it, now and then anywhere.
        afterRequest: chance.below(4) > 0,
        delayMs: chance.below(chance.pick([30, 300, 1_500])),
        seconds: 500_000 + chance.below(400_000),
      } as const
      if (command !== undefined && !`${wish.command} ${scene}`.includes(command)) continue
      const ended = await interruptOnce(wish)
      counts['rounds'] = Number(counts['rounds']) + 1
      counts[ended.when] = Number(counts[ended.when]) + 1
      const name = `slowest: ${wish.command}, ${scene}`
      slowest.set(name, Math.max(slowest.get(name) ?? 0, ended.ms))
      note(ended, {
        what: `${wish.command}, ${scene}, ${wish.signal} ${wish.delayMs} ms after ${wish.afterRequest ? 'a request' : 'its start'}`,
        wrongs,
      })
    }
    for (const [name, ms] of [...slowest].sort()) counts[name] = `${Math.round(ms)} ms of ${MOST_MS}`
    return {counts, wrong: wrongs.count, examples: wrongs.examples} satisfies TortureReport
  },
}

function note({wrong}: Interrupted, {what, wrongs}: {what: string; wrongs: Wrongs}): void {
  for (const trouble of wrong) {
    wrongs.add(`${what}: ${trouble}`)
    console.log(`  ! ${what}: ${trouble}`)
  }
}
