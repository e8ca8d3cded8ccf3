import {chmodSync, mkdirSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {expect, test} from 'vitest'
import {openScene} from '../../../testing/heartbeat-scene.js'
import {keepCanaries} from '../canary/canary-file.js'
import type {CodingAgent} from '../guard-install/coding-agents.js'
import {installGuard} from '../guard-install/install.js'
import {GUARDED_CHECKUPS} from './guarded.js'

/** A fleet on a machine that has the programs `claude` and `codex`, and a person's folder of its own. */
function openGuardedScene() {
  const scene = openScene({at: '2036-11-21T08:30:00Z'})
  const person = join(scene.dir, '.mcos/person')
  mkdirSync(person)
  for (const name of ['claude', 'codex']) {
    scene.write(`.mcos/bin/${name}`, '#!/bin/sh\n')
    chmodSync(join(scene.dir, '.mcos/bin', name), 0o755)
  }
  const open = async () => {
    const fleet = await scene.open()
    const path = [join(scene.dir, '.mcos/bin'), dirname(process.execPath), '/usr/bin:/bin'].join(':')
    return {...fleet, env: {...fleet.env, PATH: path, HOME: person}}
  }
  const examine = async (id: string) => {
    const checkup = GUARDED_CHECKUPS.find((one) => one.id === id)
    return (await checkup?.examine(await open()))?.troubles
  }
  const install = async (hosts: readonly CodingAgent[], git = false) =>
    installGuard(await open(), {agents: ['donna'], hosts, git, dryRun: false})
  return {...scene, open, examine, install}
}

test('hooks are missed where a host has a folder of its own, and nowhere else', async () => {
  const scene = openGuardedScene()
  expect(await scene.examine('hooks')).toEqual([])
  scene.write('workspaces/donna/.claude/agents/x.md', '')
  const missing = {
    status: 'warn',
    detail: 'no hook of mcos stands in workspaces/donna/.claude/settings.json',
    fix: 'mcos guard install donna --claude',
  }
  expect(await scene.examine('hooks')).toEqual([missing])
  await scene.install(['claude'])
  expect(await scene.examine('hooks')).toEqual([])
})

test('hooks that call another mcos, that nothing runs or that nobody can read are told', async () => {
  const scene = openGuardedScene()
  await scene.install(['claude'])
  const file = 'workspaces/donna/.claude/settings.json'
  const text = scene.read(file)
  scene.write(file, text.replaceAll('/bin/mcos.js', '/elsewhere/bin/mcos.js'))
  expect(await scene.examine('hooks')).toMatchObject([
    {status: 'warn', detail: expect.stringContaining('calls another mcos')},
  ])
  scene.write(file, text.replace('{', '{"disableAllHooks": true,'))
  expect(await scene.examine('hooks')).toMatchObject([
    {status: 'fail', detail: expect.stringContaining('disableAllHooks: true')},
  ])
  scene.write(file, text.slice(0, -20))
  expect(await scene.examine('hooks')).toMatchObject([
    {status: 'fail', detail: expect.stringContaining('reads none of it')},
  ])
})

test('a canary is asked for once per host that is here and has hooks, and again when the host has changed', async () => {
  const scene = openGuardedScene()
  await scene.install(['claude', 'gemini'], true)
  const result = {agent: 'donna', version: '1.0.0', detail: '', fix: null}
  expect(await scene.examine('canary')).toMatchObject([
    {
      status: 'warn',
      detail: 'Claude Code in the folder of donna was never tried',
      fix: 'mcos guard canary donna --claude',
    },
    {status: 'warn', detail: 'git was never tried', fix: 'mcos guard canary --git'},
  ])
  keepCanaries(await scene.open(), [
    {...result, host: 'claude', status: 'enforced'},
    {...result, host: 'git', status: 'unenforced'},
  ])
  expect(await scene.examine('canary')).toMatchObject([
    {status: 'fail', detail: 'git: unenforced, at 2036-11-21T08:30:00.000Z', fix: 'mcos guard canary donna --git'},
  ])
  const past = {...(await scene.open()), clock: {...scene.clock, now: () => Date.parse('2020-01-01T00:00:00Z')}}
  keepCanaries(past, [
    {...result, host: 'claude', status: 'enforced'},
    {...result, host: 'git', status: 'enforced'},
  ])
  expect(await scene.examine('canary')).toMatchObject([
    {
      status: 'warn',
      detail: 'Claude Code in the folder of donna has changed since it was tried at 2020-01-01T00:00:00.000Z',
    },
    {status: 'warn', detail: expect.stringContaining('git has changed')},
  ])
})

test('Codex is asked about in its own words: the folder first, then the hooks', async () => {
  const scene = openGuardedScene()
  expect(await scene.examine('codex-trust')).toEqual([])
  await scene.install(['codex'])
  const folder = join(scene.dir, 'workspaces/donna')
  const fix = `cd ${folder} && codex   # trust the folder, then /hooks`
  expect(await scene.examine('codex-trust')).toMatchObject([
    {detail: expect.stringContaining('the folder of donna'), fix},
  ])
  const trusted = `[projects."${scene.dir}"]\ntrust_level = "trusted"\n`
  scene.write('.mcos/person/.codex/config.toml', trusted)
  expect(await scene.examine('codex-trust')).toMatchObject([
    {detail: expect.stringContaining('the hooks of workspaces/donna/.codex/hooks.json'), fix},
  ])
  const hook = `[hooks.state."${folder}/.codex/hooks.json:pre_tool_use:0:0"]\ntrusted_hash = "sha256:0"\n`
  scene.write('.mcos/person/.codex/config.toml', `${trusted}\n${hook}`)
  expect(await scene.examine('codex-trust')).toEqual([])
})
