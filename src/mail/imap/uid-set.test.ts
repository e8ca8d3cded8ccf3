import fc from 'fast-check'
import {expect, test} from 'vitest'
import {formatKey, formatUids, parseKey} from './uid-set.js'

test('UIDs in a row are named as one range', () => {
  expect(formatUids([4, 5, 6, 9, 11, 12])).toBe('4:6,9,11:12')
  expect(formatUids([])).toBe('')
})

test('no UID is lost or added', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({min: 1, max: 60})), (some) => {
      const uids = [...some].sort((one, other) => one - other)
      const named = formatUids(uids)
        .split(',')
        .filter((range) => range !== '')
        .flatMap((range) => {
          const [first = 0, last = first] = range.split(':').map(Number)
          return Array.from({length: last - first + 1}, (_, index) => first + index)
        })
      expect(named).toEqual(uids)
    }),
  )
})

test('a key names a mail of one numbering, and nothing else is a key', () => {
  expect(parseKey(formatKey('1795292504', 7))).toEqual({uidValidity: '1795292504', uid: 7})
  for (const key of ['', '7', '1:0', '1:*', '1:2,3', '1:2:3', 'x:1', '1:99999999999']) expect(parseKey(key)).toBeNull()
})
