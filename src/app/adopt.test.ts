import {execFileSync} from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {cleanEnv} from '../../testing/built-mcos.js'
import {tempFolder} from '../../testing/temp-folder.js'
import {isUserError} from '../kit/errors.js'
import {presentAdopted} from '../present/adopt.js'
import {approveAdoption} from './adopt/approve-adoption.js'
import {type AdoptWish, adopt} from './adopt.js'
import {commitEdits} from './commit.js'
import {openFleet} from './fleet.js'
import {initFleet} from './init.js'

/** Put together at run time, so that no scanner takes this file for a leak. */
const TOKEN = `ghp_${'a1B2'.repeat(9)}`

const FILES: Readonly<Record<string, string | Buffer>> = {
  'SOUL.md': '# Soul\r\nYou are Clawd.',
  'IDENTITY.md': '- **Name:** Clawd\n',
  'USER.md': Buffer.from('Ol\xe1, n\xe3o sou UTF-8\0\x1b[31m', 'latin1'),
  'AGENTS.md': '# AGENTS\n\nSync with `git -C ~/projects/site pull`.\n',
  'BOOTSTRAP.md': '',
  'HEARTBEAT.md': [
    '# HEARTBEAT.md',
    '## Email (every 4 hours)',
    'Check `himalaya envelope list`, tell me on Telegram.',
    '## 健康检查（每2小时）',
    '`http https://app.example.com/health`; if not, `recover: systemctl --user restart app`',
    '## Disk',
    '`disk / < 99%`',
    '## Daily Revenue Targets',
    'Think.',
    '## Rules',
    '- HEARTBEAT_OK',
  ].join('\n'),
  'TOOLS.md': `# Tools\n\nthe token is ${TOKEN}\n`,
  'memory/2026-01-01.md': '# a day\n',
  'memory/heartbeat-state.json': '{"lastChecks":{"email":1770000000}}',
  'memory/Zürich notes.md': 'x',
  'skills/pdf/SKILL.md': 'skill',
}

const LEFT: Readonly<Record<string, string>> = {
  '.env': 'KEY=1',
  'SOUL.md.bak': 'old',
  'backup/SOUL.md': 'older',
  'node_modules/x/index.js': '',
  'skills/pdf/HEARTBEAT.md': '## Every hour',
  'sub/.git/HEAD': 'ref: refs/heads/main\n',
  'sub/README.md': 'another repository',
}

function makeWorkspace(dir: string): string {
  for (const [file, content] of Object.entries({...FILES, ...LEFT})) {
    mkdirSync(join(dir, file, '..'), {recursive: true})
    writeFileSync(join(dir, file), content)
  }
  chmodSync(join(dir, 'HEARTBEAT.md'), 0o755)
  symlinkSync('/etc/passwd', join(dir, 'memory/link.md'))
  symlinkSync('/nowhere', join(dir, 'skills/gone'))
  writeFileSync(join(dir, 'large.bin'), Buffer.alloc(3_200_000))
  return dir
}

async function makePlace() {
  const cwd = tempFolder()
  const around = {cwd, env: cleanEnv(cwd)}
  const {home} = await initFleet({dir: join(cwd, 'fleet'), template: 'solo', person: 'ada'}, around)
  const source = makeWorkspace(join(cwd, 'clawd/workspace'))
  const run = (wish: Partial<AdoptWish> = {}) =>
    adopt({dir: source, mode: 'copy', dryRun: false, home, ...wish}, around)
  const git = (...args: string[]) => execFileSync('git', args, {cwd: home, env: cleanEnv(cwd), encoding: 'utf8'})
  return {cwd, around, home, source, run, git, open: () => openFleet({home, ...around})}
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    if (isUserError(error)) return error.code
    throw error
  }
  return 'done'
}

test('a copy is the same byte for byte, in one commit, and what stays behind is listed', async () => {
  const {run, home, git} = await makePlace()
  const adopted = await run()
  const to = join(home, 'workspaces/clawd')
  for (const [file, content] of Object.entries(FILES)) {
    expect(readFileSync(join(to, file)).equals(Buffer.from(content)), file).toBe(true)
  }
  expect(statSync(join(to, 'HEARTBEAT.md')).mode & 0o111).not.toBe(0)
  expect(adopted).toMatchObject({agent: 'clawd', path: 'workspaces/clawd', files: Object.keys(FILES).length})
  expect(Object.fromEntries(adopted.left_out.map(({path, reason}) => [path, reason]))).toEqual({
    '.env': 'secrets file',
    'SOUL.md.bak': 'backup',
    backup: 'backup',
    'large.bin': 'large binary',
    'memory/link.md': 'link',
    node_modules: 'dependencies',
    'skills/gone': 'link',
    'skills/pdf/HEARTBEAT.md': 'second heartbeat',
    sub: 'repository',
  })
  expect(git('log', '--format=%s')).toBe('Adopt clawd\nBegin the fleet fleet\n')
  expect(
    execFileSync('git', ['show', 'HEAD:workspaces/clawd/USER.md'], {cwd: home}).equals(FILES['USER.md'] as Buffer),
  ).toBe(true)
  expect(readdirSync(join(home, 'workspaces')).sort()).toEqual(['clawd', 'main'])
})

test('a file with a token is on disk and in no commit, and the token is nowhere else', async () => {
  const {run, git, home} = await makePlace()
  const adopted = await run()
  expect(adopted.secrets).toEqual([{file: 'TOOLS.md', line: 3, kind: 'GitHub token', commit: null}])
  expect(git('status', '--porcelain')).toBe('?? workspaces/clawd/TOOLS.md\n')
  expect(git('log', '-p', '--all')).not.toContain(TOKEN)
  expect(readFileSync(join(home, 'workspaces/clawd/ADOPTED.md'), 'utf8')).not.toContain(TOKEN)
  expect(JSON.stringify(adopted)).not.toContain(TOKEN)
})

test('every check is either performed or listed with the one thing it lacks', async () => {
  const {run} = await makePlace()
  const {checks} = await run({dryRun: true})
  expect(checks.map(({title, by, lacks}) => [title, by, ...lacks.map(({kind, value}) => `${kind} ${value}`)])).toEqual([
    ['Email', 'engine', 'engine judgement waits until one is set'],
    ['健康检查', 'code', 'host app.example.com', 'trust recover: systemctl --user restart app'],
    ['Disk', 'code'],
    ['Daily Revenue Targets', 'engine', 'engine judgement waits until one is set'],
    ['Rules', 'nobody'],
  ])
})

test('a dry run changes nothing anywhere', async () => {
  const {run, git, home} = await makePlace()
  const before = git('rev-parse', 'HEAD')
  const adopted = await run({dryRun: true})
  expect(adopted).toMatchObject({dry_run: true, commit: null, agent: 'clawd'})
  expect(git('rev-parse', 'HEAD')).toBe(before)
  expect(git('status', '--porcelain')).toBe('')
  expect(readdirSync(join(home, 'workspaces'))).toEqual(['main'])
  expect(existsSync(join(home, '.mcos/keys/clawd.key'))).toBe(false)
})

test('a move removes exactly what arrived', async () => {
  const {run, source, git} = await makePlace()
  expect(await run({mode: 'move'})).toMatchObject({mode: 'move', stayed: 0})
  expect(readdirSync(source).sort()).toEqual([
    '.env',
    'SOUL.md.bak',
    'backup',
    'large.bin',
    'memory',
    'node_modules',
    'skills',
    'sub',
  ])
  expect(readdirSync(join(source, 'memory'))).toEqual(['link.md'])
  expect(existsSync(join(source, 'sub/.git/HEAD'))).toBe(true)
  expect(git('status', '--porcelain')).toBe('?? workspaces/clawd/TOOLS.md\n')
})

test('in place, a folder with a history keeps it and gains one commit', async () => {
  const {source, around} = await makePlace()
  const git = (...args: string[]) => execFileSync('git', args, {cwd: source, env: cleanEnv(source), encoding: 'utf8'})
  git('init', '-q')
  git('add', 'SOUL.md', 'HEARTBEAT.md')
  git('-c', 'user.name=Ada', '-c', 'user.email=a@b.c', 'commit', '-qm', 'My own history')
  const adopted = await adopt({dir: '.', mode: 'in-place', dryRun: false}, {...around, cwd: source})
  expect(adopted).toMatchObject({agent: 'clawd', path: '.', home: source})
  expect(git('log', '--format=%s')).toBe('Adopt clawd in place\nMy own history\n')
  expect(readFileSync(join(source, 'mcos.yaml'), 'utf8')).toContain('\nagents:\n  clawd: { path: . }\n')
  expect(readFileSync(join(source, 'USER.md')).equals(FILES['USER.md'] as Buffer)).toBe(true)
  expect((await openFleet({cwd: source, env: cleanEnv(source)})).home.config.agents).toEqual({clawd: {path: '.'}})
})

test('in place, a token that the history holds is told with its commit, also where the files have it no more', async () => {
  const {source, around} = await makePlace()
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=a@b.c', ...args], {
      cwd: source,
      env: cleanEnv(source),
      encoding: 'utf8',
    })
  const gone = `glpat-${'a1B2'.repeat(5)}`
  git('init', '-q')
  git('add', 'SOUL.md', 'TOOLS.md')
  git('commit', '-qm', 'With a token')
  const first = git('rev-parse', 'HEAD').trim()
  writeFileSync(join(source, 'USER.md'), `one\n${gone}\n`)
  git('add', 'USER.md')
  git('commit', '-qm', 'With another')
  const second = git('rev-parse', 'HEAD').trim()
  writeFileSync(join(source, 'USER.md'), 'clean\n')
  git('commit', '-qam', 'Without it')
  const adopted = await adopt({dir: '.', mode: 'in-place', dryRun: false}, {...around, cwd: source})
  expect(adopted.secrets).toEqual([
    {file: 'TOOLS.md', line: 3, kind: 'GitHub token', commit: first},
    {file: 'USER.md', line: 2, kind: 'GitLab token', commit: second},
  ])
  const told = presentAdopted(adopted) + readFileSync(join(source, 'ADOPTED.md'), 'utf8')
  expect(told).toContain(`TOOLS.md:3: GitHub token, since commit ${first.slice(0, 10)}`)
  expect(told).not.toContain('is on disk and not committed')
  for (const secret of [TOKEN, gone]) expect(told + JSON.stringify(adopted)).not.toContain(secret)
})

test('in place, a folder without a history begins one with what was in it', async () => {
  const {source, around} = await makePlace()
  await adopt({dir: source, mode: 'in-place', dryRun: false, name: 'clawd'}, around)
  const git = (...args: string[]) => execFileSync('git', args, {cwd: source, env: cleanEnv(source), encoding: 'utf8'})
  expect(git('log', '--format=%s')).toBe('Adopt clawd in place\nKeep clawd as it was before its adoption\n')
  const first = git('ls-tree', '-r', '--name-only', '-z', 'HEAD~1').split('\0').filter(Boolean)
  expect(first.sort()).toEqual(
    Object.keys(FILES)
      .filter((file) => file !== 'TOOLS.md')
      .sort(),
  )
})

test('nothing is granted until it is ticked, and then exactly that', async () => {
  const {run, home, git, open} = await makePlace()
  await run()
  const page = join(home, 'workspaces/clawd/ADOPTED.md')
  expect((await approveAdoption(await open(), {name: 'clawd', isSure: true})).granted).toEqual([])
  const text = readFileSync(page, 'utf8')
  expect(text).toContain('- [ ] host: `app.example.com`  (HEARTBEAT.md:5)')
  expect(text).toContain('- [ ] command: `git -C ~/projects/site pull`  (AGENTS.md:3)')
  writeFileSync(page, text.replace('- [ ] host: `app', '- [x] host: `app'))
  expect(await approveAdoption(await open(), {name: 'clawd', isSure: false})).toMatchObject({
    written: false,
    commit: null,
  })
  const approved = await approveAdoption(await open(), {name: 'clawd', isSure: true})
  expect(approved).toMatchObject({granted: [{kind: 'host', value: 'app.example.com'}], written: true})
  const soul = readFileSync(join(home, 'workspaces/clawd/SOUL.md'), 'utf8')
  expect(soul).toContain('  hosts: [app.example.com]\n  commands: []\n')
  expect(soul.endsWith('---\n# Soul\r\nYou are Clawd.')).toBe(true)
  expect(git('status', '--porcelain')).toBe('?? workspaces/clawd/TOOLS.md\n')
})

test('a contract that somebody else wrote waits for a person before it counts', async () => {
  const {run, source, git, open, home} = await makePlace()
  writeFileSync(join(source, 'SOUL.md'), '---\ncontract:\n  hosts: [evil.example]\n  may: [shell]\n---\n# Clawd\n')
  const adopted = await run()
  expect(adopted.warnings[0]).toContain('SOUL.md brings a contract of its own')
  expect(git('ls-tree', '-r', '--name-only', 'HEAD')).not.toContain('clawd/SOUL.md')
  const fleet = await open()
  const request = {paths: ['workspaces/clawd/SOUL.md'], message: null, cwd: home, allowsSecrets: false}
  expect((await commitEdits(fleet, request)).files).toHaveLength(1)
})

test('a folder that can not be adopted is refused and nothing is changed', async () => {
  const {run, cwd, home, source, git} = await makePlace()
  expect(await codeOf(run({dir: join(cwd, 'clawd')}))).toBe('NOT_A_WORKSPACE')
  expect(await codeOf(run({dir: join(cwd, 'nowhere')}))).toBe('NO_FOLDER')
  expect(await codeOf(run({dir: join(home, 'workspaces/main')}))).toBe('INSIDE_HOME')
  expect(await codeOf(run({name: '../x'}))).toBe('BAD_NAME')
  expect(await codeOf(run({name: 'main'}))).toBe('NAME_TAKEN')
  mkdirSync(join(source, '..', 'other'))
  writeFileSync(join(source, '..', 'other', 'mcos.yaml'), 'version: 1\n')
  writeFileSync(join(source, '..', 'other', 'SOUL.md'), '')
  expect(await codeOf(run({dir: join(source, '..', 'other'), mode: 'in-place'}))).toBe('FLEET_EXISTS')
  expect(git('status', '--porcelain')).toBe('')
  expect(readdirSync(join(home, 'workspaces'))).toEqual(['main'])
})

test('what a run that was cut short had staged is cleared by the next one', async () => {
  const {run, home, git} = await makePlace()
  mkdirSync(join(home, 'workspaces/.adopting-clawd/old'), {recursive: true})
  writeFileSync(join(home, 'workspaces/.adopting-clawd/old/half.md'), 'half')
  await run()
  expect(readdirSync(join(home, 'workspaces')).sort()).toEqual(['clawd', 'main'])
  expect(git('ls-files')).not.toContain('half.md')
})
