import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {fitWidth, lettersOf, padLeftTo, padTo, rowsOf, widthOf, wrapTo} from './width.js'

describe('the cells of a terminal', () => {
  test.each([
    ['', 0],
    ['abc', 3],
    ['日本', 4],
    ['e\u0301', 1],
    ['👍🏽', 2],
    ['👩\u200d👩\u200d👧', 2],
    ['✓ • !', 5],
    ['한글', 4],
    ['🇩🇪', 2],
  ])('%s takes %i', (text, cells) => {
    expect(widthOf(text)).toBe(cells)
  })

  test('a line is cut to what fits, and never through a letter', () => {
    expect(fitWidth('asking claude', 20)).toBe('asking claude')
    expect(fitWidth('asking claude', 8)).toBe('asking…')
    expect(fitWidth('日本語', 4)).toBe('日…')
    expect(fitWidth('abc', 0)).toBe('')
  })

  test('whatever the text, what was fitted fits, and rows together are the line again', () => {
    const text = fc.string({unit: 'grapheme'})
    fc.assert(
      fc.property(text, fc.integer({min: 2, max: 30}), (line, cells) => {
        expect(widthOf(fitWidth(line, cells))).toBeLessThanOrEqual(cells)
        const rows = rowsOf(line, cells)
        expect(rows.join('')).toBe(line)
        for (const row of rows) if (lettersOf(row).length > 1) expect(widthOf(row)).toBeLessThanOrEqual(cells)
      }),
    )
  })
})

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
  expect(fitWidth('运营中心', 5)).toBe('运营…')
  expect(fitWidth('运营中心', 4)).toBe('运…')
  expect(fitWidth('donna', 5)).toBe('donna')
  expect(fitWidth('donna', 4)).toBe('don…')
  expect(fitWidth('donna', 0)).toBe('')
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

test('what is known without a look at each letter is what the letters come to', () => {
  const unit = fc.constantFrom(...'aZ~é×…›→═█●□、か가漢＂｝・\u3099\u0301\u200d☂👩')
  fc.assert(
    fc.property(fc.string({unit, maxLength: 12}), fc.string({unit, maxLength: 12}), (one, other) => {
      // Beside an accent every letter is looked at.
      const slow = widthOf(`${one}\u0301${other}`)
      expect([slow, slow - 1]).toContain(widthOf(`${one}${other}`))
    }),
  )
})
