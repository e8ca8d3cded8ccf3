import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {type BeatState, formatBeatState, NEW_BEAT_STATE, parseBeatState} from './beat-state.js'

const reading = fc.record({
  level: fc.constantFrom('ok' as const, 'alert' as const, 'failed' as const),
  fingerprint: fc.string(),
})
const outage = fc.record({
  since: fc.nat(),
  detail: fc.string(),
  recovery: fc.option(fc.string()),
  page: fc.option(fc.string()),
})
const time = fc.option(fc.nat())
const state: fc.Arbitrary<BeatState> = fc.record({
  version: fc.constant(1 as const),
  lastBeat: time,
  planKey: fc.option(fc.string()),
  checks: fc.dictionary(
    fc.stringMatching(/^[a-z][a-z0-9-]{0,10}$/),
    fc.record({
      lastRun: time,
      ahead: time,
      nextDue: time,
      readings: fc.dictionary(fc.stringMatching(/^[a-z ]{1,10}$/), reading),
      outages: fc.dictionary(fc.stringMatching(/^[a-z ]{1,10}$/), outage),
    }),
  ),
})

describe('the memory of a beat', () => {
  test('reads back as it was written', () => {
    fc.assert(
      fc.property(state, (value) => {
        expect(parseBeatState(formatBeatState(value), 'x')).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  test('is refused with its file when a byte of it is lost', () => {
    const text = formatBeatState(NEW_BEAT_STATE)
    for (let length = 0; length < text.trimEnd().length; length++) {
      expect(() => parseBeatState(text.slice(0, length), '.mcos/beats/donna.json')).toThrow(
        /^\.mcos\/beats\/donna\.json can't/,
      )
    }
  })
})
