import {type BeatCommand, readBeatWords} from './beat-command.js'
import {systemdArguments, systemdWords} from './systemd-words.js'

/** What a .service file says of the beat it starts. */
export interface UnitBeat extends BeatCommand {
  readonly path: string | null
  readonly userHome: string | null
  readonly user: string | null
  readonly isOurs: boolean
  readonly hasControlGroup: boolean
  readonly hasTimeout: boolean
}

/** null: it starts something else. */
export function readService(text: string): UnitBeat | null {
  const values = valuesOf(text, 'Service')
  const last = (key: string): string | null => values.findLast(([name]) => name === key)?.[1] ?? null
  const beat = readBeatWords(systemdArguments((last('ExecStart') ?? '').replace(/^[@:+!-]+/, '')), {
    home: last('WorkingDirectory'),
  })
  if (beat === null) return null
  const variables = values.filter(([name]) => name === 'Environment').flatMap(([, value]) => systemdWords(value))
  const variable = (name: string): string | null =>
    variables.findLast((word) => word.startsWith(`${name}=`))?.slice(name.length + 1) ?? null
  const timeout = last('TimeoutStartSec') ?? last('TimeoutSec')
  return {
    ...beat,
    path: variable('PATH'),
    userHome: variable('HOME'),
    user: last('User'),
    isOurs: /^# Written by mcos service /.test(text),
    // systemd's own default, where nobody says otherwise.
    hasControlGroup: ['control-group', 'mixed'].includes(last('KillMode') ?? 'control-group'),
    hasTimeout: (timeout !== null && !/^(?:0|infinity)?$/.test(timeout)) || last('RuntimeMaxSec') !== null,
  }
}

/** The first OnCalendar= of a .timer file; null: it goes by something else. */
export function readTimer(text: string): string | null {
  return valuesOf(text, 'Timer').find(([name]) => name === 'OnCalendar')?.[1] ?? null
}

function valuesOf(text: string, wanted: string): [string, string][] {
  let section = ''
  return text
    .replace(/\\\r?\n/g, ' ')
    .split(/\r?\n/)
    .flatMap((line): [string, string][] => {
      const head = /^\s*\[([^\]]+)\]\s*$/.exec(line)
      if (head) section = head[1] ?? ''
      const match = /^\s*([A-Za-z]+)\s*=\s*(.*?)\s*$/.exec(line)
      return match && section === wanted ? [[match[1] ?? '', match[2] ?? '']] : []
    })
}
