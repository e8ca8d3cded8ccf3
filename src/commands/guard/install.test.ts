import {execFileSync} from 'node:child_process'
import {chmodSync, existsSync, mkdirSync, rmSync, statSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, onTestFinished, test, vi} from 'vitest'
import {openScene, type Scene} from '../../../testing/heartbeat-scene.js'
import {runCommand} from '../../../testing/run-command.js'
import GuardInstall from './install.js'
import GuardUninstall from './uninstall.js'

const FILE = 'workspaces/donna/.claude/settings.json'
const OTHER = '{"permissions": {"deny": ["WebFetch"]}}\n'

/** A home that git and the hosts know nothing else about. */
function openGuardScene(files: Readonly<Record<string, string>> = {}): Scene {
  const scene = openScene({files})
  for (const name of ['HOME', 'CLAUDE_CONFIG_DIR', 'CODEX_HOME']) vi.stubEnv(name, join(scene.dir, '.mcos', 'person'))
  onTestFinished(() => void vi.unstubAllEnvs())
  return scene
}

async function install({dir}: Scene, ...args: string[]) {
  return runCommand(GuardInstall, [...args, '--home', dir])
}

async function uninstall({dir}: Scene, ...args: string[]) {
  return runCommand(GuardUninstall, [...args, '--home', dir])
}

test('hooks come into each agent’s folder as one commit of the person, and twice changes nothing', async () => {
  const scene = openGuardScene()
  const {stdout, code} = await install(scene, '--claude', '--codex', '--gemini')
  expect({stdout, code}).toEqual({stdout: expect.stringContaining(`Made ${FILE}\n`), code: 0})
  expect(scene.git('log', '-1', '--format=%an %s%n%b')).toMatch(/^Ada Install the guard's hooks\n- Claude Code: /)
  expect(scene.git('status', '--porcelain')).toBe('')
  expect(scene.list('workspaces/jarvis/.codex')).toEqual(['hooks.json'])
  const before = scene.countCommits()
  expect((await install(scene, '--claude', '--codex', '--gemini')).stdout).toContain('The hooks are there already.')
  expect(scene.countCommits()).toBe(before)
})

test('where nobody is there to be guarded, nothing is said to be there already', async () => {
  const scene = openGuardScene()
  rmSync(join(scene.dir, 'workspaces'), {recursive: true})
  const {code, stderr} = await install(scene, '--claude')
  expect({code, stderr}).toEqual({code: 2, stderr: expect.stringContaining('There is no agent here')})
  expect(stderr).toContain('mcos init agent NAME')
})

test('without a name only agents of this machine are given this machine’s places', async () => {
  const scene = openGuardScene({'workspaces/gene/SOUL.md': '---\nhost: elsewhere\n---\n# Gene\n'})
  await install(scene, '--claude')
  expect([scene.list('workspaces/donna/.claude'), scene.list('workspaces/gene/.claude')]).toEqual([
    ['settings.json'],
    [],
  ])
})

test('what is called is said whole and works where nothing of an environment is left', async () => {
  const scene = openGuardScene()
  await install(scene, 'donna', '--claude')
  const [{hooks}] = JSON.parse(scene.read(FILE)).hooks.PreToolUse
  const [{command, args, onFailure}] = hooks
  expect([command, onFailure]).toEqual(['/bin/sh', 'block'])
  expect(args.slice(2)).toEqual([
    expect.stringMatching(/^\/.*node/),
    expect.stringMatching(/^\/.*\/bin\/mcos\.js$/),
    'hook',
    'pre-tool-use',
    '--home',
    scene.dir,
  ])
  const [node = '', mcos = ''] = args.slice(2)
  expect(execFileSync(node, [mcos, '--version'], {env: {}, encoding: 'utf8'})).toMatch(/^mcos /)
  const gone = [...args.slice(0, 2), '/nowhere/node', ...args.slice(3)]
  expect(() => execFileSync(command, gone, {env: {}, stdio: 'pipe'})).toThrow('this call is not allowed')
})

test('uninstalling leaves the file byte for byte as it was, and takes away one that was made', async () => {
  const scene = openGuardScene({[FILE]: OTHER})
  await install(scene, '--claude')
  expect(JSON.parse(scene.read(FILE)).permissions).toEqual({deny: ['WebFetch']})
  expect((await uninstall(scene)).code).toBe(0)
  expect(scene.read(FILE)).toBe(OTHER)
  expect(existsSync(join(scene.dir, 'workspaces/jarvis/.claude'))).toBe(false)
  expect(scene.git('status', '--porcelain')).toBe('')
  expect((await uninstall(scene)).stdout).toBe('There is no hook of mcos.\n')
})

test('where somebody else has changed the file since, exactly our entries go', async () => {
  const scene = openGuardScene()
  await install(scene, 'donna', '--claude')
  const now = JSON.parse(scene.read(FILE))
  now.hooks.Stop.push({hooks: [{type: 'command', command: 'say done'}]})
  scene.write(FILE, JSON.stringify({model: 'opus', ...now}))
  scene.commitAll()
  await uninstall(scene, '--claude')
  expect(JSON.parse(scene.read(FILE))).toEqual({
    model: 'opus',
    hooks: {Stop: [{hooks: [{type: 'command', command: 'say done'}]}]},
  })
})

test('a file that cannot be read is told with its place, and nothing is written anywhere', async () => {
  const scene = openGuardScene({'workspaces/jarvis/.claude/settings.json': '{\n  "model": opus\n}\n'})
  const {stderr, code} = await install(scene, '--claude', '--git')
  expect({stderr, code}).toEqual({
    stderr: expect.stringContaining('workspaces/jarvis/.claude/settings.json:2:12: expected a value'),
    code: 2,
  })
  expect(existsSync(join(scene.dir, FILE))).toBe(false)
  expect(existsSync(join(scene.dir, '.git/hooks/pre-commit'))).toBe(false)
})

test('a settings file that git does not keep is changed where it lies and not committed', async () => {
  const scene = openGuardScene()
  scene.write(FILE, OTHER)
  const before = scene.countCommits()
  const {stdout} = await install(scene, 'donna', '--claude')
  expect(stdout).toContain(`${FILE} is not among what git keeps`)
  expect([scene.countCommits(), scene.read(FILE)]).toEqual([before, expect.stringContaining('pre-tool-use')])
  await uninstall(scene)
  expect(scene.read(FILE)).toBe(OTHER)
})

test('--dry-run shows the difference and changes nothing', async () => {
  const scene = openGuardScene({[FILE]: OTHER})
  const {stdout} = await install(scene, 'donna', '--claude', '--git', '--dry-run')
  expect(stdout).toContain(`--- ${FILE}\n+++ ${FILE}\n-${OTHER}+{"permissions": {"deny": ["WebFetch"]}, "hooks": {`)
  expect(stdout).toContain('+++ .git/hooks/pre-commit\n+#!/bin/sh\n')
  expect([scene.read(FILE), existsSync(join(scene.dir, '.git/hooks/pre-commit'))]).toEqual([OTHER, false])
})

test('settings that make every hook void are told', async () => {
  const scene = openGuardScene({
    'workspaces/donna/.claude/settings.local.json': '{"disableAllHooks": true}',
    'workspaces/donna/.codex/config.toml': 'model = "x"\n[features]\nhooks = false\n',
    'workspaces/donna/.gemini/settings.json': '{"hooksConfig": {"enabled": false}} // mine\n',
  })
  const {stdout} = await install(scene, '--claude', '--codex', '--gemini', '--json')
  expect(JSON.parse(stdout).void).toEqual([
    {
      agent: 'donna',
      file: join(scene.dir, 'workspaces/donna/.claude/settings.local.json'),
      setting: 'disableAllHooks: true',
    },
    {agent: 'donna', file: join(scene.dir, 'workspaces/donna/.codex/config.toml'), setting: 'features.hooks = false'},
    {
      agent: 'donna',
      file: join(scene.dir, 'workspaces/donna/.gemini/settings.json'),
      setting: 'hooksConfig.enabled: false',
    },
  ])
})

test('a hook of git that a person has is called behind ours, and comes back as it was', async () => {
  const scene = openGuardScene()
  const hook = join(scene.dir, '.git/hooks/pre-commit')
  mkdirSync(join(scene.dir, '.git/hooks'), {recursive: true})
  writeFileSync(hook, '#!/bin/sh\necho mine\n')
  chmodSync(hook, 0o700)
  await install(scene, '--git')
  expect(scene.read('.git/hooks/pre-commit.before-mcos')).toBe('#!/bin/sh\necho mine\n')
  scene.write('.mcos/fake.js', 'console.log(process.argv.slice(2).join(" "))')
  const text = scene.read('.git/hooks/pre-commit').replace(/\S+\/bin\/mcos\.js/, `${scene.dir}/.mcos/fake.js`)
  scene.write('.git/hooks/pre-commit', text)
  expect(execFileSync(hook, {encoding: 'utf8', env: {}})).toBe(`hook git-pre-commit --home ${scene.dir}\nmine\n`)
  await uninstall(scene, '--git')
  expect(scene.read('.git/hooks/pre-commit')).toBe('#!/bin/sh\necho mine\n')
  expect(statSync(hook).mode & 0o777).toBe(0o700)
  expect(scene.list('.git/hooks').filter((name) => /mcos|pre-push$/.test(name))).toEqual([])
})

test('pre-push hands what git says of the refs to both', async () => {
  const scene = openGuardScene()
  const hook = join(scene.dir, '.git/hooks/pre-push')
  scene.write('.git/hooks/pre-push', '#!/bin/sh\nprintf "mine: "; cat\n')
  chmodSync(hook, 0o755)
  await install(scene, '--git')
  scene.write('.mcos/fake.js', 'process.stdin.pipe(process.stdout)')
  scene.write(
    '.git/hooks/pre-push',
    scene.read('.git/hooks/pre-push').replace(/\S+\/bin\/mcos\.js/, `${scene.dir}/.mcos/fake.js`),
  )
  expect(execFileSync(hook, {encoding: 'utf8', env: {PATH: '/usr/bin:/bin'}, input: 'a b\n'})).toBe('a b\nmine: a b\n')
})

test('hooks of git are not put where other repositories look for theirs', async () => {
  const scene = openGuardScene()
  scene.write('.mcos/person/.gitconfig', '[core]\n\thooksPath = /srv/hooks-of-all\n')
  vi.stubEnv('GIT_CONFIG_GLOBAL', join(scene.dir, '.mcos/person/.gitconfig'))
  const {stderr, code} = await install(scene, '--git')
  expect({stderr, code}).toEqual({stderr: expect.stringContaining('core.hooksPath is /srv/hooks-of-all'), code: 2})
})

test('an agent may neither install nor uninstall', async () => {
  const scene = openGuardScene()
  vi.stubEnv('MCOS_AGENT', 'donna')
  expect(await install(scene, '--claude')).toMatchObject({code: 3, stderr: expect.stringContaining('Only a person')})
  expect(await uninstall(scene)).toMatchObject({code: 3})
})

test('without a host nothing is written', async () => {
  expect(await install(openGuardScene())).toMatchObject({code: 2, stderr: expect.stringContaining('--claude')})
})

test('--dry-run shows once what is the same for several agents, putting in and taking out', async () => {
  const scene = openGuardScene()
  const both = `The same in ${FILE.replace('donna', 'jarvis')}`
  const put = await install(scene, 'donna', 'jarvis', '--claude', '--dry-run')
  expect(put.stdout.match(/^\+\+\+ .*/gm)).toEqual([`+++ ${FILE}`])
  expect(put.stdout).toContain(both)
  await install(scene, 'donna', 'jarvis', '--claude')
  const taken = await uninstall(scene, 'donna', 'jarvis', '--claude', '--dry-run')
  expect(taken.stdout.match(/^--- .*/gm)).toEqual([`--- ${FILE}`])
  expect(taken.stdout).toContain(both)
})
