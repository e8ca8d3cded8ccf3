import fc from 'fast-check'
import {expect, test} from 'vitest'
import {formatJson} from './output.js'

test('JSON reads back as it was', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(formatJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})

test('JSON holds nothing unseen: controls, bidirectional marks and tag characters are written out', () => {
  fc.assert(
    fc.property(fc.string({unit: 'binary'}), (text) => {
      expect(formatJson({text})).not.toMatch(/[^\P{C}\n]/u)
    }),
  )
  expect(formatJson('a\u202eb\u{e0041}\u009b')).toBe('"a\\u202eb\\udb40\\udc41\\u009b"')
})
