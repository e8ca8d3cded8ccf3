import {expect, test} from 'vitest'
import {changedLines, FullScreen} from './full-screen.js'

test('of two frames only the lines that differ are written', () => {
  expect(changedLines(['a', 'b', 'c'], ['a', 'x'])).toBe('\u001b[2;1Hx\u001b[0m\u001b[K\u001b[3;1H\u001b[0m\u001b[K')
  expect(changedLines(['a'], ['a'])).toBe('')
})

test('it is entered and left once, whatever is asked, and nothing is drawn outside of it', () => {
  const written: string[] = []
  const stream = {columns: 0, rows: 2, write: (text: string) => written.push(text) > 0, on: () => {}, off: () => {}}
  const screen = new FullScreen(stream)
  screen.show('outside')
  screen.leave()
  expect(written).toEqual([])
  screen.enter()
  screen.enter()
  screen.show('one\ntwo\nthree')
  screen.leave()
  screen.leave()
  screen.show('outside')
  expect(written).toHaveLength(3)
  expect(written.join('')).not.toMatch(/three|outside|\u001b\[3J/)
  expect(screen.size()).toEqual({columns: 80, rows: 2})
})
