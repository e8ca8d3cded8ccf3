import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {clean} from '../kit/text.js'
import {cleanStream} from './clean-stream.js'

const NASTY = [
  '\u001b',
  '[',
  ']',
  '0;title',
  '\u0007',
  '\u001b\\',
  '\u001b[31m',
  '\u001b]8;;http://x\u0007',
  '\u009b',
  '31m',
  '\u009d',
  '\u009c',
  '\u0090',
  '\n',
  '\r',
  '\t',
  ' ',
  'a',
  'Z',
  '~',
  '\u200d',
  '\u200b',
  '\ufe0f',
  '\ufe00',
  '\u202e',
  '\u034f',
  '\u{1f468}',
  '\u{1f469}',
  '\u{1f3fd}',
  '\u2764',
  '\ud83d',
  '\udc68',
  '\u{e0041}',
  '\u2139',
  '\u00a9',
  'ä',
  '日',
  '、',
  'e\u0301',
  '\u0085',
  '\u0000',
  '1',
  '#',
  '\u20e3',
]

const text = fc.array(fc.oneof(fc.constantFrom(...NASTY), fc.string({unit: 'binary', maxLength: 4})), {maxLength: 40})

describe('text that comes in pieces', () => {
  test('is cleaned as the whole is, however it is cut, and nothing is ever taken back', () => {
    fc.assert(
      fc.property(text, fc.array(fc.nat(8), {maxLength: 60}), (parts, sizes) => {
        const whole = parts.join('')
        const stream = cleanStream()
        let shown = ''
        let at = 0
        for (const size of sizes) {
          shown += stream.push(whole.slice(at, at + size))
          at += size
          expect(clean(whole).startsWith(shown)).toBe(true)
        }
        shown += stream.push(whole.slice(at)) + stream.end()
        expect(shown).toBe(clean(whole))
      }),
      {numRuns: 3000},
    )
  })

  test('is shown as it comes, in Latin letters and in others', () => {
    const stream = cleanStream()
    expect(stream.push('Good mor')).toBe('Good mor')
    expect(stream.push('ning. 早上好')).toBe('ning. 早上好')
    expect(stream.push('，今天')).toBe('，今天')
    expect(stream.end()).toBe('')
  })

  test('holds an escape sequence back that is cut in two, and never lets it out', () => {
    const stream = cleanStream()
    expect(stream.push('red: \u001b')).toBe('red: ')
    expect(stream.push('[31')).toBe('')
    expect(stream.push('mtext\nnext')).toBe('text\nnext')
    expect(stream.push('\u001b]0;own')).toBe('')
    expect(stream.push('ed\u0007')).toBe('')
    expect(stream.end()).toBe('')
  })
})
