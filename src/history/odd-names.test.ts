import {chmodSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {afterEach, beforeEach, expect, test} from 'vitest'
import {tempFolder} from '../../testing/temp-folder.js'
import {commitChangeSets} from './commit-change-sets.js'
import {commitPaths, editedFiles} from './commit-paths.js'
import {readHead} from './read-head.js'
import {findRepository} from './repository.js'
import {appendTo, changeSet, clock, LOG, makeScratch, type Scratch} from './scratch.js'
import {readSnapshot} from './snapshot.js'

/** Names that are two answers, two questions or a flag to whoever is told names a line each. */
const ODD = [
  'wiki/a\nmcos.yaml',
  'wiki/a\nHEAD:mcos.yaml',
  'wiki/a\n:0:mcos.yaml',
  'wiki/a missing\nb',
  'wiki/\n',
  'wiki/a\r\nb',
  'wiki/a\tb',
  'wiki/"quoted".md',
  'wiki/back\\nslash',
  'wiki/-rf',
  'wiki/:(top)x',
  'wiki/*',
  'wiki/ \u2028 ',
]

let fleet: Scratch
const before = process.env['PATH']
beforeEach(() => {
  fleet = makeScratch()
})
afterEach(() => {
  process.env['PATH'] = before
  fleet.remove()
})

/** As a git before 2.38 answers. */
function withOldGit(): void {
  const dir = tempFolder()
  const script = `#!/bin/sh\ncase " $* " in *" cat-file "*" -z "*) echo "error: unknown switch \\\`z'" >&2; exit 129;; esac\nPATH='${before}' exec git "$@"\n`
  writeFileSync(path.join(dir, 'git'), script)
  chmodSync(path.join(dir, 'git'), 0o755)
  process.env['PATH'] = `${dir}:${before}`
}

test.each([
  ['this git', () => undefined],
  ['an older git', withOldGit],
])('by %s a person\u2019s files of whatever names are committed as they are, and read back', (_, prepare) => {
  prepare()
  for (const [place, name] of ODD.entries()) fleet.put(name, `${place}\n`)
  const author = {name: 'Ada', email: 'ada@northwind.example'}
  const {files} = commitPaths(fleet.home, [], 'Odd names', {clock, author})
  expect(files.map((file) => file.path).sort()).toEqual([...ODD].sort())
  expect(fleet.git('status', '--porcelain')).toBe('')
  expect([...readHead(fleet.home, ODD)].map(([name, content]) => [name, content?.toString()])).toEqual(
    ODD.map((name, place) => [name, `${place}\n`]),
  )
  fleet.put(ODD[0] ?? '', 'changed\n')
  expect(editedFiles(fleet.home, []).map((file) => file.path)).toEqual([ODD[0]])
  const [result] = commitChangeSets(fleet.home, [changeSet([appendTo(LOG, '- agent\n')])], {clock})
  expect(result?.refused).toBeNull()
  expect(fleet.git('diff-tree', '-r', '--name-only', '--no-commit-id', 'HEAD').trim()).toBe(LOG)
  expect(editedFiles(fleet.home, []).map((file) => file.path)).toEqual([ODD[0]])
})

test.each([
  ['this git', () => undefined],
  ['an older git', withOldGit],
])('by %s a name of two lines never answers for another', (_, prepare) => {
  prepare()
  fleet.put('wiki/there', 'x\n')
  fleet.git('add', '-A')
  fleet.git('commit', '-qm', 'x')
  const head = fleet.git('rev-parse', 'HEAD').trim()
  const paths = ['wiki/gone\nmcos.yaml', 'mcos.yaml', 'wiki/gone\nwiki/there', 'wiki/there']
  const {committed, staged, unmerged} = readSnapshot(findRepository(fleet.home), {
    commit: head,
    paths,
    withContent: new Set(paths),
  })
  expect(paths.map((name) => [committed.get(name) !== null, staged.get(name) !== null])).toEqual([
    [false, false],
    [true, true],
    [false, false],
    [true, true],
  ])
  expect(committed.get('wiki/there')?.content?.toString()).toBe('x\n')
  expect(unmerged.size).toBe(0)
})
