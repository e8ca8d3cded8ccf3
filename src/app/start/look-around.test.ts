import {existsSync, mkdirSync, utimesSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {openRepository} from '../../../testing/repository-scene.js'
import {tempFolder} from '../../../testing/temp-folder.js'
import {detectSurroundings} from './detect-surroundings.js'
import {detectWorkspaces} from './detect-workspaces.js'
import {firstLook} from './first-look.js'
import {lookAtRepository} from './look-repository.js'
import {proposePlace} from './propose-place.js'

const now = Date.now()

function looking(home: string) {
  return {env: {PATH: process.env['PATH'], HOME: home}, signal: new AbortController().signal, now}
}

function maildir(dir: string, names: readonly string[] = []): void {
  for (const name of ['cur', 'new', 'tmp']) mkdirSync(join(dir, name), {recursive: true})
  for (const name of names) writeFileSync(join(dir, name), 'Subject: x\n\n')
}

test('what is left open in a repository is counted, and a touched file is none of it', async () => {
  const home = tempFolder()
  const app = openRepository(join(home, 'app'))
  const long = '2020-01-01T00:00:00Z'
  app.git('switch', '-q', '-c', 'old-idea')
  app.write('idea.txt', 'x\n')
  app.commit('An idea', long)
  app.git('switch', '-q', 'main')
  app.git('clone', '-q', '--bare', app.dir, join(home, 'remote.git'))
  app.git('remote', 'add', 'origin', join(home, 'remote.git'))
  app.git('fetch', '-q', 'origin')
  app.git('branch', '-q', '-u', 'origin/main')
  app.write('b.txt', 'two\n')
  app.commit('Go on')
  expect(await lookAtRepository(app.dir, looking(home))).toMatchObject({
    branch: 'main',
    edited: 0,
    untracked: 0,
    unpushed: [{branch: 'main', commits: 1}],
    stale: ['old-idea'],
  })
  utimesSync(join(app.dir, 'b.txt'), new Date(), new Date(2001, 1, 1))
  expect(await lookAtRepository(app.dir, looking(home))).toMatchObject({edited: 0})
  app.write('app.txt', 'ONE\n')
  app.write('new/deep.txt', 'x\n')
  app.write('staged.txt', 'x\n')
  app.git('add', 'staged.txt')
  const facts = await firstLook({repositories: [app.dir], maildirs: []}, looking(home))
  expect(facts[0]).toEqual({
    about: '~/app (main)',
    text: '2 edited files not committed, 1 new file that git does not know, 1 commit of main not pushed, 1 unmerged branch older than a month (old-idea); last commit today',
    open: true,
  })
  expect(facts.at(-1)).toMatchObject({about: '/', text: expect.stringMatching(/^the disk is \d+ % full$/)})
})

test('a repository without commits and a folder that is none are told for what they are', async () => {
  const home = tempFolder()
  const app = openRepository(join(home, 'app'))
  app.git('update-ref', '-d', 'HEAD')
  expect(await lookAtRepository(app.dir, looking(home))).toMatchObject({branch: 'main', committed: null})
  mkdirSync(join(home, 'none'))
  expect(await lookAtRepository(join(home, 'none'), looking(home))).toBeNull()
})

test('nothing that a repository names is run by looking at it', async () => {
  const home = tempFolder()
  const app = openRepository(join(home, 'app'))
  const ran = join(home, 'ran')
  app.write('.gitattributes', '* filter=trap\n')
  app.commit('Trap')
  for (const key of ['filter.trap.clean', 'filter.trap.process', 'core.fsmonitor', 'diff.external'])
    app.git('config', key, `touch '${ran}'; cat`)
  app.write('app.txt', 'ONE\n')
  expect(await lookAtRepository(app.dir, looking(home))).toMatchObject({edited: 1})
  expect(existsSync(ran)).toBe(false)
})

test('the repository one stands in comes first, its neighbours follow, and mail is found where it usually lies', () => {
  const home = tempFolder()
  const app = openRepository(join(home, 'code/app'))
  openRepository(join(home, 'code/lib'))
  mkdirSync(join(home, 'code/notes'))
  mkdirSync(join(app.dir, 'src'))
  maildir(join(home, 'Maildir'))
  maildir(join(home, 'Mail/work/INBOX'))
  mkdirSync(join(home, 'Mail/drafts'))
  expect(detectSurroundings({cwd: join(app.dir, 'src'), env: {HOME: home}})).toEqual({
    repositories: [app.dir, join(home, 'code/lib')],
    maildirs: [join(home, 'Maildir'), join(home, 'Mail/work/INBOX')],
  })
})

test('beside an empty folder the projects there are found, and no other fleet', () => {
  const home = tempFolder()
  const app = openRepository(join(home, 'code/app'))
  openRepository(join(home, 'code/old-fleet')).write('mcos.yaml', 'version: 1\n')
  mkdirSync(join(home, 'code/fleet'))
  expect(detectSurroundings({cwd: join(home, 'code/fleet'), env: {HOME: home}}).repositories).toEqual([app.dir])
  expect(detectSurroundings({cwd: join(home, 'code'), env: {HOME: join(home, 'ada')}}).repositories).toEqual([app.dir])
})

test('a folder that has a .git which git cannot read is no repository to watch', () => {
  const home = tempFolder()
  mkdirSync(join(home, 'tmp/.git/objects'), {recursive: true})
  mkdirSync(join(home, 'tmp/here'))
  expect(detectSurroundings({cwd: join(home, 'tmp/here'), env: {HOME: home}}).repositories).toEqual([])
})

test('unread mail is what lies in new, and in cur without its mark', async () => {
  const home = tempFolder()
  maildir(join(home, 'Maildir'), ['new/1', 'cur/2:2,S', 'cur/3:2,F'])
  const [fact] = await firstLook({repositories: [], maildirs: [join(home, 'Maildir')]}, looking(home))
  expect(fact).toEqual({about: '~/Maildir', text: '2 unread mails', open: true})
})

test('a workspace is known by its soul, not by an AGENTS.md that code has as well', () => {
  const home = tempFolder()
  mkdirSync(join(home, '.openclaw/workspace'), {recursive: true})
  mkdirSync(join(home, 'code'))
  writeFileSync(join(home, '.openclaw/workspace/SOUL.md'), '# Clawd\n')
  writeFileSync(join(home, 'code/AGENTS.md'), 'npm test\n')
  const here = {cwd: join(home, 'code'), env: {HOME: home}}
  expect(detectWorkspaces(here)).toEqual([join(home, '.openclaw/workspace')])
  expect(detectWorkspaces({...here, cwd: join(home, '.openclaw/workspace')})).toHaveLength(1)
})

test('a fleet is proposed here where this is empty, beside a repository, and otherwise in a folder of its own', () => {
  const home = tempFolder()
  const env = {HOME: home}
  const app = openRepository(join(home, 'app'))
  mkdirSync(join(home, 'empty'))
  expect(proposePlace({cwd: join(home, 'empty'), env})).toBe(join(home, 'empty'))
  expect(proposePlace({cwd: app.dir, env})).toBe(join(home, 'app-fleet'))
  expect(proposePlace({cwd: home, env})).toBe(join(home, 'my-fleet'))
  mkdirSync(join(home, 'my-fleet'))
  expect(proposePlace({cwd: home, env})).toBe(join(home, 'my-fleet-2'))
})

test('a repository whose index knows no sizes, as after a commit of mcos, is looked at file by file', async () => {
  const home = tempFolder()
  const app = openRepository(join(home, 'app'))
  app.write('a.txt', 'one\n')
  app.commit('Begin')
  const [line = ''] = app.git('ls-files', '--stage', 'a.txt').split('\n')
  const [mode, oid] = line.split(' ')
  app.git('update-index', '--cacheinfo', `${mode},${oid},a.txt`)
  expect(app.git('diff-files', '--name-only')).toContain('a.txt')
  expect(await lookAtRepository(app.dir, looking(home))).toMatchObject({edited: 0})
  app.write('a.txt', 'two\n')
  expect(await lookAtRepository(app.dir, looking(home))).toMatchObject({edited: 1})
})
