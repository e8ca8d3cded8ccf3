import {execFileSync} from 'node:child_process'
import fc from 'fast-check'
import {expect, test} from 'vitest'
import {aSchedule} from '../../../testing/schedule.js'
import {formatCronLine, readCronLine} from './crontab-line.js'

test('the line has absolute places, and PATH and HOME within the command', () => {
  expect(formatCronLine(aSchedule())).toBe(
    '*/30 * * * * cd /home/ada/northwind && /usr/bin/env PATH=/usr/local/bin:/usr/bin:/bin HOME=/home/ada /usr/bin/node /usr/lib/node_modules/mcos/bin/mcos.js heartbeat --home /home/ada/northwind --all',
  )
})

test('a line that cron would not read whole is refused', () => {
  const long = expect.objectContaining({code: 'LINE_TOO_LONG'})
  expect(() => formatCronLine(aSchedule({home: `/home/${'a'.repeat(600)}`}))).toThrow(long)
})

/** Folders with all that a path may have but what insistOnWritable refuses. */
const folders = fc
  .string({unit: fc.constantFrom(..."aé %$'&;|<>()*?#!~`{}[]=:,-".split('')), minLength: 1, maxLength: 12})
  .map((name) => `/${name}x`)

test('whatever a folder is called, the line reads back and its shell starts just that', () => {
  fc.assert(
    fc.property(folders, fc.constantFrom(null, 'donna'), (home, agent) => {
      const schedule = aSchedule({kind: 'cron', home, agent, env: {PATH: '/usr/bin:/bin', HOME: `${home}/ada`}})
      const line = formatCronLine(schedule)
      const command = cronCommand(line)
      expect(readCronLine(line)).toMatchObject({
        ...{fields: '*/30 * * * *', program: '/usr/bin/node', home, agents: agent === null ? [] : [agent]},
        ...{path: '/usr/bin:/bin', userHome: `${home}/ada`},
      })
      const printed = command.replace(/^cd .*? && \/usr\/bin\/env /, `printf '%s\\n' `)
      expect(execFileSync('/bin/sh', ['-c', printed], {encoding: 'utf8', env: {}}).trimEnd().split('\n')).toEqual([
        'PATH=/usr/bin:/bin',
        `HOME=${home}/ada`,
        ...['/usr/bin/node', schedule.mcos, 'heartbeat', '--home', home, agent ?? '--all'],
      ])
    }),
    {numRuns: 60},
  )
})

test.each([
  ['*/5 * * * * /opt/mcos heartbeat --home=/f >/dev/null 2>&1', {program: '/opt/mcos', home: '/f', agents: []}],
  ['@hourly cd "/a b" && mcos heartbeat donna', {program: 'mcos', home: '/a b', agents: ['donna']}],
  [
    '0 8 * * 1-5 MCOS_HOME=/f node /x/bin/mcos.js heartbeat',
    {program: 'node', home: '/f', args: ['/x/bin/mcos.js', 'heartbeat']},
  ],
  ['5 * * * * sh -c "cd /f; mcos heartbeat"', null],
  ['# */5 * * * * mcos heartbeat', null],
  ['PATH=/usr/bin', null],
  ['0 5 * * * tar -cf mcos heartbeat.tar', null],
])('%s', (line, beat) => {
  if (beat === null) expect(readCronLine(line)).toBeNull()
  else expect(readCronLine(line)).toMatchObject(beat)
})

/** What cron hands to the shell: behind the five fields, up to a bare percent sign, escaped ones without their backslash. */
function cronCommand(line: string): string {
  const [, command = ''] = /^(?:\S+ ){5}(.*)$/s.exec(line) ?? []
  expect(command.replaceAll('\\%', '')).not.toContain('%')
  return command.replaceAll('\\%', '%')
}
