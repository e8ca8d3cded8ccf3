import {rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {openScene} from '../../testing/heartbeat-scene.js'
import {runCommand} from '../../testing/run-command.js'
import Doctor from './doctor.js'
import Fsck from './fsck.js'

test('doctor --grade --json answers with the promised keys, and its exit code is for CI', async () => {
  const {dir} = openScene()
  const {stdout, code} = await runCommand(Doctor, ['--grade', '--json', '--home', dir])
  const report = JSON.parse(stdout)
  expect(Object.keys(report)).toEqual(['grade', 'passed', 'total', 'checks'])
  expect(Object.keys(report.checks[0])).toEqual([
    ...['id', 'title', 'status', 'detail', 'fix', 'fixable', 'means', 'findings'],
  ])
  expect(code).toBe(report.checks.some(({status}: {status: string}) => status === 'fail') ? 1 : 0)
})

test('doctor --fix --yes shows the plan, does it, and tells how to take it back', async () => {
  const {dir} = openScene()
  rmSync(join(dir, '.mcos/keys/donna.key'))
  const before = await runCommand(Doctor, ['--home', dir])
  expect(before.code).toBe(1)
  expect(before.stdout).toContain('this machine has no key of donna')
  expect(before.stdout).toContain('→ mcos doctor --fix')
  const {stdout} = await runCommand(Doctor, ['--fix', '--yes', '--home', dir])
  expect(stdout).toMatch(/To be mended:\n {2}Make a key pair for donna: keys\/donna.pub\nMended:/)
  expect(stdout).toMatch(/taken back by: mcos undo t_/)
  expect(stdout).not.toContain('FAIL  Every agent of this machine has its own key pair')
})

test('doctor --fix --dry-run shows the plan, changes nothing, and answers with what would still fail', async () => {
  const {dir, git, list} = openScene()
  rmSync(join(dir, '.mcos/keys/donna.key'))
  const {stdout, code} = await runCommand(Doctor, ['--fix', '--dry-run', '--home', dir])
  expect(stdout).toBe('To be mended:\n  Make a key pair for donna: keys/donna.pub\n')
  expect(list('.mcos/keys')).toEqual(['jarvis.key'])
  expect(git('rev-list', '--count', 'HEAD').trim()).toBe('1')
  const told = JSON.parse((await runCommand(Doctor, ['--fix', '--dry-run', '--json', '--home', dir])).stdout)
  expect(told.plan).toEqual(['Make a key pair for donna: keys/donna.pub'])
  const left = told.checks.filter(
    ({status, fixable}: {status: string; fixable: boolean}) => status === 'fail' && !fixable,
  )
  expect(code).toBe(left.length > 0 ? 1 : 0)
  const both = await runCommand(Doctor, ['--fix', '--dry-run', '--yes', '--home', dir])
  expect(both.code).toBe(2)
})

test('doctor --fix without a terminal and without --yes changes nothing', async () => {
  const {dir, git, list} = openScene()
  rmSync(join(dir, '.mcos/keys/donna.key'))
  const {stderr, code} = await runCommand(Doctor, ['--fix', '--json', '--home', dir])
  expect(stderr).toContain('mcos doctor --fix --yes')
  expect(code).toBe(1)
  expect(list('.mcos/keys')).toEqual(['jarvis.key'])
  expect(git('rev-list', '--count', 'HEAD').trim()).toBe('1')
})

test('fsck answers a whole fleet with 0 and a damaged one with 1, also where mcos.yaml is what is damaged', async () => {
  const {dir} = openScene()
  const whole = await runCommand(Fsck, ['--json', '--home', dir])
  expect(JSON.parse(whole.stdout)).toEqual({ok: true, files: expect.any(Number), problems: []})
  expect(whole.code).toBe(0)
  writeFileSync(join(dir, 'mcos.yaml'), 'version: [\n')
  const {stdout, code} = await runCommand(Fsck, ['--json', '--home', dir])
  expect(JSON.parse(stdout)).toMatchObject({
    ok: false,
    problems: [{file: 'mcos.yaml', line: expect.any(Number), code: 'UNREADABLE'}],
  })
  expect(code).toBe(1)
})
