import {attackFromSandbox} from './approvals-sandbox.js'
import {playSchedule, type ScheduleCounts} from './approvals-schedule.js'
import {openWorld} from './approvals-world.js'
import {dice} from './dice.js'
import {type Torture, type TortureReport, Wrongs} from './torture.js'

/** A fleet that has seen more than these is slow for no reason of this torture's. */
const SCHEDULES_A_FLEET = 50

/** Asked, answered, forged, edited, killed, replayed in any order: nothing without a yes that counts, nothing twice. */
export const torture: Torture = {
  what: 'approvals raised, answered, forged, edited, killed and replayed',
  shortRounds: 150,
  longRounds: 10_000,
  async run({rounds, seed}) {
    const chance = dice(seed)
    const wrongs = new Wrongs()
    const counts: ScheduleCounts = {steps: 0, raised: 0, effects: 0, kills: 0, refused: 0}
    const attack = await attackFromSandbox(wrongs)
    for (let played = 0; played < rounds; ) {
      const world = openWorld()
      try {
        for (let here = 0; here < SCHEDULES_A_FLEET && played < rounds; here++, played++) {
          await playSchedule(world, {chance, wrongs, counts})
        }
      } finally {
        world.close()
      }
    }
    const sandbox = attack.skipped ?? `${attack.tried} attacks`
    return {counts: {...counts, sandbox}, wrong: wrongs.count, examples: wrongs.examples} satisfies TortureReport
  },
}
