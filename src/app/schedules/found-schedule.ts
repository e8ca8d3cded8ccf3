import {realpathSync} from 'node:fs'
import type {BeatCommand} from '../../fleet/schedules/beat-command.js'
import type {InstalledSchedule} from '../../fleet/schedules/schedule.js'
import type {Fleet} from '../../workspace/fleet.js'

/** A schedule as it was read, with its texts, by which it is known whether install would write the same. */
export type FoundSchedule = Omit<InstalledSchedule, 'isCurrent'> & {readonly texts: readonly string[]}

/** Whom a command beats; null: every agent. */
export function agentsOf({agents}: BeatCommand): readonly (string | null)[] {
  return agents.length === 0 ? [null] : agents
}

/** Whether a command's home is this one, by whatever links. */
export function isOfFleet({home: {files}}: Fleet, {home}: Pick<BeatCommand, 'home'>): boolean {
  return home !== null && realPath(home) === files.dir
}

function realPath(place: string): string {
  try {
    return realpathSync(place)
  } catch {
    // A home that is gone is nobody's now.
    return place
  }
}
