import {appendFileSync, renameSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {tempFolder} from '../../../testing/temp-folder.js'
import {openGrowing} from './growing-file.js'

test('each look reads the whole lines that were added, a torn one when it is whole', () => {
  const path = join(tempFolder(), 'lines')
  const file = openGrowing(path)
  expect(file.isBehind()).toBe(false)
  writeFileSync(path, 'one\ntw')
  expect(file.isBehind()).toBe(true)
  expect(file.readMore()).toEqual({text: 'one\n', isNew: true})
  expect(file.isBehind()).toBe(false)
  appendFileSync(path, 'o\nthree\n')
  expect(file.readMore()).toEqual({text: 'two\nthree\n', isNew: false})
})

test('another file in its place, or a shorter one, is read from its beginning', () => {
  const dir = tempFolder()
  const path = join(dir, 'lines')
  writeFileSync(path, 'one\ntwo\n')
  const file = openGrowing(path)
  file.readMore()
  writeFileSync(join(dir, 'other'), 'else\n')
  renameSync(join(dir, 'other'), path)
  expect(file.readMore()).toEqual({text: 'else\n', isNew: true})
  rmSync(path)
  expect(file.isBehind()).toBe(true)
  expect(file.readMore()).toEqual({text: '', isNew: true})
  expect(file.isBehind()).toBe(false)
})

test('a large file comes in parts, and a link not at all', () => {
  const dir = tempFolder()
  const path = join(dir, 'lines')
  const line = `${'x'.repeat(99)}\n`
  writeFileSync(path, line.repeat(20_000))
  const file = openGrowing(path)
  let [parts, bytes] = [0, 0]
  while (file.isBehind()) {
    bytes += file.readMore().text.length
    parts += 1
  }
  expect([parts > 2, bytes]).toEqual([true, 2_000_000])
  symlinkSync(path, join(dir, 'link'))
  expect(openGrowing(join(dir, 'link')).readMore().text).toBe('')
})
