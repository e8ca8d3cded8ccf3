import fc from 'fast-check'
import {expect, test} from 'vitest'
import {openKeyReader} from './keys.js'

const ESC = '\u001b'
const keysOf = (sequence: string) => openKeyReader().read(sequence).keys

test.each([
  [`${ESC}[A`, 'up'],
  [`${ESC}OB`, 'down'],
  [`${ESC}[1;5C`, 'right'],
  [`${ESC}[H`, 'home'],
  [`${ESC}OF`, 'end'],
  [`${ESC}[1~`, 'home'],
  [`${ESC}[8~`, 'end'],
  [`${ESC}[5~`, 'pageup'],
  [`${ESC}[[6~`, 'pagedown'],
  [`${ESC}[6;5~`, 'pagedown'],
  [`${ESC}[Z`, 'shift+tab'],
  [ESC, 'escape'],
  [`${ESC}${ESC}`, 'escape'],
  ['\t', 'tab'],
  ['\u0003', 'ctrl+c'],
  [`${ESC}[99;5u`, 'ctrl+c'],
  [`${ESC}[113u`, 'q'],
  [`${ESC}[27u`, 'escape'],
  [`${ESC}[9;2u`, 'shift+tab'],
])('%j is a key that has a name: %s', (sequence, name) => {
  expect(keysOf(sequence)).toEqual([name])
})

test.each([
  `${ESC}[31m`,
  `${ESC}[1;5P`,
  `${ESC}[?62;4c`,
  `${ESC}[I`,
  `${ESC}[<64;1;1M`,
  `${ESC}s`,
  `${ESC}[24;6~`,
  `${ESC}[2~`,
])('%j is none, and none of its letters is', (sequence) => {
  expect(keysOf(sequence)).toEqual([])
})

test('whatever is sent, it has an answer', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom(ESC, `${ESC}[`, '[200~', ';5', 'u'))), (pieces) => {
      const reader = openKeyReader()
      for (const key of reader.read(pieces.join('')).keys) expect(key).not.toBe('')
    }),
  )
})
