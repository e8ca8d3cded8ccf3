import {execFileSync} from 'node:child_process'
import {utimesSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {tempFolder} from '../../testing/temp-folder.js'
import {editIndex} from './index-entries.js'
import {findRepository} from './repository.js'

test("a person's edit of the same size in the same second stays visible to git", () => {
  const dir = tempFolder()
  const git = (...args: string[]) => execFileSync('git', args, {cwd: dir, encoding: 'utf8'})
  const second = Math.floor(Date.now() / 1000) - 60
  const note = join(dir, 'note.md')
  writeFileSync(note, 'donna\n')
  utimesSync(note, second, second + 0.2)
  git('init', '-q')
  git('add', '-A')
  const oid = git('hash-object', '-w', 'note.md').trim()
  utimesSync(join(dir, '.git/index'), second, second + 0.4)
  writeFileSync(note, 'Donna\n')
  utimesSync(note, second, second + 0.6)
  const edits = () => [{path: 'other.md', to: {mode: '100644', oid}}]
  expect(editIndex(findRepository(dir), {id: 'x', waitMs: 0, edits})).toBe(true)
  expect(git('diff', '--name-only')).toBe('note.md\nother.md\n')
})
