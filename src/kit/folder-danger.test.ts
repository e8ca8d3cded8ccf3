import {spawnSync} from 'node:child_process'
import {mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {beforeEach, describe, expect, test} from 'vitest'
import {codeOf} from '../../testing/code-of.js'
import {layHomeAndOutside, WALKS} from '../../testing/folder-scene.js'
import {type Folder, openFolder} from './folder.js'

let scratch: string
let outside: string

beforeEach(() => {
  ;({scratch, outside} = layHomeAndOutside())
})

describe.each(WALKS)('a folder walked %s', (_, walk) => {
  let folder: Folder
  beforeEach(() => {
    folder = openFolder(join(scratch, 'home'), walk)
  })

  test('follows no link, neither on the way nor at the end', () => {
    symlinkSync(outside, join(scratch, 'home/way'))
    symlinkSync(join(outside, 'secret'), join(scratch, 'home/end'))
    for (const act of [
      () => folder.read('way/secret'),
      () => folder.read('end'),
      () => folder.list('way'),
      () => folder.stat('way/secret'),
      () => folder.write('way/new', 'x'),
      () => folder.write('end', 'x'),
      () => folder.append('way/new', 'x'),
      () => folder.append('end', 'x'),
      () => folder.makeFolder('way/new'),
      () => folder.remove('way/secret'),
      () => folder.removeFolder('way/secret'),
      () => folder.move('end', 'here'),
      () => folder.move('way/secret', 'here'),
    ]) {
      expect(codeOf(act)).toBe('PATH_LINK')
    }
    expect(readdirSync(outside)).toEqual(['secret'])
    expect(readFileSync(join(outside, 'secret'), 'utf8')).toBe('secret')
    expect(folder.stat('end')?.kind).toBe('link')
  })

  test('removes a link itself and leaves what it points to', () => {
    symlinkSync(join(outside, 'secret'), join(scratch, 'home/end'))
    folder.remove('end')
    expect(folder.stat('end')).toBeNull()
    expect(readFileSync(join(outside, 'secret'), 'utf8')).toBe('secret')
  })

  test('never waits for a FIFO and reads no device', () => {
    spawnSync('mkfifo', [join(scratch, 'home/SOUL.md')])
    expect(codeOf(() => folder.read('SOUL.md'))).toBe('NOT_A_FILE')
    expect(codeOf(() => folder.write('SOUL.md', 'x'))).toBe('NOT_A_FILE')
    expect(codeOf(() => folder.append('SOUL.md', 'x'))).toBe('NOT_A_FILE')
    expect(codeOf(() => openFolder('/dev', walk).read('zero'))).toBe('NOT_A_FILE')
  })

  test('tells a file that stands where a folder should, and the other way round', () => {
    folder.write('note', 'x')
    folder.makeFolder('box')
    expect(codeOf(() => folder.read('note/x'))).toBe('NOT_A_FOLDER')
    expect(codeOf(() => folder.list('note'))).toBe('NOT_A_FOLDER')
    expect(codeOf(() => folder.read('box'))).toBe('NOT_A_FILE')
    expect(codeOf(() => folder.write('box', 'x'))).toBe('NOT_A_FILE')
    expect(codeOf(() => folder.remove('box'))).toBe('NOT_A_FILE')
  })

  test("reads git's own folder, in no spelling writes it", () => {
    mkdirSync(join(folder.dir, '.git'))
    writeFileSync(join(folder.dir, '.git/HEAD'), 'ref')
    expect(folder.readText('.git/HEAD')).toBe('ref')
    for (const rel of [
      '.git/config',
      '.GIT/config',
      'sub/.git/hooks/post-commit',
      '.g\u200cit/config',
      'GIT~1/config',
      '.git./x',
      '.git',
    ]) {
      expect(codeOf(() => folder.write(rel, 'x'))).toBe('PATH_ESCAPE')
      expect(codeOf(() => folder.append(rel, 'x'))).toBe('PATH_ESCAPE')
      expect(codeOf(() => folder.remove(rel))).toBe('PATH_ESCAPE')
      expect(codeOf(() => folder.makeFolder(rel))).toBe('PATH_ESCAPE')
      expect(codeOf(() => folder.move('a', rel))).toBe('PATH_ESCAPE')
    }
    folder.write('.gitignore', 'x')
    folder.write('.gitkeep', 'x')
  })

  test('leaves no file handle open, whatever happens', () => {
    symlinkSync(outside, join(scratch, 'home/way'))
    folder.write('a/b', 'x')
    const before = openHandles()
    for (let round = 0; round < 20; round++) {
      folder.write('a/b', 'x')
      folder.append('a/log', 'x')
      folder.read('a/b')
      folder.read('a/none')
      folder.read('none/none')
      folder.list('a')
      codeOf(() => folder.read('a/b/c'))
      codeOf(() => folder.read('way/secret'))
      codeOf(() => folder.read('a'))
      codeOf(() => folder.write('a/b', 'x', {expect: null}))
      codeOf(() => folder.move('a/b', 'a/log'))
      codeOf(() => folder.read('a/b', {maxBytes: 0}))
    }
    expect(openHandles()).toBe(before)
  })
})

test('a folder that is not there, or is a file, is told at once', () => {
  writeFileSync(join(scratch, 'file'), '')
  expect(codeOf(() => openFolder(join(scratch, 'none')))).toBe('NO_FOLDER')
  expect(codeOf(() => openFolder(join(scratch, 'file')))).toBe('NO_FOLDER')
})

test('links on the way to the folder itself are resolved once', () => {
  symlinkSync(join(scratch, 'home'), join(scratch, 'link'))
  const folder = openFolder(join(scratch, 'link'))
  expect(folder.dir).toBe(openFolder(join(scratch, 'home')).dir)
})

test('a folder that was opened by its own link can be swapped for another one without being followed', () => {
  const folder = openFolder(join(scratch, 'home'))
  rmSync(join(scratch, 'home'), {recursive: true})
  symlinkSync(outside, join(scratch, 'home'))
  expect(codeOf(() => folder.read('secret'))).toMatch(/NOT_A_FOLDER|PATH_LINK/)
})

function openHandles(): number {
  return process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0
}
