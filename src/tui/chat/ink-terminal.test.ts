import {expect, test} from 'vitest'
import {fromCursor} from './ink-terminal.js'

const HIDE = '\x1b[?25l'
const erase = (rows: number) => `${'\x1b[2K\x1b[1A'.repeat(rows - 1)}\x1b[2K\x1b[G`

test('a frame is erased from the cursor’s own row, whatever became of the rows below it', () => {
  // Four rows and the one after them; the cursor stands in the second.
  expect(fromCursor(`${HIDE}\x1b[3B\x1b[1G${erase(5)}one\ntwo\n\x1b[1A\x1b[3G`)).toBe(
    `${HIDE}\x1b[1A\r\x1b[Jone\ntwo\n\x1b[1A\x1b[3G`,
  )
  expect(fromCursor(`${HIDE}\x1b[2B\x1b[1G${erase(3)}`)).toBe(`${HIDE}\r\x1b[J`)
})

test('a cursor that alone is moved goes by no row below it', () => {
  expect(fromCursor(`${HIDE}\x1b[3B\x1b[1G\x1b[4A\x1b[7G`)).toBe(`${HIDE}\x1b[1A\x1b[1G\x1b[7G`)
  expect(fromCursor(`${HIDE}\x1b[2B\x1b[1G\x1b[2A\x1b[7G`)).toBe(`${HIDE}\x1b[1G\x1b[7G`)
})

test('what is said stays as it is', () => {
  expect(fromCursor('two rows down: [2B\n')).toBe('two rows down: [2B\n')
})
