import {expect, test} from 'vitest'
import type {Check} from './check.js'
import {judgeDue} from './due.js'
import {formatDuration} from './duration.js'
import {parseHeartbeat} from './parse-heartbeat.js'
import {rememberRun} from './run-memory.js'

const BERLIN = 'Europe/Berlin'
const at = (text: string) => Date.parse(`${text}Z`)

function checkOf(cadence: string, settings = ''): Check {
  const [check] = parseHeartbeat(
    `## Work (${cadence})\n<!-- mcos: id=work ${settings} -->\nDo it.`,
    'HEARTBEAT.md',
  ).checks
  if (!check || check.guess) throw new Error(`${cadence} is not plain`)
  return check
}

function judge(
  cadence: string,
  facts: {now: string; lastRun?: string | null; ahead?: string; zone?: string; settings?: string; isForced?: boolean},
) {
  const {now, lastRun = null, ahead, zone = 'UTC', settings, isForced = false} = facts
  return judgeDue(checkOf(cadence, settings), {
    now: at(now),
    lastRun: lastRun === null ? null : at(lastRun),
    ahead: ahead === undefined ? null : at(ahead),
    zone,
    isForced,
  })
}

test.each([
  // cadence, last run, now, due, next
  ['every heartbeat', '2026-11-20T08:00', '2026-11-20T08:01', true, null],
  ['every 30m', null, '2026-11-20T08:00', true, '2026-11-20T08:30'],
  ['every 30m', '2026-11-20T08:00', '2026-11-20T08:29', false, '2026-11-20T08:30'],
  ['every 30m', '2026-11-20T08:00:03', '2026-11-20T08:30:01', true, '2026-11-20T09:00:01'],
  ['every 30m', '2026-11-20T09:00', '2026-11-20T08:00', true, '2026-11-20T08:30'],
  ['every 2 days', '2026-11-20T08:00', '2026-11-22T08:00', true, '2026-11-24T08:00'],
  ['daily', null, '2026-11-20T17:00', true, '2026-11-21T00:00'],
  ['daily', '2026-11-20T00:10', '2026-11-20T23:50', false, '2026-11-21T00:00'],
  ['daily', '2026-11-20T23:50', '2026-11-21T00:10', true, '2026-11-22T00:00'],
  ['daily 08:00', null, '2026-11-20T07:59', false, '2026-11-20T08:00'],
  ['daily 08:00', null, '2026-11-20T08:00', true, '2026-11-21T08:00'],
  ['daily 08:00', null, '2026-11-20T23:59', true, '2026-11-21T08:00'],
  ['daily 08:00', '2026-11-20T08:05', '2026-11-20T12:00', false, '2026-11-21T08:00'],
  ['daily 08:00', '2026-11-20T08:00', '2026-11-21T08:00', true, '2026-11-22T08:00'],
  ['daily 08:00, 18:00', '2026-11-20T08:05', '2026-11-20T18:20', true, '2026-11-21T08:00'],
  ['daily morning', '2026-11-19T08:05', '2026-11-20T08:00', true, '2026-11-21T08:00'],
  ['daily evening', '2026-11-19T18:05', '2026-11-20T08:00', false, '2026-11-20T18:00'],
  ['3 times a day', '2026-11-20T08:05', '2026-11-20T14:00', true, '2026-11-20T20:00'],
  ['twice a day', '2026-11-20T08:05', '2026-11-20T14:00', false, '2026-11-20T20:00'],
  ['weekly', null, '2026-11-20T08:00', false, '2026-11-23T00:00'],
  ['weekly', null, '2026-11-23T08:00', true, '2026-11-30T00:00'],
  ['weekly mon,thu 10:00', '2026-11-16T10:05', '2026-11-20T08:00', true, '2026-11-23T10:00'],
  ['weekdays 9:00', '2026-11-20T09:00', '2026-11-22T12:00', false, '2026-11-23T09:00'],
  ['monthly', '2026-11-01T00:10', '2026-11-20T08:00', false, '2026-12-01T00:00'],
  ['monthly 31 09:00', '2026-11-20T00:00', '2026-11-30T09:00', true, '2026-12-31T09:00'],
  ['monthly 31 09:00', '2027-01-31T09:00', '2027-02-28T09:00', true, '2027-03-31T09:00'],
  ['cron "0 9 28 * *"', '2026-11-01T00:00', '2026-11-28T09:00', true, '2026-12-28T09:00'],
  ['cron "0 9 28 * *"', null, '2026-11-20T09:00', false, '2026-11-28T09:00'],
  ['cron "*/15 * * * *"', '2026-11-20T09:00', '2026-11-20T09:14', false, '2026-11-20T09:15'],
])('%s, last run %s, at %s: %s, next %s', (cadence, lastRun, now, due, next) => {
  const judged = judge(cadence, {now, lastRun})
  expect({due: judged.due, next: judged.nextDue}).toEqual({due, next: next === null ? null : at(next)})
})

test('a range joins a turn from its lower bound and is due at its upper', () => {
  const seen = ['09:00', '10:30', '12:00'].map((time) =>
    judge('every 2-4 hours', {lastRun: '2026-11-20T08:00', now: `2026-11-20T${time}`}),
  )
  expect(seen.map(({due, joins}) => [due, joins])).toEqual([
    [false, false],
    [false, true],
    [true, false],
  ])
  expect(seen[1]?.nextDue).toBe(at('2026-11-20T12:00'))
})

test('its own zone decides what is eight o’clock', () => {
  expect(judge('daily 08:00', {now: '2026-11-20T07:00', zone: BERLIN}).due).toBe(true)
  expect(judge('daily 08:00', {now: '2026-11-20T07:00', zone: BERLIN, settings: 'tz=Asia/Tokyo'}).nextDue).toBe(
    at('2026-11-20T23:00'),
  )
})

test('a time that summer time skips comes once, right after the gap', () => {
  const before = judge('daily 02:30', {now: '2026-03-29T00:59', lastRun: '2026-03-28T01:30', zone: BERLIN})
  expect([before.due, before.nextDue]).toEqual([false, at('2026-03-29T01:00')])
  const after = judge('daily 02:30', {now: '2026-03-29T01:00', lastRun: '2026-03-28T01:30', zone: BERLIN})
  expect([after.due, after.nextDue]).toEqual([true, at('2026-03-30T00:30')])
})

test('a time that winter time repeats comes once only', () => {
  const again = judge('daily 02:30', {now: '2026-10-25T01:31', lastRun: '2026-10-25T00:30', zone: BERLIN})
  expect([again.due, again.nextDue]).toEqual([false, at('2026-10-26T01:30')])
})

test('what was missed runs once and says how often it was missed', () => {
  const late = judge('daily 08:00', {now: '2026-11-20T07:00', lastRun: '2026-11-16T08:00'})
  expect(late).toMatchObject({due: true, missed: 2, why: 'due: 2026-11-19 08:00 has come, 2 earlier ones were missed'})
})

test.each([
  ['missed=skip', '08:45', true],
  ['missed=skip', '09:30', false],
  ['missed=within:30m', '08:30', true],
  ['missed=within:30m', '08:31', false],
  ['missed=run-once', '23:00', true],
])('%s at %s', (settings, time, due) => {
  const judged = judge('daily 08:00', {now: `2026-11-20T${time}`, lastRun: '2026-11-19T08:00', settings})
  expect(judged.due).toBe(due)
  expect([judged.mark, judged.missed]).toEqual(due ? [null, 0] : [at(`2026-11-20T${time}`), 1])
})

test('a slot that was let go is told once, when the mark is remembered', () => {
  const facts = {now: '2026-11-20T10:00', lastRun: '2026-11-19T08:00', settings: 'missed=skip'}
  const first = judge('daily 08:00', facts)
  expect(first.why).toBe('08:00 was missed by 2h and let go, next at 2026-11-21 08:00')
  const next = judge('daily 08:00', {...facts, now: '2026-11-20T10:30', lastRun: '2026-11-20T10:00'})
  expect([next.missed, next.why]).toEqual([0, 'next at 2026-11-21 08:00'])
})

test('a first sight is remembered, so that a slot just before midnight is not lost at the next beat', () => {
  const first = judge('daily 23:50', {now: '2026-11-20T23:45'})
  expect([first.due, first.mark]).toEqual([false, at('2026-11-20T23:45')])
  expect(judge('daily 23:50', {now: '2026-11-21T00:15', lastRun: '2026-11-20T23:45'}).due).toBe(true)
})

test('a clock set back by an hour runs nothing twice', () => {
  const judged = judge('daily 08:00', {now: '2026-11-20T08:00', lastRun: '2026-11-20T08:30'})
  expect(judged).toMatchObject({due: false, nextDue: at('2026-11-21T08:00')})
  expect(judged.why).toContain('the clock was set back')
})

test('a clock set back by a year goes on from now, and remembers what it had run', () => {
  const judged = judge('daily 08:00', {now: '2026-11-20T09:00', lastRun: '2027-11-20T08:30'})
  expect(judged).toMatchObject({due: false, mark: at('2026-11-20T09:00'), nextDue: at('2026-11-21T08:00')})
  const memory = rememberRun({lastRun: at('2027-11-20T08:30')}, at('2026-11-20T09:00'))
  expect(memory).toEqual({lastRun: at('2026-11-20T09:00'), ahead: at('2027-11-20T08:30')})
  const back = {lastRun: '2026-11-20T09:00', ahead: '2027-11-20T08:30'}
  expect(judge('daily 08:00', {now: '2026-11-21T08:00', ...back}).due).toBe(true)
  expect(judge('daily 08:00', {now: '2027-11-20T09:00', ...back}).due).toBe(false)
})

test('force takes every check, but not what is switched off or only context', () => {
  expect(judge('daily 08:00', {now: '2026-11-20T07:00', isForced: true})).toMatchObject({due: true, why: 'forced'})
  const {checks} = parseHeartbeat('## Old (off)\n- x\n## Rules\n- y', 'HEARTBEAT.md')
  const facts = {now: at('2026-11-20T07:00'), lastRun: null, zone: 'UTC', isForced: true}
  expect(checks.map((check) => judgeDue(check, facts).due)).toEqual([false, false])
})

test.each([
  [90, '90m'],
  [120, '2h'],
  [1440, '24h'],
  [2880, '2d'],
  [0.2, '1m'],
])('%d minutes are %s', (minutes, text) => {
  expect(formatDuration(minutes * 60_000)).toBe(text)
})
