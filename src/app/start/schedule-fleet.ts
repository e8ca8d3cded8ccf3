import {existsSync} from 'node:fs'
import type {ScheduleKind} from '../../fleet/schedules/schedule.js'
import {EXIT, isUserError, UserError} from '../../kit/errors.js'
import {findProgram} from '../../kit/find-program.js'
import {openFleet} from '../fleet.js'
import type {Surroundings} from '../init.js'
import {applyPlan} from '../schedules/apply.js'
import {planInstall} from '../schedules/plan.js'
import {scheduleSite} from '../schedules/site.js'

/** Who starts the heartbeats of a new fleet. */
export type ScheduleChoice = 'none' | ScheduleKind

/** What became of that wish; what is warned of is never installed unasked. */
export interface Scheduled {
  readonly kind: ScheduleChoice
  readonly installed: boolean
  /** What is wrong, and the one thing that helps. */
  readonly warnings: readonly {readonly message: string; readonly fix: string}[]
}

/** Every word `--schedule` knows. */
export const SCHEDULE_CHOICES: readonly ScheduleChoice[] = ['none', 'cron', 'systemd', 'launchd']
const EVERY_MS = 30 * 60 * 1000

export function parseSchedule(typed: string): ScheduleChoice {
  const found = SCHEDULE_CHOICES.find((choice) => choice === typed)
  if (found !== undefined) return found
  throw new UserError(`There is no schedule ${JSON.stringify(typed)}.`, {
    code: 'NO_SCHEDULE',
    fix: `Use one of: ${SCHEDULE_CHOICES.join(', ')}.`,
    exit: EXIT.usage,
  })
}

/** The schedules this machine seems to have, by its programs and folders alone. */
export function detectSchedules(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): ScheduleChoice[] {
  if (platform === 'darwin') return ['launchd']
  const has = (program: string): boolean => findProgram(program, env['PATH']) !== null
  // Without a session of one's own, systemd has nobody's timers to start.
  const hasSystemd = has('systemctl') && existsSync('/run/systemd/system') && Boolean(env['XDG_RUNTIME_DIR'])
  return [...(hasSystemd ? (['systemd'] as const) : []), ...(has('crontab') ? (['cron'] as const) : [])]
}

/** The same as `mcos service install`, every half hour. The fleet is there already, so that what fails is told, not thrown. */
export async function scheduleFleet(home: string, kind: ScheduleChoice, around: Surroundings): Promise<Scheduled> {
  if (kind === 'none') return {kind, installed: false, warnings: []}
  try {
    return await install(home, kind, around)
  } catch (error) {
    if (!isUserError(error)) throw error
    const [fix = `mcos service install --${kind}`] = error.suggestions
    return {kind, installed: false, warnings: [{message: error.message, fix}]}
  }
}

/** With a grave warning it is left to the person. */
async function install(home: string, kind: ScheduleKind, around: Surroundings): Promise<Scheduled> {
  const fleet = await openFleet({home, cwd: around.cwd, env: around.env})
  const site = scheduleSite(fleet)
  const plan = await planInstall(fleet, {kind, scope: 'user', agent: null, everyMs: EVERY_MS}, site)
  const warnings = plan.warnings.map(({message, fix}) => ({message, fix}))
  if (plan.warnings.some(({isGrave}) => isGrave)) return {kind, installed: false, warnings}
  const {commands} = await applyPlan(site, plan, {dryRun: false})
  const failed = commands.filter(({ok}) => ok === false)
  const failures = failed.map(({command}) => ({
    message: `${command.join(' ')} failed`,
    fix: `mcos service install --${kind}`,
  }))
  return {kind, installed: failed.length === 0, warnings: [...warnings, ...failures]}
}
