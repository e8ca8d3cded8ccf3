import {existsSync} from 'node:fs'
import path from 'node:path'
import type {InstalledSchedule} from '../../fleet/schedules/schedule.js'
import {isUserError} from '../../kit/errors.js'
import {type RunResult, runProgram} from '../../kit/run.js'
import {cleanLine, shorten} from '../../kit/text.js'
import type {Fleet} from '../../workspace/fleet.js'
import type {ScheduleSite} from '../schedules/site.js'

/** What cron, and a unit that sets no Environment=, hand to what they start. */
const BARE_PATH = '/usr/bin:/bin'
const TIMEOUT_MS = 30_000

/** Why what a schedule starts would not beat, tried in the bare environment that the scheduler gives it; null: it would. */
export async function whyNotStarted(
  fleet: Fleet,
  site: ScheduleSite,
  schedule: Pick<InstalledSchedule, 'program' | 'args' | 'path' | 'home' | 'agent'>,
): Promise<string | null> {
  const {home} = fleet
  const {program, args} = schedule
  const lost = [program, ...args.slice(0, 1)].find((word) => path.isAbsolute(word) && !existsSync(word))
  if (lost !== undefined) return `${lost} is not there (any more)`
  if (schedule.home !== null && !existsSync(schedule.home)) {
    return `it sets HOME=${schedule.home}, and there is no such folder (any more)`
  }
  const env = {
    PATH: schedule.path ?? BARE_PATH,
    HOME: schedule.home ?? site.userHome,
    SHELL: '/bin/sh',
    LOGNAME: site.user,
    USER: site.user,
  }
  // Up to the word `heartbeat` it is the interpreter and mcos itself; the rest would beat.
  const starter = [program, ...args.slice(0, args.indexOf('heartbeat'))]
  const run = (words: readonly string[]): Promise<RunResult> =>
    runProgram([...ENV, ...Object.entries(env).map(([name, value]) => `${name}=${value}`), ...starter, ...words], {
      cwd: home.dir,
      env,
      timeoutMs: TIMEOUT_MS,
    })
  const version = whyFailed(await run(['--version']))
  if (version !== null) return `${starter.join(' ')} --version fails with PATH=${env.PATH}: ${version}`
  const agent = schedule.agent ?? '--all'
  const rehearsed = whyFailed(await run(['heartbeat', agent, '--dry-run', '--home', home.dir]))
  if (rehearsed === null || (await failsHere(fleet, schedule.agent))) return null
  return `mcos heartbeat --dry-run fails there: ${rehearsed}`
}

/** What fails in the environment of whoever asks, too, is no fault of the schedule: other checks tell of it. */
async function failsHere({home, env}: Fleet, agent: string | null): Promise<boolean> {
  const {heartbeat} = await import('../heartbeat.js')
  const request = {
    agents: agent === null ? [] : [agent],
    all: agent === null,
    force: false,
    dryRun: true,
    strict: false,
  }
  try {
    return (await heartbeat(request, {cwd: home.dir, env, signal: new AbortController().signal})).exit !== 0
  } catch (error) {
    if (isUserError(error)) return true
    throw error
  }
}

/** Looks the program up by the PATH it is given, and not by ours. */
const ENV = ['/usr/bin/env', '-i']

function whyFailed({code, stdout, stderr, timedOut, error}: RunResult): string | null {
  if (timedOut) return 'it did not end'
  if (error !== undefined) return error
  if (code === 0) return null
  const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim() !== '')
  const told = lines.find((line) => /error|not found|no such|cannot/i.test(line)) ?? lines.at(-1)
  return shorten(cleanLine(told ?? `exit ${code}`), 200)
}
