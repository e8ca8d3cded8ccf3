import {UserError} from '../../kit/errors.js'
import {shellWord} from '../../kit/shell-word.js'
import {type BeatCommand, beatWords, readBeatWords} from './beat-command.js'
import {cronOf} from './every.js'
import type {Schedule} from './schedule.js'

/** A line of a crontab that starts a beat. */
export interface CronBeat extends BeatCommand {
  /** Five fields, or a word such as `@hourly`. */
  readonly fields: string
  readonly path: string | null
  /** HOME, as the line sets it. */
  readonly userHome: string | null
}

/**
 * The line for a schedule. PATH and HOME stand inside the command: as variables of the crontab they would change the
 * lines of others. `env` and not `NAME=value`, so that it holds in whatever SHELL the crontab names.
 */
export function formatCronLine(schedule: Schedule): string {
  const {home, env, everyMs} = schedule
  const words = ['/usr/bin/env', `PATH=${env.PATH}`, `HOME=${env.HOME}`, ...beatWords(schedule)]
  const command = `cd ${shellWord(home)} && ${words.map(shellWord).join(' ')}`
  const line = `${cronOf(everyMs)} ${escapePercent(command)}`
  if (Buffer.byteLength(line) < LONGEST_LINE) return line
  throw new UserError(`cron reads ${LONGEST_LINE} bytes of a line, and that of ${home} would be longer.`, {
    code: 'LINE_TOO_LONG',
    fix: ['Move the fleet to a folder with a shorter path.', 'mcos service install --systemd'],
  })
}

/** Debian's cron drops the whole line where a command has a thousand bytes. */
const LONGEST_LINE = 990

/** null: a comment, a variable, or a line that starts something else. */
export function readCronLine(line: string): CronBeat | null {
  const match = /^\s*(@[a-z]+|(?:[\d*][^\s]*)(?:\s+[^\s]+){4})\s+(\S.*?)\s*$/.exec(line)
  if (!match) return null
  const words = shellWords((match[2] ?? '').replace(/\\%/g, '%'))
  const at = words.findIndex((word, index) => word === 'heartbeat' && /mcos(?:\.js)?$/.test(words[index - 1] ?? ''))
  const before = words.slice(0, Math.max(at, 0))
  const end = words.findIndex((word, index) => index > at && OPERATOR.test(word))
  const cd = before.lastIndexOf('cd')
  const beat = readBeatWords(words.slice(0, end < 0 ? undefined : end), {
    home: setIn(before, 'MCOS_HOME') ?? (cd < 0 ? null : (before[cd + 1] ?? null)),
  })
  if (beat === null) return null
  return {...beat, fields: match[1] ?? '', path: setIn(before, 'PATH'), userHome: setIn(before, 'HOME')}
}

const OPERATOR = /^(?:[|;&<>]|\d>)/

function setIn(words: readonly string[], name: string): string | null {
  return words.findLast((word) => word.startsWith(`${name}=`))?.slice(name.length + 1) ?? null
}

/** Good enough to see what a line starts, never to run it: quotes and backslashes go, operators stand alone. */
function shellWords(text: string): string[] {
  const words = text.match(/(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\|;&<>])+|[|;&<>]+/g) ?? []
  return words.map((word) =>
    word.replace(
      /'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/g,
      (_, single?: string, double?: string, one?: string) =>
        single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? one ?? '',
    ),
  )
}

/** To cron a bare percent sign is the end of the line, also within quotes. */
function escapePercent(command: string): string {
  return command.replaceAll('%', '\\%')
}
