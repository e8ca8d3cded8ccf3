import fc from 'fast-check'
import {expect, test} from 'vitest'
import {type Comparison, compareReading, type PreviousReading, rememberReading} from './compare.js'
import type {Reading} from './probe.js'

function reading(level: Reading['level'], fingerprint = level as string, items?: string[]): Reading {
  return {level, fingerprint, detail: 'x', ...(items && {items})}
}

/** What each of these readings means after the ones before it. */
function follow(readings: readonly Reading[], baseline = false): string[] {
  let previous: PreviousReading | null = null
  return readings.map((one) => {
    const {status, news}: Comparison = compareReading(previous, one, baseline)
    previous = JSON.parse(JSON.stringify(rememberReading(previous, one))) as PreviousReading
    return news ? `${status}!` : status
  })
}

test.each<[string, Reading[], boolean, string[]]>([
  ['a baseline at first sight is no news', [reading('ok', 'a'), reading('ok', 'b')], true, ['same', 'changed!']],
  ['others judge what is there at once', [reading('ok', 'a'), reading('ok', 'a')], false, ['changed!', 'same']],
  ['nothing new is nothing at first sight', [reading('ok', 'a', [])], false, ['same']],
  [
    'nothing new is nothing, whatever the fingerprint',
    [reading('ok', 'a'), reading('ok', 'b', [])],
    false,
    ['changed!', 'same'],
  ],
  ['an alert is news once', [reading('alert'), reading('alert')], false, ['alert!', 'alert']],
  ['an alert is news at first sight of a baseline too', [reading('alert')], true, ['alert!']],
  ['another alert is news again', [reading('alert', 'a'), reading('alert', 'b')], false, ['alert!', 'alert!']],
  ['the end of an alert is news', [reading('alert'), reading('ok', 'ok', [])], true, ['alert!', 'changed!']],
  ['a failure is news once', [reading('failed'), reading('failed')], false, ['failed!', 'failed']],
  ['another failure is news', [reading('failed', 'a'), reading('failed', 'b')], false, ['failed!', 'failed!']],
  [
    'a failure in between forgets nothing',
    [reading('ok', 'a'), reading('failed'), reading('ok', 'a'), reading('failed'), reading('ok', 'b')],
    true,
    ['same', 'failed!', 'same', 'failed!', 'changed!'],
  ],
  [
    'an outage goes on behind a failure',
    [reading('alert'), reading('failed'), reading('failed'), reading('alert'), reading('failed'), reading('ok')],
    false,
    ['alert!', 'failed!', 'failed', 'alert', 'failed!', 'changed!'],
  ],
])('%s', (_, readings, baseline, expected) => {
  expect(follow(readings, baseline)).toEqual(expected)
})

test('the same reading twice is never news twice, and a failure is never same', () => {
  const any = fc.record({
    level: fc.constantFrom<Reading['level']>('ok', 'alert', 'failed'),
    fingerprint: fc.constantFrom('a', 'b', 'c'),
    detail: fc.constant('x'),
  })
  fc.assert(
    fc.property(fc.array(any, {minLength: 1, maxLength: 8}), fc.boolean(), (readings, baseline) => {
      const last = readings.at(-1)
      if (!last) return
      const words = follow([...readings, last], baseline)
      expect(words.at(-1)).toBe(last.level === 'ok' ? 'same' : last.level)
      words.forEach((word, place) => {
        const level = place < readings.length ? readings[place]?.level : last.level
        expect(level === 'failed').toBe(word.startsWith('failed'))
        expect(level === 'alert').toBe(word.startsWith('alert'))
      })
    }),
  )
})
