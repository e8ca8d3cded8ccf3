import type {InstalledSchedule} from '../../fleet/schedules/schedule.js'
import type {Check} from '../../schedule/check.js'
import {cronAfter} from '../../schedule/cron.js'
import {formatDuration} from '../../schedule/duration.js'
import {readHeartbeats} from '../../schedule/read-heartbeats.js'
import {type Checkup, editCommand, type Trouble} from '../../workspace/health.js'
import {readSoulsHere} from '../../workspace/read-souls.js'
import type {Machine} from './schedule-machine.js'

const DAY_MS = 86_400_000
/** Over so many days the longest gap between two beats is looked for: a week, and what the next one begins with. */
const AHEAD_MS = 8 * DAY_MS

/** Whether beats come as often as they are wanted. */
export function beatsAsAsked({read}: Machine): Checkup {
  return {
    id: 'schedule-pace',
    title: 'A schedule beats as often as the checks ask',
    means: 'A check is looked at with a beat or not at all: between two beats nothing is seen.',
    async examine(fleet) {
      const schedules = await read(fleet)
      const now = fleet.clock.now()
      const here = new Set((await readSoulsHere(fleet)).map(({agent}) => agent.name))
      const troubles = (await readHeartbeats(fleet)).flatMap(({agent, file, heartbeat}): Trouble[] => {
        const gaps = schedules
          .filter((one) => one.agent === null || one.agent === agent.name)
          .flatMap((one) => gapOf(one, now) ?? [])
        if (gaps.length === 0 || !here.has(agent.name)) return []
        const gap = Math.min(...gaps)
        return (heartbeat?.checks ?? []).flatMap((check): Trouble[] => {
          const why = check.kind === 'check' && !check.off ? whyTooSeldom(check, gap) : null
          const detail = `${file}:${check.cadenceLine ?? check.line}: "${check.title}" ${why}`
          return why === null ? [] : [{status: 'warn', detail, fix: editCommand(file)}]
        })
      })
      return {seen: schedules.length === 0 ? 'there is no schedule' : 'it does', troubles}
    },
  }
}

function whyTooSeldom({cadence, missed}: Check, gap: number): string | null {
  const beats = `and up to ${formatDuration(gap)} lie between two beats`
  if (cadence.kind === 'every' && cadence.toMs < gap) return `asks every ${formatDuration(cadence.toMs)}, ${beats}`
  if (cadence.kind === 'every-beat' && gap > DAY_MS) return `asks with every beat, ${beats}`
  const isTimed = 'times' in cadence && cadence.times.length > 0
  if (!isTimed || typeof missed !== 'object' || missed.withinMs >= gap) return null
  return `is let go after ${formatDuration(missed.withinMs)}, ${beats}: mostly it is never asked`
}

/** The longest that lies between two beats; null: nobody but the scheduler knows. */
function gapOf({everyMs, cron}: InstalledSchedule, now: number): number | null {
  if (everyMs !== null || cron === null) return everyMs
  const end = now + AHEAD_MS
  const first = cronAfter(cron, now, 'UTC')
  let longest = first !== null && first >= end ? AHEAD_MS : 0
  for (let at = first; at !== null && at < end; ) {
    const next: number | null = cronAfter(cron, at, 'UTC')
    longest = Math.max(longest, (next ?? end) - at)
    at = next
  }
  return longest === 0 ? null : longest
}
