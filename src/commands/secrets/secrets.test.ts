import {chmodSync} from 'node:fs'
import {expect, test} from 'vitest'
import {openScene} from '../../../testing/heartbeat-scene.js'
import {runCommand} from '../../../testing/run-command.js'
import SecretsCheckCommand from './check.js'
import SecretsList from './list.js'
import SecretsScanCommand from './scan.js'
import SecretsSet from './set.js'

/** Put together at run time, so that no scanner takes this file for a leak. */
const TOKEN = `ghp_${'a1B2'.repeat(9)}`

test('check exits 1 and scan 3 when something is wrong, and neither shows a value', async () => {
  const scene = openScene()
  scene.write(
    'mcos.yaml',
    `version: 1\nname: n\nengines:\n  a: { kind: openai, model: m, base_url: "http://127.0.0.1:9", key: "file:${scene.dir}/.mcos/k" }\n`,
  )
  scene.write('.mcos/k', 'changeme')
  chmodSync(`${scene.dir}/.mcos/k`, 0o600)
  const home = ['--home', scene.dir]
  const check = await runCommand(SecretsCheckCommand, [...home, '--json'])
  expect(check.code).toBe(1)
  expect(JSON.parse(check.stdout)).toMatchObject({
    ok: false,
    secrets: [{where: 'mcos.yaml engines.a.key', state: 'shape'}],
  })
  expect((await runCommand(SecretsScanCommand, home)).code).toBe(0)
  scene.write('workspaces/donna/a.md', `x\n${TOKEN}\n`)
  const scan = await runCommand(SecretsScanCommand, [...home, '--json'])
  expect(scan.code).toBe(3)
  expect(JSON.parse(scan.stdout)).toMatchObject({
    findings: [{file: 'workspaces/donna/a.md', line: 2, kind: 'GitHub token', own: false}],
  })
  const shown = await runCommand(SecretsScanCommand, home)
  expect(shown.stdout).toContain('workspaces/donna/a.md:2: GitHub token')
  for (const {stdout} of [check, scan, shown]) expect(stdout).not.toMatch(/changeme|a1B2a1B2/)
  expect((await runCommand(SecretsList, home)).stdout).toContain('This machine keeps no secret.')
})

test('a value that was typed as an argument is not said again', async () => {
  const typed = await runCommand(SecretsSet, ['DONNA_KEY', 'hunter2', '--json'])
  expect(typed.code).toBe(2)
  expect(JSON.parse(typed.stdout)).toMatchObject({error: {code: 'USAGE'}})
  expect(`${typed.stdout}${typed.stderr}`).not.toContain('hunter2')
})
