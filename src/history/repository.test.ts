import {execFileSync} from 'node:child_process'
import {chownSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync} from 'node:fs'
import {hostname, tmpdir} from 'node:os'
import path from 'node:path'
import {afterEach, expect, test, vi} from 'vitest'
import {checkHistory} from './check-history.js'
import {isCollectionDue, maybeCollect} from './collect.js'
import {commitChangeSets} from './commit-change-sets.js'
import {initRepository} from './init.js'
import {personIdentity} from './person.js'
import {readHead} from './read-head.js'
import {findRepository, isInRepository} from './repository.js'
import {repositoryState} from './repository-state.js'
import {appendTo, changeSet, clock, LOG, makeScratch, type Scratch} from './scratch.js'

const made: {remove(): void}[] = []
afterEach(() => {
  for (const one of made.splice(0)) one.remove()
})

function scratch(options?: Parameters<typeof makeScratch>[0]): Scratch {
  const fleet = makeScratch(options)
  made.push(fleet)
  return fleet
}

function emptyFolder(): string {
  const dir = realpathSync(mkdtempSync(path.join(tmpdir(), 'mcos-empty-')))
  made.push({remove: () => rmSync(dir, {recursive: true, force: true})})
  return dir
}

test('a new repository is on branch main, has no hooks, and is not made twice', () => {
  const dir = path.join(emptyFolder(), 'fleet')
  expect(initRepository(dir).isNew).toBe(true)
  expect(repositoryState(dir)).toEqual({busyWith: null, branch: 'refs/heads/main', head: null})
  expect(initRepository(path.join(dir, 'inner'))).toMatchObject({
    isNew: false,
    repository: {root: dir, prefix: 'inner/'},
  })
  expect(execFileSync('find', [path.join(dir, '.git'), '-path', '*hooks*'], {encoding: 'utf8'})).toBe('')
})

test('the state is read without a git process: branch, commit, what is under way', () => {
  const fleet = scratch()
  const head = fleet.git('rev-parse', 'HEAD').trim()
  expect(repositoryState(fleet.home)).toEqual({busyWith: null, branch: 'refs/heads/main', head})
  fleet.git('switch', '-q', '-c', 'feature/x')
  fleet.git('pack-refs', '--all')
  expect(repositoryState(fleet.home)).toEqual({busyWith: null, branch: 'refs/heads/feature/x', head})
  fleet.put('mcos.yaml', 'a\n')
  fleet.git('commit', '-qam', 'a')
  fleet.git('switch', '-q', 'main')
  fleet.put('mcos.yaml', 'b\n')
  fleet.git('commit', '-qam', 'b')
  expect(() => fleet.git('merge', 'feature/x')).toThrow()
  expect(repositoryState(fleet.home).busyWith).toBe('a merge')
  fleet.git('merge', '--abort')
  expect(() => fleet.git('rebase', 'feature/x')).toThrow()
  expect(repositoryState(fleet.home)).toMatchObject({busyWith: 'a rebase', branch: null})
})

test('a submodule and a work tree elsewhere are found by their files', () => {
  const fleet = scratch()
  const side = path.join(emptyFolder(), 'side')
  fleet.git('worktree', 'add', '-q', side)
  expect(findRepository(side)).toMatchObject({root: side, commonDir: path.join(fleet.root, '.git'), prefix: ''})
  const outer = scratch()
  outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', fleet.root, 'sub')
  const sub = path.join(outer.root, 'sub')
  expect(findRepository(sub)).toMatchObject({root: sub, gitDir: path.join(outer.root, '.git/modules/sub')})
  expect(commitChangeSets(sub, [changeSet([appendTo(LOG, '- x\n')])], {clock})[0]?.commit).not.toBe(null)
})

test("another user's repository is refused unless the person trusts it, as git does", () => {
  if (process.getuid?.() !== 0) return
  const fleet = scratch()
  chownSync(fleet.root, 12345, 12345)
  chownSync(path.join(fleet.root, '.git'), 12345, 12345)
  const commit = () => commitChangeSets(fleet.home, [changeSet([appendTo(LOG, '- x\n')])], {clock})
  expect(commit).toThrow(expect.objectContaining({code: 'GIT_OWNER'}))
  const settings = path.join(emptyFolder(), 'settings')
  writeFileSync(settings, `[safe]\n\tdirectory = ${fleet.root}\n`)
  vi.stubEnv('GIT_CONFIG_GLOBAL', settings)
  expect(commit()[0]?.commit).not.toBe(null)
  vi.unstubAllEnvs()
})

test('a folder in no repository, and one whose .git is damaged', () => {
  const dir = emptyFolder()
  expect(isInRepository(dir)).toBe(false)
  mkdirSync(path.join(dir, '.git'))
  expect(() => findRepository(dir)).toThrow(expect.objectContaining({code: 'NOT_A_REPOSITORY'}))
})

test('committed content is read whatever lies on the disk', () => {
  const fleet = scratch({prefix: 'a b'})
  fleet.put(LOG, 'changed\n')
  const found = readHead(fleet.home, [LOG, 'gone.md', 'workspaces'])
  expect([...found.values()].map((content) => content?.toString() ?? null)).toEqual(['# 2026-11-21\n', null, null])
  expect(readHead(scratch({commit: false}).home, [LOG]).get(LOG)).toBe(null)
})

test('a person without a git identity gets one from the machine', () => {
  const dir = emptyFolder()
  expect(personIdentity(dir, {USER: 'ada', GIT_CONFIG_GLOBAL: '/dev/null'})).toEqual({
    name: 'ada',
    email: `ada@${hostname()}`,
  })
  writeFileSync(path.join(dir, '.gitconfig'), '[user]\n\tname = Ada Lovelace\n\temail = ada@x\n')
  expect(personIdentity(dir, {HOME: dir})).toEqual({name: 'Ada Lovelace', email: 'ada@x'})
  expect(personIdentity(dir, {HOME: dir, GIT_AUTHOR_NAME: 'A.'})).toMatchObject({name: 'A.'})
})

test('loose objects are packed past the threshold, and only then', () => {
  const fleet = scratch()
  expect(maybeCollect(fleet.home, {clock})).toBe('not-needed')
  for (let round = 0; round < 8; round++) {
    commitChangeSets(
      fleet.home,
      Array.from({length: 4}, (_, index) => changeSet([appendTo(LOG, `- ${round} ${index}\n`)])),
      {clock},
    )
  }
  fleet.git('config', 'gc.auto', '1')
  while (!isCollectionDue(findRepository(fleet.home))) {
    commitChangeSets(fleet.home, [changeSet([appendTo(LOG, '- more\n')])], {clock})
  }
  expect(maybeCollect(fleet.home, {clock})).toBe('collected')
  expect(fleet.git('count-objects')).toMatch(/^0 objects/)
  expect(checkHistory(fleet.home)).toEqual([])
})

test('what is wrong with a history is told: damaged objects, a turn that stands there twice', () => {
  const fleet = scratch()
  const set = changeSet([appendTo(LOG, '- x\n')])
  commitChangeSets(fleet.home, [set], {clock})
  fleet.git('revert', '-n', 'HEAD')
  fleet.git('commit', '-qm', `again\n\nMcos-Turn: ${set.id}`)
  expect(checkHistory(fleet.home)).toMatchObject([{code: 'TURN_TWICE', message: `Turn ${set.id} has 2 commits.`}])
  const oid = fleet.git('rev-parse', `HEAD:mcos.yaml`).trim()
  rmSync(path.join(fleet.root, '.git/objects', oid.slice(0, 2), oid.slice(2)))
  expect(checkHistory(fleet.home)).toContainEqual(
    expect.objectContaining({code: 'GIT_DAMAGED', message: expect.stringContaining(oid)}),
  )
})
