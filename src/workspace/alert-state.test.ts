import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {fixedClock} from '../kit/clock.js'
import {newId} from '../kit/ids.js'
import {
  ALERT_EVENT_KINDS,
  type Alert,
  type AlertEvent,
  formatAlert,
  formatAlertEvent,
  parseAlert,
  parseAlertEvent,
} from './alert-file.js'
import {foldAlert} from './alert-state.js'
import type {AlertLevel} from './soul.js'

const clock = fixedClock('2026-11-21T08:00:00Z')
const gates = {
  confirms: (name: string, level: AlertLevel) =>
    name === 'sentinel' ? level === 'P2' : name === 'jarvis' && level < 'P2',
  isPerson: (name: string) => name === 'ada',
}

function event(kind: AlertEvent['kind'], by: string, more: Partial<AlertEvent> = {}): AlertEvent {
  return {id: newId(clock), at: '2026-11-21T08:00:00Z', by, kind, level: null, why: null, ...more}
}

function outcome(level: AlertLevel, events: AlertEvent[]) {
  const state = foldAlert({by: 'gene', level}, events, gates)
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
    ['nor by a person alone', 'P0', [event('confirm', 'ada')], ['hypothesis', 'P0', null]],
    ['but by both', 'P0', [event('confirm', 'ada'), event('confirm', 'jarvis')], ['confirmed', 'P0', 'P0']],
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
      'an outsider resolves nothing',
      'P3',
      [event('resolve', 'flow')],
      ['confirmed', 'P3', 'P3', 'flow may not resolve it'],
    ],
  ])('%s', (_, level, events, expected) => {
    expect(outcome(level, events)).toEqual(expected)
  })
})

const texts = fc.string({minLength: 1, unit: 'binary'}).filter((text) => text.trim() !== '')
const times = fc
  .date({min: new Date('2020-01-01'), max: new Date('2038-12-31'), noInvalidDate: true})
  .map((date) => date.toISOString())
const ids = times.map((time) => newId(fixedClock(time)))
const names = fc.constantFrom('gene', 'sentinel', 'jarvis', 'ada', 'flow')
const levels = fc.constantFrom<AlertLevel>('P0', 'P1', 'P2', 'P3')
const events: fc.Arbitrary<AlertEvent> = fc.record({
  id: ids,
  at: times,
  by: names,
  kind: fc.constantFrom(...ALERT_EVENT_KINDS),
  level: fc.option(levels),
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
  body: fc.string({unit: 'binary'}).map((text) => text.replaceAll('\r', '')),
  unknown: fc.constant([]),
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
        const state = foldAlert({by: 'gene', level}, list, gates)
        expect(foldAlert({by: 'gene', level}, [...list].reverse(), gates)).toEqual(state)
        if (state.confirmed !== 'P0') return
        const confirmed = state.applied.filter(({kind}) => kind === 'confirm').map(({by}) => by)
        expect(confirmed).toEqual(expect.arrayContaining(['ada', 'jarvis']))
        for (const name of state.confirmers) expect(state.raisers).not.toContain(name)
      }),
      {numRuns: 500},
    )
  })
})
