import {blockLines, formatBlock, withBlock} from '../../fleet/schedules/crontab.js'
import {formatCronLine, readCronLine} from '../../fleet/schedules/crontab-line.js'
import type {Schedule} from '../../fleet/schedules/schedule.js'
import type {Fleet} from '../../workspace/fleet.js'
import {fromCrontab, readCrontab, toCrontab} from './crontab-program.js'
import type {SchedulePlan} from './schedule-plan.js'
import type {ScheduleSite} from './site.js'

/** The crontab with the schedule's line in the fleet's block, in the place of the line for the same agent. */
export async function planCrontab(site: ScheduleSite, schedule: Schedule): Promise<SchedulePlan['crontab']> {
  const keep = (line: string): boolean => agentIn(line) !== schedule.agent
  return crontabWith(site, schedule.home, (lines) => {
    const kept = lines.filter(keep)
    const line = formatCronLine(schedule)
    return schedule.agent === null ? [line, ...kept] : [...kept, line]
  })
}

/** The crontab without the line of an agent, or, with null, without any of ours. */
export function planCrontabWithout(
  fleet: Fleet,
  site: ScheduleSite,
  agent: string | null,
): Promise<SchedulePlan['crontab']> {
  return crontabWith(site, fleet.home.files.dir, (lines) =>
    lines.filter((line) => agentIn(line) === undefined || (agent !== null && agentIn(line) !== agent)),
  )
}

/** The crontab without our lines of fleets that are gone; what a person put among them stays. */
export async function planCrontabWithoutHomes(
  site: ScheduleSite,
  homes: readonly string[],
): Promise<SchedulePlan['crontab']> {
  const before = await readCrontab(site)
  const blocks = homes.map((home) => {
    const lines = (blockLines(before ?? '', toCrontab(home)) ?? []).map(fromCrontab)
    return {home, lines, wanted: lines.filter((line) => agentIn(line) === undefined)}
  })
  return {
    before,
    after: blocks.reduce(
      (text, {home, wanted}) => withBlock(text, toCrontab(home), wanted.map(toCrontab)),
      before ?? '',
    ),
    block: {
      before: blocks.map(({home, lines}) => formatBlock(home, lines)).join(''),
      after: blocks.map(({home, wanted}) => formatBlock(home, wanted)).join(''),
    },
  }
}

async function crontabWith(
  site: ScheduleSite,
  home: string,
  change: (lines: readonly string[]) => readonly string[],
): Promise<SchedulePlan['crontab']> {
  const before = await readCrontab(site)
  const lines = (blockLines(before ?? '', toCrontab(home)) ?? []).map(fromCrontab)
  const wanted = change(lines)
  return {
    before,
    after: withBlock(before ?? '', toCrontab(home), wanted.map(toCrontab)),
    block: {before: formatBlock(home, lines), after: formatBlock(home, wanted)},
  }
}

/** undefined: the line is none of ours, whatever it does between our markers. */
function agentIn(line: string): string | null | undefined {
  const beat = readCronLine(line)
  return beat === null ? undefined : (beat.agents[0] ?? null)
}
