import {chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {codexHooks} from '../../../testing/codex-hooks.js'
import {openScene, type Scene} from '../../../testing/heartbeat-scene.js'
import {HOSTS_BIN, host, testNeeding} from '../../../testing/needs.js'
import type {CodingAgent} from '../guard-install/coding-agents.js'
import {CODING_AGENTS, HOOK_DIALECTS} from '../guard-install/coding-agents.js'
import {gitHookText} from '../guard-install/git-hooks.js'
import {withHooks} from '../guard-install/settings-text.js'
import {readCanaries} from './canary-file.js'
import {runCanary} from './run-canary.js'

const SLOW = 120_000

/** A scene in which `mcos` is a stub: it speaks for the hook, whose own tests are elsewhere. */
function openCanaryScene(
  stub: string,
): Scene & {readonly person: string; readonly hooks: (host: CodingAgent) => string} {
  const scene = openScene()
  const person = join(scene.dir, '.mcos', 'person')
  mkdirSync(person)
  scene.write('.mcos/stub/mcos.js', stub)
  const starter = {node: process.execPath, mcos: join(scene.dir, '.mcos/stub/mcos.js'), home: scene.dir}
  return {...scene, person, hooks: (name) => withHooks(null, {host: name, file: ''}, starter)}
}

async function canary(
  scene: Scene & {readonly person: string},
  hosts: readonly CodingAgent[],
  {git = false, path = [HOSTS_BIN, dirname(process.execPath), process.env['PATH']].join(':')} = {},
) {
  const {dir} = scene
  const fleet = await scene.open()
  const env = {...fleet.env, PATH: [path, dirname(process.execPath), process.env['PATH']].join(':'), HOME: scene.person}
  const signal = new AbortController().signal
  const report = await runCanary({...fleet, env}, {agent: 'donna', hosts, git, cwd: dir, signal})
  expect(existsSync(join(dir, '.mcos/canary'))).toBe(false)
  return {...report, first: report.hosts[0]}
}

const ASK = 'const event = JSON.parse(require("fs").readFileSync(0, "utf8"));'
const DENY_ALL = `${ASK} console.error("no"); process.exitCode = /Tool/.test(event.hook_event_name) ? 2 : 0`
const DENY_FILES_ONLY = `${ASK} console.error("no"); process.exitCode = event.tool_input?.file_path ? 2 : 0`

describe('Claude Code', () => {
  const testClaude = testNeeding(host('claude'))

  testClaude(
    'is unenforced where no hook is installed, and its own permissions are not mistaken for one',
    async () => {
      const scene = openCanaryScene(DENY_ALL)
      const {first, enforced} = await canary(scene, ['claude'])
      expect(first).toEqual({
        agent: 'donna',
        host: 'claude',
        version: '2.1.197',
        status: 'unenforced',
        detail:
          "a write and a shell redirection into the fleet's home went through: no hook of mcos stands in workspaces/donna/.claude/settings.json",
        fix: 'mcos guard install donna --claude',
      })
      expect(enforced).toBe(false)
    },
    SLOW,
  )

  testClaude(
    'is enforced by its hook, which is recorded, and nothing of the person is touched',
    async () => {
      const scene = openCanaryScene(DENY_ALL)
      scene.write('workspaces/donna/.claude/settings.json', scene.hooks('claude'))
      const {first, enforced} = await canary(scene, ['claude'])
      expect(first).toMatchObject({status: 'enforced', version: '2.1.197', fix: null})
      expect(enforced).toBe(true)
      expect(readCanaries(await scene.open()).get('donna claude')).toMatchObject({
        status: 'enforced',
        version: '2.1.197',
      })
      expect(readdirSync(scene.person)).toEqual([])
    },
    SLOW,
  )

  testClaude(
    'is unenforced by a hook that minds only one of two ways',
    async () => {
      const scene = openCanaryScene(DENY_FILES_ONLY)
      scene.write('workspaces/donna/.claude/settings.json', scene.hooks('claude'))
      const {first} = await canary(scene, ['claude'])
      expect(first).toMatchObject({
        status: 'unenforced',
        detail: "a shell redirection into the fleet's home went through although its hook is installed",
      })
    },
    SLOW,
  )

  testClaude(
    'is unenforced where its settings switch hooks off, also the person’s',
    async () => {
      const scene = openCanaryScene(DENY_ALL)
      scene.write('workspaces/donna/.claude/settings.json', scene.hooks('claude'))
      mkdirSync(join(scene.person, '.claude'))
      writeFileSync(join(scene.person, '.claude/settings.json'), '{"disableAllHooks": true}')
      const {first} = await canary(scene, ['claude'])
      expect(first).toMatchObject({
        status: 'unenforced',
        detail: expect.stringContaining(`${scene.person}/.claude/settings.json says disableAllHooks: true`),
      })
    },
    SLOW,
  )

  testClaude(
    'denies what a hook was to judge that can no longer be started',
    async () => {
      const scene = openCanaryScene('')
      scene.write(
        'workspaces/donna/.claude/settings.json',
        scene.hooks('claude').replaceAll(process.execPath, '/nowhere/node'),
      )
      expect((await canary(scene, ['claude'])).first).toMatchObject({status: 'enforced'})
    },
    SLOW,
  )
})

describe('Codex', () => {
  const testCodex = testNeeding(host('codex'))

  testCodex(
    'is unenforced until a person has trusted the folder, then each hook as it stands',
    async () => {
      const scene = openCanaryScene(DENY_ALL)
      const folder = join(scene.dir, 'workspaces/donna')
      scene.write('workspaces/donna/.codex/hooks.json', scene.hooks('codex'))
      const untrusted = await canary(scene, ['codex'])
      expect(untrusted.first).toMatchObject({
        status: 'unenforced',
        version: '0.169.0',
        fix: expect.stringContaining(`cd ${folder} && codex`),
      })
      expect(untrusted.first?.detail).toMatch(/went through: Codex does not trust this folder/)

      const config = join(scene.person, '.codex/config.toml')
      mkdirSync(dirname(config))
      writeFileSync(config, `model = "gpt-x"\n[projects."${scene.dir}"]\ntrust_level = "trusted"\n`)
      expect((await canary(scene, ['codex'])).first?.detail).toMatch(/went through: Codex skips hooks, without a word/)

      const hashes = await codexHooks(folder, scene.person)
      writeFileSync(
        config,
        `${readFileSync(config, 'utf8')}${hashes.map(({key, currentHash}) => `[hooks.state."${key}"]\ntrusted_hash = "${currentHash}"\n`).join('')}`,
      )
      expect((await canary(scene, ['codex'])).first).toMatchObject({status: 'enforced', fix: null})
    },
    SLOW,
  )
})

test('what is not installed is told so, and is no failure', async () => {
  const scene = openCanaryScene('')
  const {hosts, enforced} = await canary(scene, CODING_AGENTS, {path: '/nowhere'})
  expect(hosts.map(({host: name, status}) => [name, status])).toEqual(
    CODING_AGENTS.map((name) => [name, 'not installed']),
  )
  expect([enforced, existsSync(join(scene.dir, '.mcos/canary.json'))]).toEqual([true, false])
})

test('a host that never asks its model could not be tried', async () => {
  const scene = openCanaryScene('')
  for (const name of CODING_AGENTS) {
    scene.write(
      `.mcos/bin/${name}`,
      '#!/bin/sh\n[ "$1" = --version ] && echo 9.9.9 || { echo "no license" >&2; exit 7; }\n',
    )
    chmodSync(join(scene.dir, '.mcos/bin', name), 0o755)
  }
  const {hosts, enforced} = await canary(scene, CODING_AGENTS, {path: join(scene.dir, '.mcos/bin')})
  expect(hosts).toMatchObject(
    CODING_AGENTS.map((name) => ({
      host: name,
      version: '9.9.9',
      status: 'could not be tried',
      detail: `${HOOK_DIALECTS[name].title} never asked its model (exit 7: no license)`,
    })),
  )
  expect(enforced).toBe(false)
})

test('git is enforced by its hook, unenforced without, and its branch, index and files stay as they are', async () => {
  const scene = openCanaryScene('process.exitCode = process.env.MCOS_AGENT === "donna" ? 1 : 0')
  const state = () => [
    scene.git('rev-parse', 'HEAD'),
    scene.git('status', '--porcelain'),
    scene.git('worktree', 'list'),
  ]
  const before = state()
  expect((await canary(scene, [], {git: true})).first).toMatchObject({
    host: 'git',
    status: 'unenforced',
    detail: 'a commit of donna into keys/ went through: no hook of mcos is installed',
    fix: 'mcos guard install --git',
  })
  const starter = {node: process.execPath, mcos: join(scene.dir, '.mcos/stub/mcos.js'), home: scene.dir}
  scene.write('.git/hooks/pre-commit', gitHookText('pre-commit', starter))
  chmodSync(join(scene.dir, '.git/hooks/pre-commit'), 0o755)
  expect((await canary(scene, [], {git: true})).first).toMatchObject({status: 'enforced', fix: null})
  expect(state()).toEqual(before)
})
