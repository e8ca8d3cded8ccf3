import fc from 'fast-check'
import {expect, test} from 'vitest'
import {cutTo, padLeftTo, padTo, widthOf, wrapTo} from './text-width.js'

test.each([
  ['plain', 5],
  ['运营', 4],
  ['é e\u0301', 3],
  ['👩‍👩‍👧 ok', 5],
  ['☂️', 2],
  ['한국어', 6],
  ['▇▅▁●', 4],
  ['', 0],
])('%s takes %d cells', (text, width) => {
  expect(widthOf(text)).toBe(width)
})

test('a text is cut by cells, never through a letter', () => {
  expect(cutTo('运营中心', 5)).toBe('运营…')
  expect(cutTo('运营中心', 4)).toBe('运…')
  expect(cutTo('donna', 5)).toBe('donna')
  expect(cutTo('donna', 4)).toBe('don…')
  expect(cutTo('donna', 0)).toBe('')
})

test('what is fitted has exactly the width', () => {
  expect(padLeftTo('12', 5)).toBe('   12')
  fc.assert(
    fc.property(fc.string({unit: 'grapheme'}), fc.integer({min: 0, max: 30}), (text, width) => {
      expect(widthOf(padTo(text, width))).toBe(width)
    }),
  )
})

test('what is wrapped loses no word and has no line that is too wide', () => {
  expect(wrapTo('one two three', 7)).toEqual(['one two', 'three'])
  expect(wrapTo('unbreakable', 4)).toEqual(['unbr', 'eaka', 'ble'])
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z ]{0,60}$/), fc.integer({min: 2, max: 20}), (text, width) => {
      const lines = wrapTo(text, width)
      for (const line of lines) if (lines.length > 1) expect(widthOf(line)).toBeLessThanOrEqual(width)
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
    }),
  )
})
