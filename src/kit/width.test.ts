import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {fitWidth, lettersOf, rowsOf, widthOf} from './width.js'

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
