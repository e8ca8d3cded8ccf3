import fc from 'fast-check'
import {expect, test} from 'vitest'
import {formatMailName, newKey, parseMailName, withFlag} from './mail-name.js'
import {decodeUtf7, encodeUtf7} from './utf7-name.js'

test.each([
  ['1.a', '1.a', ''],
  ['1.a:2,', '1.a', ''],
  ['1.a,U=7:2,SF', '1.a,U=7', 'FS'],
  ['1.a,S=100,W=102:2,FRSab', '1.a,S=100,W=102', 'FRSab'],
  ['1.a:1,experimental', '1.a', ''],
])('%s is the mail %s with the flags "%s"', (name, key, flags) => {
  expect(parseMailName(name)).toEqual({key, flags})
})

test('flags stand in their order and once, and others stay as they are', () => {
  expect(withFlag('RSa', 'F', true)).toBe('FRSa')
  expect(withFlag('FRS', 'F', true)).toBe('FRS')
  expect(withFlag('FRS', 'F', false)).toBe('RS')
  expect(formatMailName({key: '1.a', flags: 'SF'})).toBe('1.a:2,FS')
})

test('no two new names are equal, and each is a name that maildirs take', () => {
  const names = Array.from({length: 100}, () => newKey(1_795_292_504_123))
  expect(new Set(names).size).toBe(100)
  for (const name of names) expect(name).toMatch(/^1795292504\.M\d{6,}P\d+Q\d+\.[^/:,]+$/)
})

test('folder names survive modified UTF-7', () => {
  expect(encodeUtf7('Bills & Co/März')).toBe('Bills &- Co/M&AOQ-rz')
  fc.assert(
    fc.property(fc.string({unit: 'grapheme'}), (name) => {
      expect(encodeUtf7(name)).toMatch(/^[ -~]*$/)
      expect(decodeUtf7(encodeUtf7(name))).toBe(name)
    }),
  )
})
