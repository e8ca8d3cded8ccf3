import {
  appendFileSync,
  chmodSync,
  existsSync,
  readdirSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {openScene, type Scene} from '../../testing/heartbeat-scene.js'
import {applyRepairs} from './doctor/apply-repairs.js'
import {type DoctorReport, examine, gradeOf, planRepairs} from './doctor.js'
import {checkIntegrity} from './fsck.js'
import {undo} from './history.js'
import {type OpenedAnyway, openAnyway} from './open-anyway.js'

/** What depends on the machine the tests run on. */
const OF_THE_MACHINE = new Set(['node', 'disk', 'old-runtime', 'person', 'git', 'timezone'])

const SOUL = '---\nreports_to: jarvis\ncontract:\n  reads: [workspaces/donna/**]\n  may: [message]\n---\n# Donna\n'
const WELL = {
  'mcos.yaml':
    'version: 1\nname: northwind\ntimezone: UTC\npage: { to: founders, when: [outage] }\nchannels:\n  founders: { kind: webhook, url: "http://127.0.0.1:9/page" }\n',
  'workspaces/donna/SOUL.md': SOUL,
  'workspaces/jarvis/SOUL.md': SOUL.replace('reports_to: jarvis\n', '').replaceAll('donna', 'jarvis'),
}
/** By the true clock, as git's commits are; each scene by its own moment, however long the ones before it took. */
const now = (): string => new Date().toISOString()
const ID = '01JD0000000000000000000000'

async function opened({dir, clock}: Scene): Promise<OpenedAnyway> {
  return openAnyway({cwd: dir, env: {PATH: process.env['PATH'], HOME: dir}, clock})
}

async function doctor(scene: Scene): Promise<DoctorReport> {
  return examine(await opened(scene))
}

/** Everything that isn't well, as `id status`. */
async function ills(scene: Scene): Promise<string[]> {
  const {checks} = await doctor(scene)
  return checks
    .filter(({id, status}) => status !== 'pass' && !OF_THE_MACHINE.has(id))
    .map(({id, status}) => `${id} ${status}`)
}

async function wellScene(files: Readonly<Record<string, string>> = {}): Promise<Scene> {
  const scene = openScene({at: now(), files: {...WELL, ...files}})
  await scene.beat()
  return scene
}

test('a fleet in which nothing is wrong gets an A, from more than 40 checks with distinct names', async () => {
  const {grade, checks, passed, total} = await doctor(await wellScene())
  expect(checks.filter(({id, status}) => status !== 'pass' && !OF_THE_MACHINE.has(id))).toEqual([])
  expect(grade).toBe('A')
  expect(total).toBeGreaterThan(40)
  expect(passed).toBeGreaterThan(total - OF_THE_MACHINE.size)
  expect(new Set(checks.map(({id}) => id)).size).toBe(total)
})

test('every check that is not passed names a fix', async () => {
  const scene = openScene({
    at: now(),
    files: {'workspaces/donna/HEARTBEAT.md': '## Mail (maybe daily review)\n`mail` and `run: ./x`\n'},
  })
  const {checks} = await doctor(scene)
  expect(checks.filter(({status, fix}) => (status === 'pass') !== (fix === null))).toEqual([])
})

const mcosYaml = WELL['mcos.yaml']
const soulOf = (name: string) => ({[`workspaces/${name}/HEARTBEAT.md`]: '## Every heartbeat\n`inbox`\n'})

test('what is wrong in the files is told, each by its own check', async () => {
  const scene = openScene({
    at: now(),
    files: {
      ...WELL,
      'mcos.yaml': `${mcosYaml}enignes: {}\n`,
      'workspaces/Do_nna/x.md': '',
      'workspaces/donna/MEMORY.md': `- key ghp_${'a'.repeat(36)}\n`,
      'workspaces/donna/memory.md': '',
      'workspaces/donna/GUARDRAILS.md': '- never\n'.repeat(16),
      'workspaces/donna/memory/2026-01-01.md': '- x\n'.repeat(70_000),
      'workspaces/donna/HEARTBEAT.md': [
        '## Daily Revenue Targets\nlook `inbox`',
        '## Every heartbeat\n`tasks` `run: ./backup-check` `http https://app.example.com/`',
        '## Judgement\nThink hard.\n',
      ].join('\n'),
      'workspaces/broken/SOUL.md': '---\ncontract: [\n---\n',
      'workspaces/far/SOUL.md': SOUL.replace('reports_to: jarvis', 'reports_to: jervis\nhost: far-away'),
      'workspaces/flow/soul.md': '# Flow\n',
      'guardrails/mine.md': '---\nid: mine\n---\nJust be nice.\n',
      ...soulOf('flow'),
    },
  })
  expect(await ills(scene)).toEqual([
    'config-keys warn',
    'strangers warn',
    'guardrails fail',
    'leaks fail',
    'contracts fail',
    'reports-to fail',
    'hosts warn',
    'keys fail',
    'sizes warn',
    'names fail',
    'agent-guardrails warn',
    'heartbeats warn',
    'cadences warn',
    'reach fail',
    'trust warn',
    'judgement warn',
    'probe-programs fail',
    'beats warn',
    'probes warn',
    'schedule warn',
  ])
})

test('an agent without a folder, a missing secret, a page to nobody and an engine without a ceiling are told', async () => {
  const engines = 'engines: { claude: { kind: anthropic, model: m, key: env:NOT_SET_ANYWHERE } }\n'
  const people = 'people: { ben: { approves: [], via: [terminal] } }\n'
  const agents = 'agents: { donna: { path: workspaces/donna }, jarvis: { path: gone } }\n'
  const page = mcosYaml.replace('to: founders', 'to: ben')
  const scene = openScene({at: now(), files: {...WELL, 'mcos.yaml': `${page}${engines}${people}${agents}`}})
  expect(await ills(scene)).toEqual(
    expect.arrayContaining(['agents fail', 'secrets fail', 'tokens warn', 'page fail', 'budgets warn']),
  )
})

test('two who report to each other, and looks beyond the contract, are told', async () => {
  const scene = openScene({
    at: now(),
    files: {
      ...WELL,
      'workspaces/jarvis/SOUL.md': '---\nreports_to: donna\ncontract: {}\n---\n',
      'workspaces/donna/HEARTBEAT.md':
        '## Every heartbeat\n`files ../../wiki/**` `git /usr` `git ../gone` `files ../../../x`\n',
      'workspaces/donna/MEMORY.md': '- x\n'.repeat(70_000),
    },
  })
  const {checks} = await doctor(scene)
  expect(await ills(scene)).toEqual(expect.arrayContaining(['reports-to fail', 'reach fail', 'sizes fail']))
  expect(checks.find(({id}) => id === 'reach')?.detail.split('\n')).toEqual([
    "workspaces/donna/HEARTBEAT.md:2: wiki/** is not among the contract's reads",
    "workspaces/donna/HEARTBEAT.md:2: git /usr lies outside the home and is not among the contract's repos",
    'workspaces/donna/HEARTBEAT.md:2: git ../gone: there is no such folder on this machine',
    'workspaces/donna/HEARTBEAT.md:2: files ../../../x leads out of the home',
  ])
})

test('what differs from the last commit, and what lies in .mcos, is told', async () => {
  const scene = await wellScene()
  const {write, dir} = scene
  write('mcos.yaml', 'version: 1\nname: northwind\n')
  write('workspaces/donna/SOUL.md', SOUL.replace('[message]', '[message, mail.send]'))
  rmSync(join(dir, 'workspaces/donna/HEARTBEAT.md'))
  writeFileSync(join(dir, '.git/MERGE_HEAD'), '')
  appendFileSync(join(dir, 'keys/donna.pub'), '\n')
  write('.mcos/STOP.donna', 'who: ada\n')
  write('.mcos/quarantine/beats-donna-x.json', '{')
  write('workspaces/donna/inbox/held/x.md', 'hello')
  write('.mcos/trust.json', '[')
  write('.mcos/beats/jarvis.json', '{}')
  expect(await ills(scene)).toEqual([
    'repository fail',
    'config-lost fail',
    'page warn',
    'contracts-committed warn',
    'files-lost fail',
    'keys-committed warn',
    'heartbeats warn',
    'trust fail',
    'mail-waiting warn',
    'stop warn',
    'set-aside warn',
    'files fail',
  ])
})

test('a broken mcos.yaml and a clock that was ahead are told, and the committed config stands in', async () => {
  const scene = await wellScene()
  scene.write('mcos.yaml', 'a: [\n')
  scene.clock.advance(-86_400_000)
  expect(await ills(scene)).toEqual(['config fail', 'clock fail'])
})

test('a vanished contract, agents that no cron wakes, and a foreign setting of git are told', async () => {
  const scene = await wellScene()
  scene.clock.advance(2 * 86_400_000)
  scene.write('workspaces/donna/SOUL.md', '# Donna\n')
  expect(await ills(scene)).toEqual(['contracts warn', 'contracts-committed fail', 'beats warn', 'schedule warn'])
  scene.git('config', 'strange.program', 'x')
  expect(await ills(scene)).toEqual(expect.arrayContaining(['git-config fail', 'leaks warn', 'beats warn']))
})

test('who may raise what no other agent confirms needs a person, who confirms at any level', async () => {
  const raiser = {'workspaces/donna/SOUL.md': SOUL.replace('[message]', '[message, alert.P3, alert.P2, alert.P1]')}
  const people = 'people: { ada: { approves: [all], via: ["terminal:ada"] } }\n'
  const told = async (files: Readonly<Record<string, string>>) => {
    const {checks} = await doctor(await wellScene(files))
    return checks.find(({id}) => id === 'confirmers')
  }
  expect(await told(raiser)).toMatchObject({status: 'warn', detail: expect.stringContaining('donna may raise P1')})
  expect(await told({...raiser, 'mcos.yaml': mcosYaml + people})).toMatchObject({status: 'pass'})
  const namesake = people.replaceAll('ada:', 'jarvis:')
  expect(await told({...raiser, 'mcos.yaml': mcosYaml + namesake})).toMatchObject({status: 'warn'})
})

test('an editor’s open file is no copy, by the clock of the fleet', async () => {
  const scene = await wellScene()
  scene.write('workspaces/donna/.SOUL.md.swp', 'b0VIM')
  expect(await ills(scene)).toEqual([])
  scene.clock.advance(25 * 3_600_000)
  expect(await ills(scene)).toContain('copies warn')
})

test('one token of two agents is told, and its value is not', async () => {
  const withKey = (soul: string) => soul.replace('contract:', 'keys: { claude: file:/etc/hostname }\ncontract:')
  const scene = await wellScene({
    'workspaces/donna/SOUL.md': withKey(SOUL).replace('file:/etc/hostname', 'env:PATH'),
    'workspaces/jarvis/SOUL.md': withKey(WELL['workspaces/jarvis/SOUL.md']).replace('file:/etc/hostname', 'env:PATH'),
  })
  const {checks} = await doctor(scene)
  expect(checks.find(({id}) => id === 'tokens')).toMatchObject({
    status: 'fail',
    detail: expect.stringContaining('donna and jarvis'),
  })
  expect(JSON.stringify(checks)).not.toContain(process.env['PATH'])
})

test('--fix makes the pairs that are missing, keeps what was there, and can be undone', async () => {
  const scene = await wellScene()
  const keys = join(scene.dir, '.mcos/keys')
  rmSync(join(keys, 'donna.key'))
  writeFileSync(join(keys, 'jarvis.key'), 'damaged')
  const fleet = (await opened(scene)).fleet
  const repairs = await planRepairs(fleet, await doctor(scene))
  expect(repairs.map(({what}) => what)).toEqual([
    'Make a key pair for donna: keys/donna.pub',
    'Make a key pair for jarvis: keys/jarvis.pub',
  ])
  const {backup, turn} = applyRepairs(fleet, repairs)
  expect(scene.read(`${backup}/.mcos/keys/jarvis.key`)).toBe('damaged')
  expect(await ills(scene)).toEqual([])
  expect(scene.read('keys/donna.pub').match(/BEGIN/g)).toHaveLength(2)
  expect(scene.git('log', '-1', '--format=%(trailers:key=Mcos-Turn,valueonly)').trim()).toBe(turn)
  expect(scene.git('status', '--porcelain')).toBe('')
  await scene.send('jarvis', 'I can sign again.', {from: 'donna'})
  expect((await scene.beatOne('jarvis')).state).not.toBe('failed')
  undo((await opened(scene)).fleet, {turns: [turn ?? ''], dryRun: false})
  expect(scene.read('keys/donna.pub').match(/BEGIN/g)).toHaveLength(1)
})

test('--fix publishes the key of a person again whose public half is gone', async () => {
  const scene = await wellScene()
  await scene.send('donna', 'By hand')
  const [name = ''] = readdirSync(join(scene.dir, '.mcos/keys')).filter((file) => !/^(?:donna|jarvis)\./.test(file))
  const file = `keys/${name.replace(/\.key$/, '.pub')}`
  const before = scene.read(file)
  rmSync(join(scene.dir, file))
  const {fleet} = await opened(scene)
  applyRepairs(fleet, await planRepairs(fleet, await doctor(scene)))
  expect(scene.read(file)).toBe(before)
})

test('--fix closes a key that others can read, and ignores .mcos/', async () => {
  const scene = await wellScene()
  chmodSync(join(scene.dir, '.mcos/keys/donna.key'), 0o644)
  scene.write('.gitignore', 'node_modules')
  scene.git('add', '.gitignore')
  scene.git('commit', '-qm', 'By hand')
  expect(await ills(scene)).toEqual(['gitignore fail', 'keys fail'])
  const {fleet} = await opened(scene)
  applyRepairs(fleet, await planRepairs(fleet, await doctor(scene)))
  expect(await ills(scene)).toEqual([])
  expect(scene.read('.gitignore')).toBe('node_modules\n.mcos/\n')
})

test('--fix clears away what killed processes have left, and fsck is content', async () => {
  const scene = await wellScene()
  const temp = 'workspaces/donna/memory/.mcos-tmp-999999999-1abc'
  scene.write(temp, 'half')
  const holder = {id: ID, pid: 999999999, start: '1', boot: 'x', ns: 'x', host: 'elsewhere'}
  const lock = `.mcos/locks/donna.lock/${ID}.json`
  scene.write(lock, JSON.stringify({...holder, since: 0, leaseMs: 60_000, fence: 1}))
  for (const path of [temp, lock]) utimesSync(join(scene.dir, path), 1, 1)
  const [day = ''] = scene.list('.mcos/runs')
  const before = scene.read(`.mcos/runs/${day}`)
  appendFileSync(join(scene.dir, '.mcos/runs', day), before.slice(0, 50))
  scene.write(`.mcos/journal/${ID}.json`, 'torn')
  expect(await ills(scene)).toEqual(['journals warn', 'leftovers warn', 'receipts warn', 'dead fail'])
  const {fleet} = await opened(scene)
  const {backup, commit} = applyRepairs(fleet, await planRepairs(fleet, await doctor(scene)))
  expect(commit).toBeNull()
  expect(scene.read(`.mcos/runs/${day}`)).toBe(before)
  expect(scene.read(`${backup}/${temp}`)).toBe('half')
  expect(existsSync(join(scene.dir, temp))).toBe(false)
  expect(scene.list('.mcos/locks').filter((name) => name.endsWith('.lock'))).toEqual([])
  // A journal that nobody can read is kept aside for a person.
  expect(await ills(scene)).toEqual(['journals warn'])
  for (const name of readdirSync(join(scene.dir, '.mcos/journal/set-aside'))) {
    renameSync(join(scene.dir, '.mcos/journal/set-aside', name), join(scene.dir, '.mcos/looked-at'))
  }
  expect(checkIntegrity(await opened(scene)).problems).toEqual([])
})

test('a broken fleet is graded by how much of it fails', () => {
  const of = (...statuses: ('pass' | 'warn' | 'fail')[]) => gradeOf(statuses.map((status) => ({status})))
  expect(of('pass', 'pass')).toBe('A')
  expect(of('pass', 'warn')).toBe('B')
  expect(of('fail', 'warn')).toBe('C')
  expect(of('fail', 'fail')).toBe('D')
  expect(of('fail', 'fail', 'fail', 'fail')).toBe('F')
})
