import {describe, expect, test} from 'vitest'
import {fixedClock} from '../kit/clock.js'
import {newId} from '../kit/ids.js'
import {type Alert, type AlertEvent, alertEventOf, alertOf} from '../workspace/alert-file.js'
import {alertGates} from '../workspace/alert-gates.js'
import {foldAlert} from '../workspace/alert-state.js'
import {placeAlert} from './place-alert.js'
import type {AlertCase} from './read-alerts.js'
import {foldText, hasOwnEvidence, isSameText} from './same-text.js'
import {speaksOfTime} from './time-words.js'

describe('two titles say the same', () => {
  test.each([
    ['Queue 7 holds 1,200 jobs', 'queue 9 holds 31 jobs!'],
    ['The page is stale: last update 4 h ago', 'the page is stale, last update 5 hours ago'],
    [
      'Job 01KAJ5Q2Z7XWM3N4P5R6S7T8V9 failed at 2026-11-21T08:30:00Z',
      'Job 01KAJ6Q2Z7XWM3N4P5R6S7T8V9 failed at 2026-11-21T09:30:00Z',
    ],
    ['commit 4f9a1c2 broke the build', 'Commit a0b1c2d3e4 broke the build'],
    ['Disk 91 % full', 'Disk 95% full'],
  ])('%s · %s', (one, other) => {
    expect(foldText(one)).toBe(foldText(other))
    expect(isSameText(one, other)).toBe(true)
  })

  test.each([
    ['The red door is open', 'The blue door is open'],
    ['Disk full on web', 'Disk full on mail'],
    ['Checkout answers 503', 'Login answers 503'],
    ['', 'The app is down'],
  ])('and these do not: %s · %s', (one, other) => {
    expect(isSameText(one, other)).toBe(false)
  })
})

const FIRST = alertOf({
  id: '01KAJ0000000000000000000A0',
  at: '2026-11-21T08:00:00Z',
  by: 'donna',
  title: 'All systems down',
  level: 'P1',
  evidence: ['status page: last update 4 h ago'],
  origin: ['https://status.example/'],
})

describe('evidence of one’s own', () => {
  const has = (evidence: string[], origin: string[] = []) => hasOwnEvidence({evidence, origin}, FIRST)
  test.each([
    [[]],
    [['donna says so']],
    [['Status page: last update 5 hours ago.']],
    [['alert 01KAJ0000000000000000000A0']],
    [['all systems are down']],
    [['4711']],
  ])('is not %j', (evidence) => {
    expect(has(evidence)).toBe(false)
  })

  test('is what nobody has said, unless it is read where the first one read', () => {
    const seen = ['GET https://shop.example/checkout answered 503 three times']
    expect(has(seen)).toBe(true)
    expect(has(seen, ['https://status.example/other'])).toBe(false)
    expect(has(seen, ['https://shop.example/'])).toBe(true)
  })
})

describe('a new alert', () => {
  const gates = alertGates(
    {ada: {approves: [], via: []}},
    new Map([
      ['donna', []],
      ['flow', []],
    ]),
  )
  const now = Date.parse('2026-11-21T08:30:00Z')
  const known = (alert: Alert, events: readonly AlertEvent[] = []): AlertCase => ({
    folder: `alerts/${alert.id}-x`,
    alert,
    events,
    state: foldAlert(alert, events, gates),
    trouble: null,
  })
  const event = (kind: AlertEvent['kind'], more: Partial<AlertEvent> = {}) =>
    alertEventOf({id: newId(fixedClock(now)), at: '2026-11-21T08:10:00Z', by: 'ada', kind, why: 'no', ...more})
  const draft = {...FIRST, evidence: ['donna says so'], origin: []}
  const place = (more: Partial<Alert>, cases: AlertCase[], at = now) => placeAlert({...draft, ...more}, cases, at).kind

  test('of the same agent is the same while that is open, and worse is worse', () => {
    expect(place({}, [known(FIRST)])).toBe('repeat')
    expect(place({level: 'P0'}, [known(FIRST)])).toBe('raise')
    expect(place({level: 'P3'}, [known(FIRST)])).toBe('repeat')
    expect(place({title: 'Something else'}, [known(FIRST)])).toBe('new')
  })

  test('of what was dismissed a moment ago needs something new, and of what was resolved nothing', () => {
    const dismissed = known(FIRST, [event('dismiss')])
    expect(place({}, [dismissed])).toBe('repeat')
    expect(place({evidence: ['GET /checkout answered 503 three times']}, [dismissed])).toBe('new')
    expect(place({}, [dismissed], now + 3_600_000)).toBe('new')
    expect(place({}, [known(FIRST, [event('confirm'), event('resolve')])])).toBe('new')
  })

  test('of another agent is an echo within the hour, when nothing of it is seen by itself', () => {
    expect(place({by: 'flow'}, [known(FIRST)])).toBe('repeat')
    expect(place({by: 'flow', level: 'P0'}, [known(FIRST)])).toBe('repeat')
    expect(place({by: 'flow', evidence: ['GET /checkout answered 503 three times']}, [known(FIRST)])).toBe('new')
    expect(place({by: 'flow'}, [known(FIRST)], now + 3_600_000)).toBe('new')
  })

  test('is never placed by one that can’t be read', () => {
    expect(place({}, [{...known(FIRST), trouble: 'broken'}])).toBe('new')
  })
})

describe('what speaks of time', () => {
  const spoken = (title: string, evidence: string[] = [], since: string | null = null) =>
    speaksOfTime({title, evidence, since})
  test.each([
    'The certificate expired',
    'The page is STALE',
    'last update 4 h ago',
    'no beat for 26 hours',
    'silent since Tuesday',
    'Das Zertifikat ist abgelaufen',
    'veraltet, zuletzt gestern',
    'La page est périmée depuis hier',
    'El certificado está caducado',
    'O certificado expirou há 3 dias',
    'Het certificaat is verlopen',
    'сертификат просрочен',
    '证书已过期',
    '最終更新は4時間前',
  ])('%s', (text) => {
    expect(spoken(text)).toBe(true)
    expect(spoken('Odd', [text])).toBe(true)
  })

  test.each(['GET /health answered 503', 'A key was pushed', 'Login fails for three users', 'Disk 91 % full'])(
    'and this does not: %s',
    (text) => {
      expect(spoken(text)).toBe(false)
      expect(spoken(text, [], '2026-11-21T08:00:00Z')).toBe(true)
    },
  )
})
