import {describe, expect, test} from 'vitest'
import {codeOf} from '../../testing/code-of.js'
import {parseMoment} from './moment.js'

const ZONE = 'Africa/Johannesburg'
const NOW = Date.parse('2026-11-21T08:30:00Z')
const iso = (text: string, zone = ZONE, now?: number) => new Date(parseMoment(text, zone, now)).toISOString()

describe('a moment that a person typed', () => {
  test.each([
    ['2026-11-21T08:00:00Z', '2026-11-21T08:00:00.000Z'],
    ['2026-11-21T08:00+02:00', '2026-11-21T06:00:00.000Z'],
    ['2026-11-21T08:00:30.5Z', '2026-11-21T08:00:30.500Z'],
    ['2026-11-21T08:00', '2026-11-21T06:00:00.000Z'],
    ['2026-11-21 08:00:45', '2026-11-21T06:00:45.000Z'],
    [' 2026-11-21 ', '2026-11-20T22:00:00.000Z'],
  ])('%j is read on the clock of the fleet, or of its own offset', (text, expected) => {
    expect(iso(text)).toBe(expected)
  })

  test('a time of day is the last time that clock showed it', () => {
    expect(iso('10:30', ZONE, NOW)).toBe('2026-11-21T08:30:00.000Z')
    expect(iso('10:31', ZONE, NOW)).toBe('2026-11-20T08:31:00.000Z')
  })

  test.each([
    ['90m', '2026-11-21T07:00:00.000Z'],
    ['8h', '2026-11-21T00:30:00.000Z'],
    ['2d', '2026-11-19T08:30:00.000Z'],
  ])('%j is so long ago', (text, expected) => {
    expect(iso(text, ZONE, NOW)).toBe(expected)
    expect(codeOf(() => parseMoment(text, ZONE))).toBe('USAGE')
  })

  test('the time of day of yesterday is found also when yesterday had 25 hours', () => {
    const justAfter = Date.parse('2026-10-25T23:30:00Z')
    expect(iso('23:45', 'Europe/Berlin', justAfter)).toBe('2026-10-25T22:45:00.000Z')
  })

  test.each([
    '',
    'foo 8',
    '5',
    'tomorrow',
    '08:00',
    '2026-02-30',
    '2026-02-30T08:00:00Z',
    '2026-13-01',
    '2026-11-21T25:00',
    '2026-11-21T08:60',
    '2026-11-21T08:00:61',
  ])('%j is no time', (text) => {
    expect(codeOf(() => parseMoment(text, ZONE))).toBe('USAGE')
  })

  test.each(['24:00', '8:60', '99:99'])('%j is no time of day', (text) => {
    expect(codeOf(() => parseMoment(text, ZONE, NOW))).toBe('USAGE')
  })
})
