import {existsSync} from 'node:fs'
import {formatBlock} from '../../fleet/schedules/crontab.js'
import {readCronLine} from '../../fleet/schedules/crontab-line.js'
import {isUserError} from '../../kit/errors.js'
import {cronProblem} from '../../schedule/cron.js'
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
      return {seen: text === '' ? 'there is no crontab' : 'none is', troubles: [...troubles, ...halfBlock(fleet, text)]}
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
  if (!existsSync(home)) return `starts beats of ${home}, and there is no such folder (any more)`
  return isOfFleet(fleet, {home}) ? whySpoilt(line, beat.fields) : null
}

function whySpoilt(line: string, fields: string): string | null {
  if (hasBarePercent(line)) return 'has a bare %, at which cron ends the command: write \\%'
  if (line.endsWith('\r')) return 'ends in a carriage return, which becomes a part of its last word'
  if (/\sheartbeat\b.*\s--(?:dry-run|help|version)\b/.test(line))
    return 'starts beats that only show what they would do'
  return !fields.startsWith('@') && cronProblem(fields) !== null
    ? `begins with ${fields}, which is no time to cron`
    : null
}

/** One of the two lines between which install has written its own: without the other it finds them no more, and writes a second beside them. */
function halfBlock({home: {dir}}: Fleet, text: string): Trouble[] {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''))
  const [begin = '', end = ''] = formatBlock(dir, [''])
    .split('\n')
    .filter((line) => line !== '')
  const [first, last] = [lines.indexOf(begin), lines.lastIndexOf(end)]
  if (first === -1 ? last === -1 : last > first) return []
  const lost = first === -1 ? begin : end
  const detail = `crontab:${Math.max(first, last) + 1} has lost its other half, the line "${lost}": mcos service no longer finds its own lines`
  return [{status: 'warn', detail, fix: 'crontab -e'}]
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
