import {execFileSync} from 'node:child_process'
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, onTestFinished, test} from 'vitest'
import {cleanEnv} from '../../../testing/built-mcos.js'
import {says} from '../../../testing/model-server/behaviour.js'
import {startModelServer} from '../../../testing/model-server/server.js'
import {openRepository} from '../../../testing/repository-scene.js'
import {tempFolder} from '../../../testing/temp-folder.js'
import {presentFirstSteps, presentStarted} from '../../present/start.js'
import {readHome} from '../../workspace/home.js'
import {KEYED_ENGINES, keyedOffer} from './engine-offer.js'
import {type Started, start} from './start.js'
import type {StartWish} from './wish.js'

const NOTHING = {repositories: [], maildirs: []}
const UNSCHEDULED = {kind: 'none', installed: false, warnings: []} as const

function begin(home: string, wish: Partial<StartWish>, env: Readonly<Record<string, string>> = {}): Promise<Started> {
  const whole = {
    dir: join(home, 'fleet'),
    template: 'solo',
    agent: undefined,
    adopt: null,
    engine: null,
    watch: NOTHING,
  }
  const signal = new AbortController().signal
  return start({...whole, ...wish}, {cwd: home, env: {...cleanEnv(home), ...env}, signal})
}

function git(cwd: string, ...args: string[]): string {
  return execFileSync('git', args, {cwd, env: cleanEnv(cwd), encoding: 'utf8'})
}

test('a beginning beside a repository ends with a beat that tells what lies open there', async () => {
  const home = tempFolder()
  const app = openRepository(join(home, 'app'))
  app.write('app.txt', 'TWO\n')
  const started = await begin(home, {agent: 'otto', watch: {repositories: [app.dir], maildirs: []}})
  expect(started).toMatchObject({fleet: 'fleet', agents: ['otto'], engine: 'rules', adopted: null})
  const [beat] = started.beat
  expect(beat).toMatchObject({agent: 'otto', state: 'worked', error: null})
  const details = beat?.checks.map(({status, detail}) => `${status} ${detail}`) ?? []
  expect(details).toContainEqual(expect.stringContaining('~/app (main): 1 edited file not committed'))
  expect(details).toContainEqual(expect.stringMatching(/^same git ~\/app: now main at /))
  expect(git(started.home, 'status', '--porcelain')).toBe('')
  expect(git(started.home, 'log', '--format=%s').trim().split('\n')).toHaveLength(3)
  const begun = {...started, schedule: UNSCHEDULED}
  expect(presentStarted(begun)).toContain('A first look around, with 1 thing open:')
  expect(presentFirstSteps(begun, home)).toContain('cd fleet && mcos status')
})

test('each chosen mailbox and repository goes to whoever has that work', async () => {
  const home = tempFolder()
  const app = openRepository(join(home, 'app'))
  for (const name of ['cur', 'new', 'tmp']) mkdirSync(join(home, 'Maildir', name), {recursive: true})
  writeFileSync(
    join(home, 'Maildir/new/1'),
    'From: Ann <ann@x.example>\nSubject: The invoice\nMessage-ID: <1@x>\n\nHello\n',
  )
  const watch = {repositories: [app.dir], maildirs: [join(home, 'Maildir')]}
  const {home: dir, beat} = await begin(home, {template: 'mission-control', watch})
  const read = (path: string) => readFileSync(join(dir, 'workspaces', path), 'utf8')
  expect(read('flow/HEARTBEAT.md')).toContain('- [ ] New commits `git ~/app`')
  expect(read('flow/SOUL.md')).toContain('repos: ["~/app"]')
  expect(read('donna/HEARTBEAT.md')).toContain('- [ ] New mail `mail local`')
  expect((await readHome(dir)).config.mail.accounts).toMatchObject({local: {kind: 'maildir', agent: 'donna'}})
  const checks = beat.flatMap((report) => report.checks.filter(({status}) => status === 'failed'))
  expect(checks).toEqual([])
  const mail = beat.find(({agent}) => agent === 'donna')?.checks.find(({id}) => id === 'mail')
  expect(mail?.detail).toContain('1 new')
})

test('the chosen engine stands in mcos.yaml by a reference, and the first beat asks it', async () => {
  const home = tempFolder()
  const server = await startModelServer({script: () => says('HEARTBEAT_OK')})
  onTestFinished(() => server.close())
  const [claude] = KEYED_ENGINES
  if (!claude) throw new Error('no engine')
  const offer = keyedOffer(claude, 'ANTHROPIC_API_KEY', null)
  const engine = {...offer, settings: {...offer.settings, base_url: server.url}}
  const started = await begin(home, {engine}, {ANTHROPIC_API_KEY: 'sk-ant-very-secret'})
  const config = readFileSync(join(started.home, 'mcos.yaml'), 'utf8')
  expect(config).toContain('key: "env:ANTHROPIC_API_KEY"')
  expect(config).toContain('routes:\n  default: [claude, rules]\n')
  expect(config).not.toContain('# engines:')
  expect(config).not.toContain('very-secret')
  expect(started.beat[0]?.model_calls).toBeGreaterThan(0)
})

test('a workspace elsewhere is copied into the new fleet and beats', async () => {
  const home = tempFolder()
  const old = join(home, '.openclaw/workspace')
  mkdirSync(old, {recursive: true})
  writeFileSync(join(old, 'SOUL.md'), '# Clawd\n')
  writeFileSync(join(old, 'HEARTBEAT.md'), '## Every heartbeat\n- `disk / < 0%`\n')
  const started = await begin(home, {adopt: old, agent: 'clawd'})
  expect(started).toMatchObject({agents: ['clawd'], adopted: {mode: 'copy', agent: 'clawd'}})
  expect(existsSync(join(old, 'SOUL.md'))).toBe(true)
  expect(started.beat[0]?.checks[0]).toMatchObject({status: 'alert'})
})

test('the folder itself is adopted in place, and the engine is a commit of its own', async () => {
  const home = tempFolder()
  const dir = join(home, 'clawd')
  mkdirSync(dir)
  writeFileSync(join(dir, 'SOUL.md'), '# Clawd\n')
  writeFileSync(join(dir, 'HEARTBEAT.md'), '- Check the weather\n')
  const [claude] = KEYED_ENGINES
  const engine = claude ? {...keyedOffer(claude, 'ANTHROPIC_API_KEY', null)} : null
  const started = await begin(home, {dir, adopt: dir, agent: 'clawd', engine}, {})
  expect(started).toMatchObject({agents: ['clawd'], adopted: {mode: 'in-place'}, engine: 'claude'})
  expect(started.adopted?.checks).toMatchObject([{by: 'engine', lacks: []}])
  const steps = presentFirstSteps({...started, schedule: UNSCHEDULED}, dir)
  expect(steps).toContain('$EDITOR ADOPTED.md')
  expect(steps.match(/^Next:$/gm)).toHaveLength(1)
  expect(git(dir, 'log', '--format=%s')).toContain('Ask claude\n')
  expect(readFileSync(join(dir, 'mcos.yaml'), 'utf8')).toContain('default: [claude, rules]')
})
