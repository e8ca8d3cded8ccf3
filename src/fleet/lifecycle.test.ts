import fc from 'fast-check'
import {expect, test} from 'vitest'
import {LATE_MS, type LifecycleFacts, lifecycleOf, WARM_MS} from './lifecycle.js'

const NOW = Date.parse('2026-11-21T12:00:00Z')

const QUIET: LifecycleFacts = {
  now: NOW,
  isParked: false,
  isElsewhere: false,
  policy: 'on-demand',
  lock: null,
  lastBeat: NOW - 20 * 60_000,
  nextDue: null,
  longestTurnMs: 900_000,
}

test.each<[string, Partial<LifecycleFacts>, string]>([
  ['waits for its next beat', {}, 'idle'],
  ['has just worked', {lastBeat: NOW - WARM_MS}, 'warm'],
  ['is kept ready', {policy: 'always'}, 'warm'],
  ['has a process at work', {lock: {since: NOW - 60_000, isStale: false}}, 'busy'],
  ['has a process that is gone', {lock: {since: NOW - 60_000, isStale: true}}, 'dead'],
  ['has a process that is over every declared time-out', {lock: {since: NOW - 900_001, isStale: false}}, 'dead'],
  ['is kept ready and has not stirred', {policy: 'always', lastBeat: NOW - LATE_MS - 1}, 'dead'],
  ['has missed its slot', {policy: 'scheduled', nextDue: NOW - LATE_MS - 1}, 'dead'],
  ['waits for a slot that is still to come', {policy: 'scheduled', nextDue: NOW + 1, lastBeat: NOW - 9e8}, 'idle'],
  ['sleeps for weeks, as it may', {lastBeat: NOW - 9e9}, 'idle'],
  ['was never started', {policy: 'always', lastBeat: null}, 'idle'],
  ['works on another machine, unseen here', {policy: 'always', isElsewhere: true, lastBeat: NOW - 9e9}, 'warm'],
])('an agent that %s', (_, facts, state) => {
  expect(lifecycleOf({...QUIET, ...facts})).toBe(state)
})

test('a parked agent is parked, whatever else is true of it', () => {
  const facts = fc.record({
    now: fc.constant(NOW),
    isParked: fc.constant(true),
    isElsewhere: fc.boolean(),
    policy: fc.constantFrom('always' as const, 'on-demand' as const, 'scheduled' as const),
    lock: fc.option(fc.record({since: fc.integer({min: 0, max: NOW}), isStale: fc.boolean()})),
    lastBeat: fc.option(fc.integer({min: 0, max: NOW})),
    nextDue: fc.option(fc.integer({min: 0, max: 2 * NOW})),
    longestTurnMs: fc.integer({min: 0, max: 1e7}),
  })
  fc.assert(fc.property(facts, (some) => lifecycleOf(some) === 'parked'))
})
