import fc from 'fast-check'
import {expect, test} from 'vitest'
import {cpuTime} from '../../testing/cpu-time.js'
import {clean, cleanLine, shorten} from './text.js'

test.each([
  ['keeps lines and tabs', 'a\tb\nc', 'a\tb\nc'],
  ['turns CRLF into LF', 'a\r\nb\r\n', 'a\nb\n'],
  ['drops a lone carriage return', 'safe\revil', 'safeevil'],
  ['drops colours whole', '\u001b[1;31mred\u001b[0m', 'red'],
  ['drops a title whole', 'a\u001b]0;owned\u0007b', 'ab'],
  ['drops a clipboard write whole', 'a\u001b]52;c;aGk=\u001b\\b', 'ab'],
  ['drops a device string whole', 'a\u001bP1$r0m\u001b\\b', 'ab'],
  ['drops one-byte controls of the upper half', 'a\u009b31mb\u009d0;t\u009cc', 'abc'],
  ['shows what an unfinished title would hide', 'a\u001b]0;the rest\nnext', 'a0;the rest\nnext'],
  ['lets nothing new form from what is left', '\u001b\u001b[31m[2J', '[2J'],
  ['drops an unfinished sequence', 'a\u001b[', 'a'],
  ['drops backspaces, NUL and DEL', 'a\b\u0000\u007fb', 'ab'],
  ['drops turned directions', 'user\u202etxt.exe\u2066\u200f', 'usertxt.exe'],
  ['drops the invisible', 'a\u200b\u2060\ufeff\u00ad\u{e0041}\u{e0100}b', 'ab'],
  ['keeps joined emoji joined', '👩‍💻 👨‍👩‍👧 🏳️‍🌈', '👩‍💻 👨‍👩‍👧 🏳️‍🌈'],
  ['drops a joiner between letters', 'a\u200db', 'ab'],
  ['shows halves of characters', 'a\ud83db', 'a\ufffdb'],
  ['makes no tag out of halves', '\udb40\u0000\udc41', '\ufffd\ufffd'],
  ['keeps letters of all kinds', 'Zoë Ωmega 日本語 العربية 😀', 'Zoë Ωmega 日本語 العربية 😀'],
])('clean %s', (_, text, expected) => expect(clean(text)).toBe(expected))

test('one line stays one line', () => {
  expect(cleanLine(' a\n\n b\tc\u2028d\u001b[2K ')).toBe('a b c d')
})

test('cutting counts characters, not halves', () => {
  expect(shorten('hello', 5)).toBe('hello')
  expect(shorten('hello!', 5)).toBe('hell…')
  expect(shorten('😀😀😀', 3)).toBe('😀😀😀')
  expect(shorten('😀😀😀', 2)).toBe('😀…')
  expect(shorten('one two', 5)).toBe('one…')
})

const hostile = fc
  .array(
    fc.oneof(
      fc.string({unit: 'binary'}),
      fc.constantFrom(
        '\u001b',
        '\u001b[',
        '\u001b]',
        '\u0007',
        '\u009b',
        '\u009d',
        '\u009c',
        '\u200d',
        '👩',
        '\ud83d',
        '\ude00',
        '\udb40',
        '\udc41',
        '\r',
        '\n',
        '\ufe0f',
        '31m',
      ),
    ),
    {maxLength: 12},
  )
  .map((parts) => parts.join(''))

test('no control, no direction and nothing invisible comes through, and cleaning again changes nothing', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const cleaned = clean(text)
      expect(isHarmless(cleaned)).toBe(true)
      expect(clean(cleaned)).toBe(cleaned)
      expect(cleanLine(text)).not.toMatch(/[\n\t]/)
      expect(isHarmless(cleanLine(text))).toBe(true)
    }),
    {numRuns: 2000},
  )
})

test.each(['\u001b]', '\u009d', '\u001b[1', '\u001bP', '\u009b;', '\u200d', '\ud83d', ' \n'])(
  'a long run of %j takes time in step with its length',
  (piece) => {
    const text = piece.repeat(200_000)
    expect(cpuTime(() => [clean(text), cleanLine(text)])).toBeLessThan(2_000)
  },
)

/** On purpose not the pattern under test. */
function isHarmless(text: string): boolean {
  return [...text].every((letter) => {
    const code = letter.codePointAt(0) ?? 0
    if (code === 0x0a || code === 0x09) return true
    if (code < 0x20 || (code >= 0x7f && code <= 0x9f)) return false
    if (code >= 0xd800 && code <= 0xdfff) return false
    if (code >= 0x202a && code <= 0x202e) return false
    if (code >= 0x2060 && code <= 0x206f) return false
    if (code >= 0xe0000 && code <= 0xe0fff) return false
    return ![0x200b, 0x200c, 0x200e, 0x200f, 0x061c, 0xfeff].includes(code)
  })
}
