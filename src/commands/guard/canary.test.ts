import {chmodSync} from 'node:fs'
import {join} from 'node:path'
import {expect, onTestFinished, test, vi} from 'vitest'
import {openScene} from '../../../testing/heartbeat-scene.js'
import {runCommand} from '../../../testing/run-command.js'
import GuardCanary from './canary.js'

function openMachine(...programs: string[]) {
  const scene = openScene()
  for (const name of programs) {
    scene.write(`.mcos/bin/${name}`, '#!/bin/sh\necho 1.2.3\n')
    chmodSync(join(scene.dir, '.mcos/bin', name), 0o755)
  }
  // Nothing else: whoever runs the tests may well have the real ones.
  vi.stubEnv('PATH', join(scene.dir, '.mcos/bin'))
  vi.stubEnv('HOME', join(scene.dir, '.mcos'))
  onTestFinished(() => void vi.unstubAllEnvs())
  return scene
}

test('a host that is not here is told and is no failure', async () => {
  const {dir} = openMachine()
  const {stdout, code} = await runCommand(GuardCanary, ['donna', '--codex', '--gemini', '--home', dir])
  expect({stdout, code}).toEqual({
    stdout: [
      'AGENT  HOST    VERSION  STATUS         WHAT WAS SEEN',
      'donna  codex            not installed  codex is not in PATH',
      'donna  gemini           not installed  gemini is not in PATH',
      '',
    ].join('\n'),
    code: 0,
  })
})

test('a host that could not be tried is a failure, with a fix', async () => {
  const {dir} = openMachine('claude')
  const {stdout, code} = await runCommand(GuardCanary, ['donna', '--claude', '--json', '--home', dir])
  const detail = 'Claude Code never asked its model (exit 0: 1.2.3)'
  const claude = {
    agent: 'donna',
    host: 'claude',
    version: '1.2.3',
    status: 'could not be tried',
    detail,
    fix: 'claude --version',
  }
  expect({report: JSON.parse(stdout), code}).toEqual({report: {hosts: [claude], enforced: false}, code: 1})
})

test('an agent may not try', async () => {
  const {dir} = openMachine()
  vi.stubEnv('MCOS_AGENT', 'donna')
  expect((await runCommand(GuardCanary, ['--home', dir])).code).toBe(3)
})
