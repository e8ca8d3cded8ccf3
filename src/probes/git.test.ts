import {execFileSync} from 'node:child_process'
import {chmodSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {probeCall, probeContext} from '../../testing/probe-context.js'
import {tempFolder} from '../../testing/temp-folder.js'
import {compareReading} from './compare.js'
import {gitProbe} from './git.js'
import type {ProbeContext, Reading} from './probe.js'

function git(dir: string, ...args: string[]): string {
  return execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@x.example', ...args], {
    cwd: dir,
    encoding: 'utf8',
  })
}

function repository(dir: string): string {
  mkdirSync(dir, {recursive: true})
  git(dir, 'init', '-q', '-b', 'main')
  return dir
}

function commit(dir: string, ...message: string[]): void {
  git(dir, 'commit', '-q', '--allow-empty', ...message.flatMap((part) => ['-m', part]))
}

async function look(context: ProbeContext, path: string, previous: Reading | null = null): Promise<Reading> {
  return gitProbe.read(probeCall(`git ${path}`), {...context, previous: previous?.fingerprint ?? null})
}

function status(previous: Reading | null, reading: Reading): string {
  return compareReading(previous, reading, gitProbe.baseline).status
}

test('new commits are counted and the newest is named', async () => {
  const context = probeContext()
  const app = repository(join(context.home.dir, 'workspaces/donna/app'))
  commit(app, 'Begin')
  const first = await look(context, 'app')
  expect(status(null, first)).toBe('same')
  expect(first.detail).toMatch(/^now main at [0-9a-f]{7}$/)
  expect(await look(context, 'app', first)).toMatchObject({fingerprint: first.fingerprint, items: []})
  commit(app, 'Add a door')
  commit(app, 'Paint it')
  const second = await look(context, 'app', first)
  expect(second.detail).toMatch(/^2 new commits on main since [0-9a-f]{7}: Paint it$/)
  expect(second.items).toEqual(['Paint it', 'Add a door'])
  expect(status(first, second)).toBe('changed')
})

test('an edited working tree is no news, another branch and a rewritten history are', async () => {
  const context = probeContext()
  const app = repository(join(context.home.dir, 'workspaces/donna/app'))
  commit(app, 'Begin')
  commit(app, 'Go on')
  const first = await look(context, 'app')
  writeFileSync(join(app, 'new.txt'), 'x')
  expect(status(first, await look(context, 'app', first))).toBe('same')
  git(app, 'switch', '-q', '-c', 'side')
  const second = await look(context, 'app', first)
  expect(status(first, second)).toBe('changed')
  expect(second.detail).toMatch(/^now side at/)
  git(app, 'reset', '-q', '--hard', 'HEAD~1')
  git(app, 'reflog', 'expire', '--expire=now', '--all')
  git(app, 'branch', '-q', '-D', 'main')
  git(app, 'gc', '-q', '--prune=now')
  const third = await look(context, 'app', second)
  expect([third.level, status(second, third)]).toEqual(['ok', 'changed'])
})

test('a repository without commits is a baseline, its first commit news', async () => {
  const context = probeContext()
  const app = repository(join(context.home.dir, 'workspaces/donna/app'))
  const first = await look(context, 'app')
  expect([first.detail, status(null, first)]).toEqual(['app has no commits yet', 'same'])
  commit(app, 'Begin')
  expect(status(first, await look(context, 'app', first))).toBe('changed')
})

test('places outside the home need the contract, which may name them in any spelling', async () => {
  const outside = tempFolder()
  const app = repository(join(outside, 'field-app'))
  commit(app, 'Begin')
  const closed = probeContext()
  expect((await look(closed, app)).detail).toBe(
    `git ${app} lies outside the home and is not among the contract's repos: add it to workspaces/donna/SOUL.md, then mcos commit`,
  )
  for (const repos of [[app], [`${app}/`], [join(outside, 'x/../field-app')], ['~/field-app']]) {
    const context = probeContext({repos}, {env: {...process.env, HOME: outside}})
    expect((await look(context, app)).level).toBe('ok')
    expect((await look(context, '~/field-app')).level).toBe('ok')
  }
  expect((await look(probeContext({repos: [outside]}), app)).level).toBe('failed')
})

test('a folder inside the home that only points elsewhere opens nothing', async () => {
  const secret = repository(join(tempFolder(), 'secret'))
  commit(secret, 'The plan')
  const context = probeContext()
  const own = join(context.home.dir, 'workspaces/donna')
  symlinkSync(secret, join(own, 'linked'))
  mkdirSync(join(own, 'pointer'))
  writeFileSync(join(own, 'pointer/.git'), `gitdir: ${secret}/.git\n`)
  mkdirSync(join(own, 'link'))
  symlinkSync(join(secret, '.git'), join(own, 'link/.git'))
  repository(join(own, 'common'))
  writeFileSync(join(own, 'common/.git/commondir'), `${secret}/.git\n`)
  for (const path of ['linked', 'pointer', 'link', 'common']) {
    const reading = await look(context, path)
    expect([path, reading.level]).toEqual([path, 'failed'])
    expect(JSON.stringify(reading)).not.toContain('The plan')
  }
})

test('a worktree of a listed repository is followed', async () => {
  const app = repository(join(tempFolder(), 'app'))
  commit(app, 'Begin')
  const context = probeContext({repos: [app]})
  const tree = join(context.home.dir, 'workspaces/donna/tree')
  git(app, 'worktree', 'add', '-q', '-b', 'side', tree)
  expect(await look(context, 'tree')).toMatchObject({level: 'ok', detail: expect.stringMatching(/^now side at/)})
})

test('nothing that a repository names is run', async () => {
  const context = probeContext()
  const app = repository(join(context.home.dir, 'workspaces/donna/app'))
  const trap = join(tempFolder(), 'trap.sh')
  const ran = join(context.home.dir, 'ran')
  writeFileSync(trap, `#!/bin/sh\necho "$@" >> '${ran}'\n`)
  chmodSync(trap, 0o755)
  writeFileSync(join(app, 'a.txt'), 'x')
  writeFileSync(join(app, '.gitattributes'), '* filter=trap diff=trap merge=trap\n')
  git(app, 'add', '.')
  commit(app, 'Begin')
  const first = await look(context, 'app')
  commit(app, 'Go on')
  const planted = [
    'core.fsmonitor',
    'core.pager',
    'core.editor',
    'core.sshCommand',
    'core.askPass',
    'core.gitProxy',
    'core.alternateRefsCommand',
    'filter.trap.clean',
    'filter.trap.smudge',
    'filter.trap.process',
    'diff.external',
    'diff.trap.command',
    'diff.trap.textconv',
    'gpg.program',
    'pager.log',
    'pager.rev-list',
    'alias.rev-list',
    'credential.helper',
    'remote.origin.uploadpack',
  ]
  for (const key of planted) git(app, 'config', key, trap)
  git(app, 'config', 'core.hooksPath', join(trap, '..'))
  git(app, 'config', 'log.showSignature', 'true')
  git(app, 'config', 'remote.origin.url', `ext::${trap}`)
  git(app, 'config', 'remote.origin.promisor', 'true')
  git(app, 'config', 'extensions.partialClone', 'origin')
  git(app, 'config', 'protocol.ext.allow', 'always')
  writeFileSync(join(app, 'a.txt'), 'y')
  rmSync(ran, {force: true})
  expect((await look(context, 'app', first)).detail).toMatch(/^1 new commit on main/)
  // A missing object would be fetched from the promised remote, by any program it names.
  const tree = git(app, 'rev-parse', 'HEAD').trim()
  rmSync(join(app, '.git/objects', tree.slice(0, 2), tree.slice(2)))
  expect((await look(context, 'app', first)).level).not.toBe('alert')
  expect(existsSync(ran)).toBe(false)
})

test('in the fleet\u2019s own repository, turns of agents are no news', async () => {
  const context = probeContext()
  const home = repository(context.home.dir)
  commit(home, 'Begin')
  const first = await look(context, '../..')
  commit(home, 'Beat', 'Mcos-Turn: t_01J')
  expect(status(first, await look(context, '../..', first))).toBe('same')
  commit(home, 'Change a contract')
  const second = await look(context, '../..', first)
  expect(second.detail).toMatch(/^1 new commit on main since .*: Change a contract$/)
  expect((await look(context, '.')).detail).toBe('git .: it is not a git repository')
})

test.each([
  ['', 'git needs a folder'],
  ['nowhere', 'there is no such folder'],
  ['HEARTBEAT.md', 'git HEARTBEAT.md'],
])('"%s" is a failure', async (path, detail) => {
  const context = probeContext()
  writeFileSync(join(context.home.dir, 'workspaces/donna/HEARTBEAT.md'), '')
  const reading = await look(context, path)
  expect(reading.level).toBe('failed')
  expect(reading.detail).toContain(detail)
})
