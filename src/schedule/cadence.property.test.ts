import fc from 'fast-check'
import {expect, test} from 'vitest'
import {cpuTime} from '../../testing/cpu-time.js'
import type {Cadence} from './check.js'
import {WEEKDAYS} from './check.js'
import {formatCadence} from './format.js'
import {readHeadingCadence} from './heading.js'
import {parseHeartbeat} from './parse-heartbeat.js'

const MINUTE_MS = 60_000
const minutes = fc.integer({min: 1, max: 40_000}).map((count) => count * MINUTE_MS)
const time = fc
  .tuple(fc.integer({min: 0, max: 23}), fc.integer({min: 0, max: 59}))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'))
const times = fc.uniqueArray(time, {maxLength: 4}).map((list) => list.sort())
const cadence: fc.Arbitrary<Cadence> = fc.oneof(
  fc.constantFrom<Cadence>(
    {kind: 'every-beat'},
    {kind: 'off'},
    {kind: 'part-of-day', part: 'morning'},
    {kind: 'part-of-day', part: 'evening'},
  ),
  fc
    .tuple(minutes, minutes)
    .map(([one, other]): Cadence => ({kind: 'every', fromMs: Math.min(one, other), toMs: Math.max(one, other)})),
  minutes.map((ms): Cadence => ({kind: 'every', fromMs: ms, toMs: ms})),
  times.map((list): Cadence => ({kind: 'daily', times: list})),
  fc.integer({min: 2, max: 48}).map((count): Cadence => ({kind: 'times-a-day', count})),
  fc
    .tuple(fc.subarray([...WEEKDAYS], {maxLength: 6}), times)
    .map(([days, list]): Cadence => ({kind: 'weekly', days, times: list})),
  fc
    .tuple(fc.uniqueArray(fc.integer({min: 1, max: 31}), {maxLength: 4}), times)
    .map(([days, list]): Cadence => ({kind: 'monthly', days: days.sort((a, b) => a - b), times: list})),
  fc
    .constantFrom('0 9 28 * *', '*/15 * * * *', '30 8 * * 1-5', '0 0 1 1,4,7,10 *', '5 4 * * sun')
    .map((expression): Cadence => ({kind: 'cron', expression})),
)

test('the normal form parses back to itself as a heading’s tail, and as a line of its own', () => {
  fc.assert(
    fc.property(cadence, (wanted) => {
      const text = formatCadence(wanted)
      const read = readHeadingCadence(`Work (${text})`).cadence
      expect({text: read && formatCadence(read.cadence), guess: read?.guess}).toEqual({text, guess: null})
      const [check] = parseHeartbeat(`## Work\nevery: ${text}\nDo it.`, 'HEARTBEAT.md').checks
      expect(check && formatCadence(check.off ? {kind: 'off'} : check.cadence)).toBe(text)
    }),
    {numRuns: 400},
  )
})

const piece = fc.oneof(
  fc.constantFrom(
    '## ',
    '# ',
    '### ',
    '**',
    '```',
    '~~~md',
    '`',
    '<!--',
    '-->',
    '<!-- mcos: every=',
    'cron: ',
    'tasks:\n',
    '- [ ] ',
    '- [x] ',
    '~~',
    '(',
    '）',
    '（',
    '每',
    '2小时',
    ' every ',
    '1d',
    ' daily',
    ' 08:00',
    '-',
    '\n',
    '\n\n',
    '\\n',
    ' ',
    '|',
    ':',
    '：',
    '#',
    '\t',
    '\r\n',
    '\u0000',
    '\ufeff',
    '📬',
    'toutes les ',
    'HEARTBEAT_OK',
    'Quiet hours: 22-7',
    'run: x',
    'http https://x',
    '---\n',
    '1. ',
    '99999',
    'a',
  ),
  fc.string({maxLength: 12, unit: 'grapheme'}),
)

test('whatever stands in a file, it is read', () => {
  fc.assert(
    fc.property(fc.array(piece, {maxLength: 60}), (pieces) => {
      const {checks, isEmpty} = parseHeartbeat(pieces.join(''), 'HEARTBEAT.md')
      expect(JSON.parse(JSON.stringify(checks))).toEqual(checks)
      expect(new Set(checks.map(({id}) => id)).size).toBe(checks.length)
      if (isEmpty) expect(checks).toEqual([])
    }),
    {numRuns: 400},
  )
})

test.each([
  ['spaces', ' '],
  ['backticks', '`'],
  ['runs of backticks', '`` '],
  ['brackets', '('],
  ['full-width brackets', '（'],
  ['asterisks', '*'],
  ['bold', '**a**'],
  ['digits', '1'],
  ['dashes', '-'],
  ['numbers with dashes', '12-'],
  ['colons', '08:00 '],
  ['every', 'every '],
  ['han days', '每周一'],
  ['comments', '<!-- '],
  ['open fences', '```x\n'],
  ['fences and headings', '```\n## a\n'],
  ['headings', '## daily\n'],
  ['tildes', '~~a~~ '],
  ['boxes', '- [ ] a\n'],
  ['zones', 'Europe/Berlin '],
  ['quiet hours', 'Quiet hours: '],
])('a file of nothing but %s is read in time that grows with it', (_, unit) => {
  const measure = (length: number) => {
    const text = `## ${unit.repeat(Math.ceil(length / unit.length)).slice(0, length)}`
    return cpuTime(() => parseHeartbeat(text, 'HEARTBEAT.md'))
  }
  measure(2_000)
  const small = Math.min(measure(10_000), measure(10_000))
  const large = measure(80_000)
  expect(large).toBeLessThan(40 * small + 200)
  expect(large).toBeLessThan(3_000)
})

test.each([
  ['a struck item', (blanks: string) => `- ${blanks}x ~~y~~`],
  ['an item', (blanks: string) => `-${blanks}x`],
  ['a box', (blanks: string) => `- [ ]${blanks}x`],
  ['a line', (blanks: string) => `${blanks}x`],
  ['a remark', (blanks: string) => `- ~~x~~ ${blanks}((y`],
])('a megabyte of blanks in %s holds nobody up', (_, line) => {
  const text = `## A\n${line(' '.repeat(1_000_000))}\n`
  expect(cpuTime(() => parseHeartbeat(text, 'HEARTBEAT.md'))).toBeLessThan(3_000)
})
