import fc from 'fast-check'
import {expect, test} from 'vitest'
import {fixedClock} from './clock.js'
import {isUserError} from './errors.js'
import {idTime, isUlid, matchPrefix, newId, newTurnId} from './ids.js'

test('ids sort in the order they were made, also within one millisecond', () => {
  fc.assert(
    fc.property(fc.nat(4_000_000_000_000), fc.array(fc.nat(3), {minLength: 2, maxLength: 50}), (start, steps) => {
      const clock = fixedClock(start)
      const ids = steps.map((step) => {
        clock.advance(step)
        return newId(clock)
      })
      expect([...ids].sort()).toEqual(ids)
      expect(new Set(ids).size).toBe(ids.length)
      expect(ids.every(isUlid)).toBe(true)
      expect(idTime(ids.at(-1) ?? '')).toBe(clock.now())
    }),
  )
})

test('a turn id can be told from others and knows its time', () => {
  const id = newTurnId(fixedClock('2026-11-21T08:30:00Z'))
  expect(id).toMatch(/^t_01/)
  expect(isUlid(id)).toBe(false)
  expect(new Date(idTime(id)).toISOString()).toBe('2026-11-21T08:30:00.000Z')
})

test('times past 2038 fit', () => {
  const clock = fixedClock('2106-02-07T06:28:16Z')
  expect(idTime(newId(clock))).toBe(clock.now())
})

const ids = ['01HZX0000000000000000000AA', '01HZX0000000000000000000AB', '01HZY0000000000000000000AA']
const words = {what: 'task', list: 'mcos task list'}

test('a prefix finds its one id, whatever its case', () => {
  expect(matchPrefix(ids, '01hzy', words)).toBe(ids[2])
  expect(matchPrefix([...ids, `${ids[0]}`], `${ids[0]}`, words)).toBe(ids[0])
  expect(matchPrefix(['a', 'ab'], 'a', words)).toBe('a')
})

test.each([
  ['01HZX', 'AMBIGUOUS'],
  ['9', 'NOT_FOUND'],
  ['', 'NOT_FOUND'],
])('%j is %s', (typed, code) => {
  expect(() => matchPrefix(ids, typed, words)).toThrow(
    expect.toSatisfy((error) => isUserError(error) && error.code === code && error.exit === 2),
  )
})
