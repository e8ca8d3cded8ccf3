import {chmodSync, mkdirSync, symlinkSync, unlinkSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {afterEach, expect, test} from 'vitest'
import {UserError} from '../kit/errors.js'
import {commitChangeSets} from './commit-change-sets.js'
import {commitPaths, editedFiles} from './commit-paths.js'
import {appendTo, changeSet, clock, INBOX, LOG, makeScratch, type Scratch} from './scratch.js'

let fleet: Scratch
afterEach(() => fleet.remove())

const author = {name: 'Ada', email: 'ada@northwind.example'}
const commit = (paths: readonly string[], more = {}) =>
  commitPaths(fleet.home, paths, 'Widen it\n\nBecause.', {clock, author, ...more})

function edit(): void {
  fleet.put('mcos.yaml', 'version: 2\n')
  fleet.put('wiki/ünï "code".md', 'new\n')
  fleet.put('run.sh', '#!/bin/sh\n', 0o755)
  unlinkSync(path.join(fleet.home, INBOX))
  fleet.put('debug.log', 'x\n')
  fleet.put('.gitignore', '.mcos/\n*.log\n')
}

test('without a path every changed, new and deleted file of the home is committed, and nothing ignored', () => {
  fleet = makeScratch()
  edit()
  const {commit: made, files} = commit([])
  expect(files.map(({path: file, change}) => `${change} ${file}`)).toEqual([
    'modified .gitignore',
    'modified mcos.yaml',
    'added run.sh',
    'added wiki/ünï "code".md',
    `deleted ${INBOX}`,
  ])
  expect(made).toBe(fleet.git('rev-parse', 'HEAD').trim())
  expect(fleet.git('status', '--porcelain')).toBe('')
  expect(fleet.git('show', '-s', '--format=%an%n%B', 'HEAD')).toBe('Ada\nWiden it\n\nBecause.\n\n')
  expect(fleet.git('ls-tree', 'HEAD', 'run.sh')).toContain('100755')
  expect(commit([])).toEqual({commit: null, files: []})
})

test('with paths exactly these, and what else is staged stays staged', () => {
  fleet = makeScratch()
  edit()
  fleet.git('add', '-A')
  fleet.put('mcos.yaml', 'version: 3\n')
  expect(commit(['mcos.yaml', 'wiki']).files).toHaveLength(2)
  expect(fleet.committed('mcos.yaml')).toBe('version: 3\n')
  expect(fleet.git('diff', '--cached', '--name-only').trim().split('\n')).toEqual(['.gitignore', 'run.sh', INBOX])
  expect(fleet.git('diff', '--name-only')).toBe('')
})

test("an agent's commits in between don't count as edits", () => {
  fleet = makeScratch()
  fleet.put(LOG, '# 2026-11-21\nmine\n')
  commitChangeSets(
    fleet.home,
    [changeSet([appendTo(LOG, '- agent\n'), {kind: 'write', path: 'a.md', content: 'a\n'}])],
    {clock},
  )
  expect(editedFiles(fleet.home, []).map(({path: file}) => file)).toEqual([LOG])
  commit([])
  expect(fleet.committed(LOG)).toBe('# 2026-11-21\nmine\n- agent\n')
  expect(fleet.git('status', '--porcelain')).toBe('')
})

test('what the check throws stops everything', () => {
  fleet = makeScratch()
  edit()
  const before = fleet.git('status', '--porcelain')
  const check = (files: readonly {path: string}[]) => {
    throw new UserError(`a secret in ${files[1]?.path}`, {code: 'SECRET', fix: 'x'})
  }
  expect(() => commit([], {check})).toThrow('a secret in mcos.yaml')
  expect(fleet.git('status', '--porcelain')).toBe(before)
})

test('paths outside the home and unknown ones are refused', () => {
  fleet = makeScratch({prefix: 'fleet'})
  writeFileSync(path.join(fleet.root, 'main.c'), 'x')
  expect(() => commit(['../main.c'])).toThrow(expect.objectContaining({code: 'PATH_ESCAPE', exit: 2}))
  expect(() => commit(['gone.md'])).toThrow(expect.objectContaining({code: 'NOT_FOUND', exit: 2}))
  expect(commit([LOG])).toEqual({commit: null, files: []})
  fleet.put(LOG, 'x\n')
  expect(commit([path.join(fleet.home, LOG)]).files.map(({path: file}) => file)).toEqual([LOG])
  expect(fleet.git('status', '--porcelain')).toBe('?? main.c\n')
})

test('no hook and no filter runs, and a filter that is needed is named', () => {
  fleet = makeScratch()
  const proof = path.join(fleet.root, '.git/ran')
  mkdirSync(path.join(fleet.root, '.git/hooks'), {recursive: true})
  for (const hook of ['pre-commit', 'commit-msg', 'post-commit', 'reference-transaction', 'post-index-change']) {
    writeFileSync(path.join(fleet.root, '.git/hooks', hook), `#!/bin/sh\ntouch ${proof}\n`)
    chmodSync(path.join(fleet.root, '.git/hooks', hook), 0o755)
  }
  fleet.put('mcos.yaml', 'version: 2\n')
  fleet.put('picture.png', 'x')
  writeFileSync(
    path.join(fleet.root, '.git/config'),
    `[filter "lfs"]\n\tclean = touch ${proof}\n\tprocess = touch ${proof}\n`,
    {flag: 'a'},
  )
  commit(['mcos.yaml'])
  fleet.put('.gitattributes', '*.png filter=lfs\n')
  expect(() => commit([])).toThrow(
    expect.objectContaining({code: 'GIT_FILTER', message: expect.stringContaining('picture.png')}),
  )
  commit(['.gitattributes'])
  expect(fleet.has('.git/ran')).toBe(false)
})

test('line ends are converted as the person set it', () => {
  fleet = makeScratch()
  fleet.git('config', 'core.autocrlf', 'true')
  fleet.put('mcos.yaml', 'version: 1\r\n')
  expect(commit([]).commit).toBe(null)
  fleet.put('mcos.yaml', 'version: 2\r\n')
  commit([])
  expect(fleet.committed('mcos.yaml')).toBe('version: 2\n')
})

test('links are committed as links, a repository within is left alone', () => {
  fleet = makeScratch()
  symlinkSync('mcos.yaml', path.join(fleet.home, 'link'))
  fleet.put('inner/x.md', 'x\n')
  fleet.git('init', '-q', 'inner')
  expect(commit([]).files).toEqual([{path: 'link', change: 'added', content: null}])
  expect(fleet.git('ls-tree', 'HEAD', 'link')).toContain('120000')
  expect(fleet.git('show', 'HEAD:link')).toBe('mcos.yaml')
})

test('the first commit of a new repository', () => {
  fleet = makeScratch({commit: false})
  expect(commit([]).files.map(({change}) => change)).toEqual(['added', 'added', 'added', 'added'])
  expect(fleet.git('status', '--porcelain')).toBe('')
})
