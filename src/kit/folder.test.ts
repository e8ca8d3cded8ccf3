import {chmodSync, linkSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import fc from 'fast-check'
import {beforeEach, describe, expect, test} from 'vitest'
import {codeOf} from '../../testing/code-of.js'
import {layHomeAndOutside, WALKS} from '../../testing/folder-scene.js'
import {type Folder, openFolder} from './folder.js'
import {contentHash} from './hash.js'

let scratch: string

beforeEach(() => {
  scratch = layHomeAndOutside().scratch
})

describe.each(WALKS)('a folder walked %s', (_, walk) => {
  let folder: Folder
  beforeEach(() => {
    folder = openFolder(join(scratch, 'home'), walk)
  })

  test('reads what was written, and makes the folders on the way', () => {
    folder.write('workspaces/donna/SOUL.md', 'Donna\n')
    expect(folder.readText('workspaces/donna/SOUL.md')).toBe('Donna\n')
    expect(folder.list('.')).toEqual([{name: 'workspaces', kind: 'folder'}])
    expect(folder.list('workspaces/donna')).toEqual([{name: 'SOUL.md', kind: 'file'}])
  })

  test('says nothing, or an empty list, for what is not there', () => {
    expect(folder.read('a/b')).toBeNull()
    expect(folder.readText('a')).toBeNull()
    expect(folder.stat('a/b')).toBeNull()
    expect(folder.list('a/b')).toEqual([])
    expect(folder.remove('a/b')).toBeUndefined()
    expect(folder.removeFolder('a/b')).toBe(true)
  })

  test('writes only over what is expected', () => {
    folder.write('a', 'one', {expect: null})
    expect(codeOf(() => folder.write('a', 'two', {expect: null}))).toBe('CONFLICT')
    expect(codeOf(() => folder.write('a', 'two', {expect: contentHash('other')}))).toBe('CONFLICT')
    expect(codeOf(() => folder.write('b', 'two', {expect: contentHash('one')}))).toBe('CONFLICT')
    expect(folder.readText('a')).toBe('one')
    folder.write('a', 'two', {expect: contentHash('one')})
    expect(folder.readText('a')).toBe('two')
    expect(readdirSync(folder.dir)).toEqual(['a'])
  })

  test('keeps the permissions of an existing file, and gives new ones those asked for', () => {
    folder.write('key', 'x', {mode: 0o600})
    chmodSync(join(folder.dir, 'key'), 0o640)
    folder.write('key', 'y')
    expect(folder.stat('key')?.mode).toBe(0o640)
    folder.append('log', 'x', {mode: 0o600})
    expect(folder.stat('log')?.mode).toBe(0o600)
  })

  test('replaces a file instead of writing into it, so that another name for the old one keeps the old bytes', () => {
    folder.write('a', 'old')
    linkSync(join(folder.dir, 'a'), join(scratch, 'copy'))
    folder.write('a', 'new')
    expect(readFileSync(join(scratch, 'copy'), 'utf8')).toBe('old')
  })

  test('appends whole lines and never onto a half one', () => {
    folder.append('log/day.md', 'one')
    folder.append('log/day.md', 'two\n')
    writeFileSync(join(folder.dir, 'log/day.md'), 'one\nhalf')
    folder.append('log/day.md', 'three')
    expect(folder.readText('log/day.md')).toBe('one\nhalf\nthree\n')
  })

  test('moves without overwriting', () => {
    folder.write('new/a', '1')
    folder.move('new/a', 'cur/a')
    expect(folder.read('new/a')).toBeNull()
    folder.write('new/b', '2')
    expect(codeOf(() => folder.move('new/b', 'cur/a'))).toBe('CONFLICT')
    expect(codeOf(() => folder.move('new/none', 'cur/c'))).toBe('CONFLICT')
    expect(codeOf(() => folder.move('none/none', 'cur/c'))).toBe('CONFLICT')
    expect(folder.readText('cur/a')).toBe('1')
    folder.move('cur', 'done')
    expect(folder.readText('done/a')).toBe('1')
  })

  test('finishes a move that was killed between its two names', () => {
    folder.write('new/a', '1')
    folder.makeFolder('cur')
    linkSync(join(folder.dir, 'new/a'), join(folder.dir, 'cur/a'))
    folder.move('new/a', 'cur/a')
    expect(folder.list('new')).toEqual([])
    expect(statSync(join(folder.dir, 'cur/a')).nlink).toBe(1)
  })

  test('moving something onto itself changes nothing', () => {
    folder.write('a', '1')
    linkSync(join(folder.dir, 'a'), join(scratch, 'copy'))
    folder.move('a', 'a')
    expect(folder.readText('a')).toBe('1')
  })

  test('removes only what is expected, and folders only when they are empty', () => {
    folder.write('box/a', '1')
    expect(codeOf(() => folder.remove('box/a', {expect: contentHash('2')}))).toBe('CONFLICT')
    expect(folder.removeFolder('box')).toBe(false)
    folder.remove('box/a', {expect: contentHash('1')})
    expect(folder.removeFolder('box')).toBe(true)
    expect(folder.list('.')).toEqual([])
  })

  test('reads no more than it was told to', () => {
    folder.write('big', 'x'.repeat(101))
    expect(codeOf(() => folder.read('big', {maxBytes: 100}))).toBe('TOO_LARGE')
    expect(folder.read('big', {maxBytes: 101})).toHaveLength(101)
    if (process.platform === 'linux') {
      // Files that claim to be empty and aren't.
      expect(openFolder('/proc/self', walk).readText('status')).toContain('VmRSS')
    }
  })

  test('hides half-written files from lists', () => {
    writeFileSync(join(folder.dir, '.mcos-tmp-1-a'), 'half')
    expect(folder.list('.')).toEqual([])
  })

  test('gives back what was written, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({maxLength: 300}), (bytes) => {
        folder.write('bytes', bytes, {sync: false})
        expect(folder.read('bytes')?.equals(bytes)).toBe(true)
      }),
      {numRuns: 50},
    )
  })
})
