import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {fixedClock} from '../kit/clock.js'
import {newId} from '../kit/ids.js'
import {
  ALERT_EVENT_KINDS,
  type Alert,
  type AlertEvent,
  alertEventOf,
  alertOf,
  formatAlert,
  formatAlertEvent,
  parseAlert,
  parseAlertEvent,
} from './alert-file.js'
import {alertGates} from './alert-gates.js'
import {originKeys} from './alert-origin.js'
import {foldAlert} from './alert-state.js'
import type {AlertLevel} from './soul.js'

const clock = fixedClock('2026-11-21T08:00:00Z')
const AT = '2026-11-21T08:00:00Z'
const person = {approves: ['all'], via: ['terminal', 'telegram:123456']}
const gates = alertGates(
  {ada: person, ben: person},
  new Map<string, AlertLevel[]>([
    ['sentinel', ['P2']],
    ['jarvis', ['P1', 'P0']],
    ['gene', []],
    ['flow', []],
  ]),
)

function event(kind: AlertEvent['kind'], by: string, more: Partial<AlertEvent> = {}): AlertEvent {
  return alertEventOf({id: newId(clock), at: AT, by, kind, ...more})
}

function claim(level: AlertLevel, more: Partial<Alert> = {}): Alert {
  return alertOf({id: newId(clock), at: AT, by: 'gene', title: 'The app is down', level, ...more})
}

function outcome(level: AlertLevel, events: AlertEvent[], more: Partial<Alert> = {}) {
  const state = foldAlert(claim(level, more), events, gates)
  return [state.status, state.level, state.confirmed, ...state.refused.map(({reason}) => reason)]
}

describe('the gates', () => {
  test.each<[string, AlertLevel, AlertEvent[], unknown[]]>([
    ['P3 needs nobody', 'P3', [], ['confirmed', 'P3', 'P3']],
    ['P2 is a hypothesis until the security agent confirms', 'P2', [], ['hypothesis', 'P2', null]],
    ['and then it holds', 'P2', [event('confirm', 'sentinel')], ['confirmed', 'P2', 'P2']],
    [
      'the security agent does not confirm P1',
      'P1',
      [event('confirm', 'sentinel')],
      ['hypothesis', 'P1', null, 'sentinel may not confirm P1'],
    ],
    [
      'the raiser never confirms',
      'P2',
      [event('confirm', 'gene')],
      ['hypothesis', 'P2', null, 'nobody confirms what they raised'],
    ],
    ['P0 is not confirmed by the orchestrator alone', 'P0', [event('confirm', 'jarvis')], ['hypothesis', 'P0', null]],
    ['nor by a person alone', 'P0', [event('confirm', 'ada', {via: 'terminal'})], ['hypothesis', 'P0', null]],
    [
      'but by both',
      'P0',
      [event('confirm', 'ada', {via: 'terminal'}), event('confirm', 'jarvis')],
      ['confirmed', 'P0', 'P0'],
    ],
    [
      'who said yes to what it was before has not said yes to what it is now',
      'P2',
      [event('raise', 'flow', {level: 'P1'}), event('confirm', 'ada', {level: 'P2'})],
      ['hypothesis', 'P1', null, 'it is about P2, and this is P1'],
    ],
    [
      'nor by a person whose yes came from nowhere that is known',
      'P0',
      [event('confirm', 'jarvis'), event('confirm', 'ada'), event('confirm', 'ada', {via: 'telegram:666'})],
      ['hypothesis', 'P0', null, expect.stringContaining('from a terminal'), expect.stringContaining('a channel')],
    ],
    [
      'nor by two people, or by two agents',
      'P0',
      [event('confirm', 'ada', {via: 'terminal'}), event('confirm', 'ben', {via: 'telegram:123456'})],
      ['hypothesis', 'P0', null],
    ],
    [
      'what is raised is a hypothesis again, and stays confirmed below',
      'P2',
      [event('confirm', 'sentinel'), event('raise', 'sentinel', {level: 'P1'})],
      ['hypothesis', 'P1', 'P2'],
    ],
    [
      'who raised it higher does not confirm that',
      'P2',
      [event('raise', 'jarvis', {level: 'P1'}), event('confirm', 'jarvis')],
      ['hypothesis', 'P1', null, 'nobody confirms what they raised'],
    ],
    ['to dismiss needs a why', 'P2', [event('dismiss', 'ada')], ['hypothesis', 'P2', null, 'to dismiss needs a why']],
    [
      'what is dismissed stays so',
      'P2',
      [event('dismiss', 'ada', {why: 'a drill'}), event('confirm', 'sentinel')],
      ['dismissed', 'P2', null, 'it is dismissed already'],
    ],
    [
      'what holds at P1 holds at P2',
      'P1',
      [event('confirm', 'jarvis'), event('lower', 'ada', {level: 'P2'})],
      ['confirmed', 'P2', 'P2'],
    ],
    [
      'what others rely on is not withdrawn by its raiser, nor lowered',
      'P1',
      [event('confirm', 'jarvis'), event('dismiss', 'gene', {why: 'oh'}), event('lower', 'gene', {level: 'P3'})],
      ['confirmed', 'P1', 'P1', 'gene may not dismiss P1', 'gene may not lower P1'],
    ],
    [
      'but its end is told by it',
      'P1',
      [event('confirm', 'jarvis'), event('resolve', 'gene')],
      ['resolved', 'P1', 'P1'],
    ],
    ['a claim is taken back by its raiser', 'P1', [event('dismiss', 'gene', {why: 'oh'})], ['dismissed', 'P1', null]],
    [
      'an outsider resolves nothing',
      'P3',
      [event('resolve', 'flow')],
      ['confirmed', 'P3', 'P3', 'flow may not resolve it'],
    ],
  ])('%s', (_, level, events, expected) => {
    expect(outcome(level, events)).toEqual(expected)
  })
})

test('who typed it for an agent does not confirm it, neither as themselves nor as another agent', () => {
  const list = [event('confirm', 'ada'), event('confirm', 'jarvis', {hand: 'ada'})]
  expect(outcome('P1', list, {hand: 'ada'})).toEqual([
    'hypothesis',
    'P1',
    null,
    'nobody confirms what they raised',
    'jarvis answers for itself, not by the hand of ada',
  ])
})

describe('who has heard the same is one', () => {
  const PAGE = ['https://status.example/app']
  test.each<[string, Partial<Alert>, AlertEvent[], unknown[]]>([
    [
      'a confirmation of the same origin does not count',
      {origin: PAGE},
      [event('confirm', 'jarvis', {origin: ['https://STATUS.example/other?x=1']})],
      ['hypothesis', 'P1', null, expect.stringContaining('the same origin')],
    ],
    [
      'one of another origin does',
      {origin: PAGE},
      [event('confirm', 'jarvis', {origin: ['a message of bo']})],
      ['confirmed', 'P1', 'P1'],
    ],
    ['one of none does', {origin: PAGE}, [event('confirm', 'jarvis')], ['confirmed', 'P1', 'P1']],
    [
      'what was raised of none is confirmed of any',
      {},
      [event('confirm', 'jarvis', {origin: PAGE})],
      ['confirmed', 'P1', 'P1'],
    ],
  ])('%s', (_, more, list, expected) => {
    expect(outcome('P1', list, more)).toEqual(expected)
  })

  test('who raised it higher counts as well, and so does another confirmer', () => {
    const raised = [event('confirm', 'sentinel'), event('raise', 'flow', {level: 'P1', origin: PAGE})]
    const late = event('confirm', 'jarvis', {origin: PAGE})
    expect(outcome('P2', [...raised, late])).toEqual(['hypothesis', 'P1', 'P2', expect.stringContaining('same origin')])
    const two = alertGates(
      {},
      new Map([
        ['jarvis', ['P0']],
        ['mars', ['P0']],
      ]),
    )
    const both = [event('confirm', 'jarvis', {origin: PAGE}), event('confirm', 'mars', {origin: PAGE})]
    expect(foldAlert(claim('P0'), both, two).refused).toHaveLength(1)
  })

  test.each([
    ['https://user@Status.example:8080/a', ['status.example:8080']],
    ['a  message of mallory; one of bo', ['a message of mallory', 'one of bo']],
    ['http://a.example; https://b.example/x', ['a.example', 'b.example']],
  ])('%s is of %s', (origin, key) => {
    expect(originKeys(origin)).toEqual(key)
  })
})

describe('a question', () => {
  const later = (hours: number) => new Date(Date.parse(AT) + hours * 3_600_000).toISOString()
  const asked = (level: AlertLevel, to: string, hours: number) =>
    event('ask', 'gene', {level, to: [to], at: later(hours)})

  test('that goes on lets the next answer, and nobody before', () => {
    expect(outcome('P2', [event('confirm', 'jarvis')])[0]).toBe('hypothesis')
    expect(outcome('P2', [asked('P2', 'jarvis', 3.9), event('confirm', 'jarvis')])).toEqual([
      'hypothesis',
      'P2',
      null,
      'whoever can answer it still has time',
      'jarvis may not confirm P2',
    ])
    expect(outcome('P2', [asked('P2', 'jarvis', 4), event('confirm', 'jarvis')])[0]).toBe('confirmed')
    expect(outcome('P2', [asked('P2', 'flow', 4), event('confirm', 'flow')])[0]).toBe('hypothesis')
  })

  test('of whose confirmer raised it goes on at once', () => {
    const alone = [asked('P2', 'jarvis', 0), event('confirm', 'jarvis')]
    expect(outcome('P2', alone, {by: 'sentinel'})[0]).toBe('confirmed')
  })

  test('never answers itself: a P0 without a person stays blocked however long', () => {
    const years = [event('confirm', 'jarvis'), asked('P0', 'ada', 1), asked('P0', 'ada', 100_000)]
    expect(outcome('P0', years)).toEqual(['hypothesis', 'P0', null])
  })

  test('raised or lowered is another question', () => {
    const list = [
      asked('P2', 'jarvis', 4),
      event('raise', 'flow', {level: 'P1'}),
      event('lower', 'flow', {level: 'P2'}),
    ]
    expect(outcome('P2', [...list, event('confirm', 'jarvis')]).slice(0, 3)).toEqual(['hypothesis', 'P2', null])
  })
})

test('notes count repeats, also of what is over, and people are paged about what is confirmed', () => {
  const over = [event('dismiss', 'ada', {why: 'a drill'}), event('note', 'flow', {repeat: true}), event('note', 'gene')]
  expect(foldAlert(claim('P1'), over, gates)).toMatchObject({status: 'dismissed', repeats: 1, refused: []})
  const page = event('page', 'jarvis', {level: 'P1', to: ['ada']})
  expect(foldAlert(claim('P1'), [page], gates)).toMatchObject({paged: [], refused: [{event: page}]})
  const told = [event('confirm', 'jarvis'), event('page', 'jarvis', {level: 'P1', to: ['ada']})]
  expect(foldAlert(claim('P1'), told, gates)).toMatchObject({paged: ['P1'], confirmedBy: ['jarvis']})
})

const texts = fc.string({minLength: 1, unit: 'binary'}).filter((text) => text.trim() !== '')
const times = fc
  .date({min: new Date('2020-01-01'), max: new Date('2038-12-31'), noInvalidDate: true})
  .map((date) => date.toISOString())
const ids = times.map((time) => newId(fixedClock(time)))
const names = fc.constantFrom('gene', 'sentinel', 'jarvis', 'ada', 'flow')
const origins = fc.array(fc.constantFrom('https://status.example/app', 'a message of mallory'), {maxLength: 2})
const levels = fc.constantFrom<AlertLevel>('P0', 'P1', 'P2', 'P3')
const events: fc.Arbitrary<AlertEvent> = fc.record({
  id: ids,
  at: times,
  by: names,
  kind: fc.constantFrom(...ALERT_EVENT_KINDS),
  hand: fc.option(names, {freq: 9}),
  level: fc.option(levels),
  sig: fc.option(texts),
  to: fc.array(names, {maxLength: 2}),
  via: fc.option(fc.constantFrom('terminal', 'telegram:123456')),
  origin: origins,
  clock: fc.option(texts),
  repeat: fc.boolean(),
  why: fc.option(texts),
})
const alerts: fc.Arbitrary<Alert> = fc.record({
  id: ids,
  at: times,
  by: names,
  title: texts,
  level: levels,
  evidence: fc.array(texts, {maxLength: 3}),
  since: fc.option(times),
  hand: fc.option(names),
  origin: origins,
  held: fc.option(texts),
  body: fc.string({unit: 'binary'}).map((text) => text.replaceAll('\r', '')),
  unknown: fc.constant([]),
})

test('evidence that somebody wrote as one text is a list of one', () => {
  const written = formatAlert(
    alertOf({id: '01JD0000000000000000000001', at: '2026-11-21T08:00:00Z', by: 'donna', title: 'Odd', level: 'P2'}),
  )
  const withEvidence = (evidence: string) => written.replace('\nlevel: P2\n', `\nlevel: P2\nevidence: ${evidence}\n`)
  expect(parseAlert(withEvidence('the log says so'), 'alert.md').evidence).toEqual(['the log says so'])
  expect(() => parseAlert(withEvidence('{a: b}'), 'alert.md')).toThrow('a list such as [one, two]')
})

describe('whatever the values', () => {
  test('alerts and their events are read back as they were written', () => {
    fc.assert(
      fc.property(alerts, events, (alert, one) => {
        expect(parseAlert(formatAlert(alert), 'alert.md')).toEqual(alert)
        expect(parseAlertEvent(formatAlertEvent(one), 'e.md')).toEqual(one)
      }),
      {numRuns: 150},
    )
  })

  test('no heap of events, in any order, confirms P0 without the orchestrator and a person, neither of them a raiser', () => {
    fc.assert(
      fc.property(fc.constantFrom<AlertLevel>('P0', 'P1', 'P2'), fc.array(events, {maxLength: 15}), (level, list) => {
        const claimed = claim(level)
        const state = foldAlert(claimed, list, gates)
        expect(foldAlert(claimed, [...list].reverse(), gates)).toEqual(state)
        if (state.confirmed !== 'P0') return
        const confirmed = state.applied.filter(({kind}) => kind === 'confirm').map(({by}) => by)
        expect(confirmed).toEqual(expect.arrayContaining(['ada', 'jarvis']))
        for (const name of state.confirmers) expect(state.raisers).not.toContain(name)
      }),
      {numRuns: 500},
    )
  })
})
