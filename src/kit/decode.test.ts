import fc from 'fast-check'
import {expect, test} from 'vitest'
import {decodeText} from './decode.js'

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))))

test.each([
  ['plain text', bytes('hallo\n'), 'hallo\n', []],
  ['a byte order mark', bytes('\ufeffhallo'), 'hallo', ['it begins with a byte order mark']],
  ['CRLF and lone CR', bytes('a\r\nb\rc'), 'a\nb\nc', ['its lines end with CR LF or CR']],
  ['NUL', bytes('a\0b'), 'ab', ['it has NUL bytes']],
  ['colours', bytes('\u001b[31mred\u001b[0m \u001b]0;title\u0007x'), 'red x', ['it has terminal escape sequences']],
  ['Latin-1', bytes('caf', [0xe9], '\n'), 'café\n', ['it is not UTF-8; it was read as Latin-1']],
  [
    'UTF-8 with a hole',
    bytes('每周 ', [0xff], '\n'),
    '每周 \ufffd\n',
    ['some of its bytes are not UTF-8', 'it has characters that were lost earlier (U+FFFD)'],
  ],
  ['UTF-16LE', bytes([0xff, 0xfe], [...Buffer.from('hé\n', 'utf16le')]), 'hé\n', ['it is UTF-16LE, not UTF-8']],
  [
    'UTF-16 without a mark',
    Buffer.from('## Every heartbeat', 'utf16le'),
    '## Every heartbeat',
    ['it is UTF-16LE, not UTF-8'],
  ],
])('reads %s', (_, input, text, warnings) => {
  expect(decodeText(input)).toEqual({text, warnings})
})

test('a size limit cuts between characters, and says so', () => {
  expect(decodeText(bytes('abcé'), {maxBytes: 4})).toEqual({
    text: 'abc',
    warnings: ['it has 5 bytes; only the first 4 were read'],
  })
})

test('any bytes give a text without CR, NUL, escape sequences or byte order mark at its head', () => {
  fc.assert(
    fc.property(fc.uint8Array({maxLength: 300}), (input) => {
      expect(decodeText(input).text).not.toMatch(/\r|\0|\u001b\[[0-9]*m/)
    }),
  )
})
