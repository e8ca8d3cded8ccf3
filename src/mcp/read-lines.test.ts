import fc from 'fast-check'
import {expect, test} from 'vitest'
import {type Line, LineReader} from './read-lines.js'

function readAll(chunks: readonly Uint8Array[], most?: number): Line[] {
  const reader = new LineReader(most)
  return [...chunks.flatMap((chunk) => reader.push(chunk)), ...reader.end()]
}

function chop(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((one, other) => one - other)
  return [...places, bytes.length].map((end, index) => bytes.subarray(places[index - 1] ?? 0, end))
}

test('the same lines come out however the stream is chopped up', () => {
  fc.assert(
    fc.property(fc.array(fc.string({unit: 'grapheme'})), fc.array(fc.nat()), (texts, cuts) => {
      const lines = texts.map((text) => text.replaceAll('\n', ' '))
      const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''))
      const found = readAll(chop(bytes, cuts)).map((line) => (line.kind === 'text' ? line.text : line.kind))
      // Lone halves of a character have no bytes of their own.
      expect(found).toEqual(lines.map((line) => Buffer.from(line).toString()).filter((line) => line.trim() !== ''))
    }),
  )
})

test('a line past the limit is told once, dropped as it comes, and the next one is read', () => {
  const chunks = [Buffer.from('12345'), Buffer.from('67890'), Buffer.alloc(1000, 'x'), Buffer.from('\nnext\n')]
  expect(readAll(chunks, 8)).toEqual([{kind: 'too-long'}, {kind: 'text', text: 'next'}])
})

test('a line of just the limit is read', () => {
  expect(readAll([Buffer.from('12345678\n')], 8)).toEqual([{kind: 'text', text: '12345678'}])
})

test('bytes that are no UTF-8 are told, and a line without an end is read when the stream is over', () => {
  expect(readAll([Buffer.from([0xff, 0xfe, 0x0a]), Buffer.from('last')])).toEqual([
    {kind: 'no-text'},
    {kind: 'text', text: 'last'},
  ])
})
