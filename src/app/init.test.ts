import {execFileSync} from 'node:child_process'
import {existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test, vi} from 'vitest'
import {cleanEnv} from '../../testing/built-mcos.js'
import {tempFolder} from '../../testing/temp-folder.js'
import {makeKeyPair} from '../bus/keys.js'
import {fixedClock} from '../kit/clock.js'
import {isUserError} from '../kit/errors.js'
import {listAgents} from '../workspace/agents.js'
import {readHome} from '../workspace/home.js'
import {type AgentWish, type FleetWish, initAgent, initFleet} from './init.js'

const clock = fixedClock('2026-11-21T08:00:00Z')

function around(cwd: string) {
  return {cwd, env: cleanEnv(cwd), clock}
}

const init = (cwd: string, wish: Partial<FleetWish> = {}) =>
  initFleet({dir: join(cwd, 'fleet'), template: 'solo', ...wish}, around(cwd))
const agent = (cwd: string, wish: Partial<AgentWish> & {name: string}) =>
  initAgent({template: 'blank', ...wish}, around(cwd))

function git(cwd: string, ...args: string[]): string {
  return execFileSync('git', args, {cwd, env: cleanEnv(cwd), encoding: 'utf8'})
}

async function failureOf(work: Promise<unknown>): Promise<{code: string; exit: number; message: string}> {
  try {
    await work
  } catch (error) {
    if (isUserError(error)) return {code: error.code, exit: error.exit, message: error.message}
    throw error
  }
  throw new Error('it did not fail')
}

test('a fleet on a bare machine is a repository with one commit that holds everything but the private keys', async () => {
  const cwd = tempFolder()
  const made = await init(cwd, {person: 'ada'})
  expect(made).toMatchObject({fleet: 'fleet', agents: ['main'], people: ['ada'], repository: 'new', finished: false})
  expect(git(made.home, 'status', '--porcelain')).toBe('')
  expect(git(made.home, 'log', '--format=%s')).toBe('Begin the fleet fleet\n')
  expect(git(made.home, 'symbolic-ref', 'HEAD')).toBe('refs/heads/main\n')
  const tracked = git(made.home, 'ls-files').split('\n')
  expect(tracked).toEqual(expect.arrayContaining(['.gitignore', 'mcos.yaml', 'keys/ada.pub', 'keys/main.pub']))
  expect(tracked.filter((file) => file.startsWith('.mcos'))).toEqual([])
  expect(tracked.filter((file) => file.startsWith('guardrails/'))).toHaveLength(11)
  expect(readdirSync(join(made.home, '.mcos/keys'))).toEqual(['ada.key', 'main.key'])
  expect(statSync(join(made.home, '.mcos/keys/main.key')).mode & 0o777).toBe(0o600)
  expect(readdirSync(join(made.home, '.mcos/journal'))).toEqual([])
})

test.each(['solo', 'mission-control', 'northwind'])(
  'the template %s makes a home that reads back whole',
  async (template) => {
    const cwd = tempFolder()
    const made = await init(cwd, {template})
    const home = await readHome(made.home)
    expect(home.config.unknown).toEqual([])
    expect(listAgents(home).map(({name}) => name)).toEqual([...made.agents].sort())
    for (const name of [...made.agents, ...made.people])
      expect(existsSync(join(made.home, `keys/${name}.pub`))).toBe(true)
  },
)

test('on a machine without git nothing is made', async () => {
  const cwd = tempFolder()
  vi.stubEnv('PATH', join(cwd, 'nothing'))
  const failure = await failureOf(init(cwd)).finally(() => vi.unstubAllEnvs())
  expect(failure).toMatchObject({code: 'NO_GIT', exit: 1})
  expect(readdirSync(cwd)).toEqual([])
})

test('a folder with other things in it is fine, and a name that is taken stops everything', async () => {
  const cwd = tempFolder()
  const dir = join(cwd, 'fleet')
  mkdirSync(join(dir, 'guardrails'), {recursive: true})
  writeFileSync(join(dir, 'notes.txt'), 'mine')
  writeFileSync(join(dir, 'guardrails/one-token-each.md'), 'mine too')
  const failure = await failureOf(init(cwd))
  expect(failure).toMatchObject({code: 'COLLISION', exit: 2})
  expect(failure.message).toContain('guardrails/one-token-each.md')
  expect(readdirSync(dir).sort()).toEqual(['guardrails', 'notes.txt'])
})

test('a .gitignore that was there keeps its lines and gains ours', async () => {
  const cwd = tempFolder()
  mkdirSync(join(cwd, 'fleet'))
  git(join(cwd, 'fleet'), 'init', '-q')
  writeFileSync(join(cwd, 'fleet/.gitignore'), '*.log')
  git(join(cwd, 'fleet'), 'add', '.gitignore')
  git(join(cwd, 'fleet'), '-c', 'user.name=A', '-c', 'user.email=a@b.c', 'commit', '-qm', 'Ignore logs')
  await init(cwd)
  expect(readFileSync(join(cwd, 'fleet/.gitignore'), 'utf8')).toMatch(/^\*\.log\n(?:.*\n)*\.mcos\/\n$/)
})

test('inside a larger repository only the fleet is committed', async () => {
  const cwd = tempFolder()
  git(cwd, 'init', '-q')
  writeFileSync(join(cwd, 'staged.txt'), 'half done')
  git(cwd, 'add', 'staged.txt')
  const made = await init(cwd)
  expect(made.repository).toBe('existing')
  expect(existsSync(join(made.home, '.git'))).toBe(false)
  expect(
    git(cwd, 'ls-tree', '-r', '--name-only', 'HEAD')
      .split('\n')
      .filter((file) => file && !file.startsWith('fleet/')),
  ).toEqual([])
  expect(git(cwd, 'status', '--porcelain')).toBe('A  staged.txt\n')
})

test('a home that is there already, or a folder that was hardly meant, is refused with a fix', async () => {
  const cwd = tempFolder()
  await init(cwd)
  expect(await failureOf(init(cwd))).toMatchObject({code: 'FLEET_EXISTS', exit: 2})
  expect(await failureOf(init(cwd, {dir: undefined}))).toMatchObject({code: 'UNLIKELY_FOLDER', exit: 2})
  const inside = join(cwd, 'fleet/workspaces')
  const wish = {dir: undefined, template: 'solo'}
  expect(await failureOf(initFleet(wish, {...around(cwd), cwd: inside}))).toMatchObject({code: 'UNLIKELY_FOLDER'})
})

test('a person may not be called like an agent', async () => {
  expect(await failureOf(init(tempFolder(), {person: 'main'}))).toMatchObject({code: 'NAME_TAKEN', exit: 2})
})

test('an agent reports to nobody whom the fleet does not have', async () => {
  const cwd = tempFolder()
  const {home} = await init(cwd)
  const wish = {name: 'scout', reportsTo: 'jarvis'}
  expect(await failureOf(agent(home, wish))).toMatchObject({code: 'NO_AGENT', exit: 2})
  expect(existsSync(join(home, 'workspaces/scout'))).toBe(false)
  const empty = tempFolder()
  expect(await failureOf(agent(empty, wish))).toMatchObject({code: 'NO_AGENT', exit: 2})
  expect(readdirSync(empty)).toEqual([])
})

test('an agent is one commit, and reports to whoever leads', async () => {
  const cwd = tempFolder()
  const {home} = await init(cwd, {template: 'mission-control'})
  const added = await agent(cwd, {home, name: 'scout', template: 'comms', role: 'Market research'})
  expect(added).toMatchObject({agent: 'scout', path: 'workspaces/scout', reports_to: 'jarvis', fleet: null})
  expect(git(home, 'log', '--format=%s')).toBe('Add scout\nBegin the fleet fleet\n')
  expect(git(home, 'status', '--porcelain')).toBe('')
  expect(readFileSync(join(home, 'workspaces/scout/SOUL.md'), 'utf8')).toContain(
    'role: Market research\nreports_to: jarvis\n',
  )
})

test('where there is no fleet yet, one is made first', async () => {
  const cwd = join(tempFolder(), 'mine')
  mkdirSync(cwd)
  const added = await initAgent(
    {name: 'donna', template: 'comms'},
    {...around(cwd), env: {...cleanEnv(cwd), HOME: '/'}},
  )
  expect(added.fleet).toMatchObject({fleet: 'mine', home: cwd, agents: []})
  expect(git(cwd, 'log', '--format=%s')).toBe('Add donna\nBegin the fleet mine\n')
})

test('a home whose agents are listed gets one line more and keeps every other', async () => {
  const cwd = tempFolder()
  const {home} = await init(cwd, {template: 'northwind'})
  const before = readFileSync(join(home, 'mcos.yaml'), 'utf8')
  await agent(cwd, {home, name: 'scout'})
  const after = readFileSync(join(home, 'mcos.yaml'), 'utf8')
  expect(after.split('\n').filter((line) => !before.split('\n').includes(line))).toEqual([
    '  scout: {path: workspaces/scout}',
  ])
})

test.each([
  ['main', 'NAME_TAKEN'],
  ['ada', 'NAME_TAKEN'],
  ['../x', 'BAD_NAME'],
  ['Donna', 'BAD_NAME'],
  ['', 'BAD_NAME'],
  ['con', 'BAD_NAME'],
  ['a'.repeat(41), 'BAD_NAME'],
])('an agent can not be called %j', async (name, code) => {
  const cwd = tempFolder()
  const {home} = await init(cwd, {person: 'ada'})
  expect(await failureOf(agent(cwd, {home, name}))).toMatchObject({code, exit: 2})
  expect(git(home, 'status', '--porcelain')).toBe('')
})

test('an agent is not called like one that has retired', async () => {
  const cwd = tempFolder()
  const {home} = await init(cwd)
  mkdirSync(join(home, 'retired/old'), {recursive: true})
  writeFileSync(join(home, 'retired/old/SOUL.md'), '# Old')
  expect(await failureOf(agent(cwd, {home, name: 'old'}))).toMatchObject({code: 'NAME_TAKEN'})
  expect(existsSync(join(home, 'workspaces/old'))).toBe(false)
})

test('folders that an undo has emptied, and a key it has left behind, give nobody another\u2019s name', async () => {
  const cwd = tempFolder()
  const {home} = await init(cwd)
  mkdirSync(join(home, 'workspaces/iris/memory'), {recursive: true})
  const others = readFileSync(join(home, '.mcos/keys/main.key'), 'utf8')
  writeFileSync(join(home, '.mcos/keys/iris.key'), others, {mode: 0o600})
  await agent(cwd, {home, name: 'iris'})
  expect(readFileSync(join(home, '.mcos/keys/iris.key'), 'utf8')).not.toBe(others)
  expect(readFileSync(join(home, 'keys/iris.pub'), 'utf8')).not.toBe(readFileSync(join(home, 'keys/main.pub'), 'utf8'))
})

test('a key that a killed run had made is the one that is used', async () => {
  const cwd = tempFolder()
  const {home} = await init(cwd)
  const {privateKey, publicKey} = makeKeyPair()
  writeFileSync(join(home, '.mcos/keys/iris.key'), privateKey, {mode: 0o600})
  await agent(cwd, {home, name: 'iris'})
  expect(readFileSync(join(home, 'keys/iris.pub'), 'utf8')).toBe(publicKey)
})

test('a place behind a file, or in a folder that takes none, is refused in words', async () => {
  const cwd = tempFolder()
  writeFileSync(join(cwd, 'note'), 'a file')
  expect(await failureOf(init(cwd, {dir: join(cwd, 'note/fleet')}))).toMatchObject({code: 'NOT_A_FOLDER', exit: 1})
  // Node's own recursive mkdir never comes back from here.
  if (existsSync('/proc/self')) {
    expect(await failureOf(init(cwd, {dir: '/proc/nobody/fleet'}))).toMatchObject({code: 'NO_FOLDER', exit: 2})
  }
})

test('a fleet is called as its folder, without the marks over its letters', async () => {
  const cwd = tempFolder()
  const {fleet} = await init(cwd, {dir: join(cwd, 'Mein Ördner')})
  expect(fleet).toBe('mein-ordner')
})
