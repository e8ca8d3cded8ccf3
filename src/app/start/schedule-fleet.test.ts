import {chmodSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {cleanEnv} from '../../../testing/built-mcos.js'
import {tempFolder} from '../../../testing/temp-folder.js'
import {initFleet} from '../init.js'
import {detectSchedules, parseSchedule, scheduleFleet} from './schedule-fleet.js'

/** A crontab of the test's own: the real one belongs to whoever runs this. */
async function scene() {
  const home = tempFolder()
  mkdirSync(join(home, 'bin'))
  const file = join(home, 'crontab')
  writeFileSync(
    join(home, 'bin/crontab'),
    `#!/bin/sh\ncase "$1" in -l) cat '${file}' 2>/dev/null || { echo "no crontab for ada" >&2; exit 1; } ;; *) cat "\${1:--}" > '${file}' ;; esac\n`,
  )
  chmodSync(join(home, 'bin/crontab'), 0o755)
  const env = {...cleanEnv(home), PATH: `${home}/bin:${process.env['PATH']}`}
  const around = {cwd: home, env}
  const made = await initFleet({dir: join(home, 'fleet'), template: 'solo'}, around)
  return {around, dir: made.home, file}
}

test('what this machine has is told by its programs', async () => {
  const {around} = await scene()
  expect(detectSchedules({PATH: join(around.cwd, 'bin')}, 'linux')).toEqual(['cron'])
  expect(detectSchedules({PATH: ''}, 'linux')).toEqual([])
  expect(detectSchedules({}, 'darwin')).toEqual(['launchd'])
  expect(() => parseSchedule('crn')).toThrow('There is no schedule "crn".')
})

test('a schedule with a grave warning is left to the person, and nothing is installed', async () => {
  const {around, dir, file} = await scene()
  const scheduled = await scheduleFleet(dir, 'cron', around)
  // A temporary folder is cleared away by itself, which is what the warning says.
  expect(scheduled).toMatchObject({kind: 'cron', installed: false})
  expect(scheduled.warnings[0]?.fix).not.toBe('')
  expect(() => readFileSync(file)).toThrow()
  expect(await scheduleFleet(dir, 'none', around)).toEqual({kind: 'none', installed: false, warnings: []})
})
