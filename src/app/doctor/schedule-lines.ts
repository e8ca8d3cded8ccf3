import {existsSync} from 'node:fs'
import {readCronLine} from '../../fleet/schedules/crontab-line.js'
import {isUserError} from '../../kit/errors.js'
import type {Fleet} from '../../workspace/fleet.js'
import type {Checkup, Trouble} from '../../workspace/health.js'
import {expandHome} from '../../workspace/secret-ref.js'
import {fromCrontab, readCrontab} from '../schedules/crontab-program.js'
import {isOfFleet} from '../schedules/found-schedule.js'
import type {ScheduleSite} from '../schedules/site.js'
import type {Machine} from './schedule-machine.js'

/** Whether the crontab has lines of which nothing comes. */
export function noVoidLine({read, siteOf}: Machine): Checkup {
  return {
    id: 'schedule-lines',
    title: 'No line of the crontab that was to start beats is switched off or leads nowhere',
    means: 'It looks as if the beats were looked after, and nobody starts them.',
    async examine(fleet) {
      const site = siteOf(fleet)
      const text = await crontabOf(site)
      const isStarted = (await read(fleet)).length > 0
      const troubles = text.split('\n').flatMap((line, index): Trouble[] => {
        const why = whyVoid(fleet, {line: fromCrontab(line), userHome: site.userHome, isStarted})
        return why === null ? [] : [{status: 'warn', detail: `crontab:${index + 1} ${why}`, fix: 'crontab -e'}]
      })
      return {seen: text === '' ? 'there is no crontab' : 'none is', troubles}
    },
  }
}

interface Line {
  readonly line: string
  readonly userHome: string
  /** Whether anything else starts this fleet's beats, so that a line which is switched off is only an old one. */
  readonly isStarted: boolean
}

function whyVoid(fleet: Fleet, {line, userHome, isStarted}: Line): string | null {
  const beat = readCronLine(line.replace(/^\s*#+\s*/, ''))
  if (beat === null || beat.home === null) return null
  const home = expandHome(beat.home.replace(/^\$(?:HOME\b|\{HOME\})/, '~'), userHome)
  const isOff = /^\s*#/.test(line)
  if (isOff) return isOfFleet(fleet, {home}) && !isStarted ? 'is commented out: it would start the beats' : null
  if (isOfFleet(fleet, {home}) && hasBarePercent(line)) return 'has a bare %, at which cron ends the command: write \\%'
  return existsSync(home) ? null : `starts beats of ${home}, and there is no such folder (any more)`
}

function hasBarePercent(line: string): boolean {
  return /(?<!\\)%/.test(line)
}

async function crontabOf(site: ScheduleSite): Promise<string> {
  try {
    return (await readCrontab(site)) ?? ''
  } catch (error) {
    // Who has no crontab program has no lines in it either.
    if (isUserError(error)) return ''
    throw error
  }
}
