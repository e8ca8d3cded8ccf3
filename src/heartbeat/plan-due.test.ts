import {describe, expect, test, vi} from 'vitest'
import {readHeartbeat} from '../schedule/read-heartbeat.js'
import {type BeatState, NEW_BEAT_STATE, NEW_CHECK_STATE} from './beat-state.js'
import {planDue} from './plan-due.js'

const NOW = Date.parse('2026-11-21T08:30:00Z')
const HOUR = 3_600_000

function plan(text: string, state: Partial<BeatState> = {}, facts: {isForced?: boolean; planKey?: string} = {}) {
  const {checks} = readHeartbeat(Buffer.from(text), 'HEARTBEAT.md')
  const known = {...NEW_BEAT_STATE, planKey: 'a', lastBeat: NOW - HOUR, ...state}
  return planDue(checks, known, {now: NOW, zone: 'UTC', isForced: false, planKey: 'a', ...facts})
}

/** What an earlier beat worked out: wrong on purpose, so that it shows who was asked. */
const WORKED_OUT = {brief: {...NEW_CHECK_STATE, lastRun: NOW - HOUR, nextDue: NOW + HOUR}}
const BRIEF = '## Brief (every 30m)\nWhat is open?\n'

describe('the plan of a beat', () => {
  test('takes over what an earlier beat worked out for the same texts', async () => {
    expect(await plan(BRIEF, {checks: WORKED_OUT})).toMatchObject([{due: false, nextDue: NOW + HOUR}])
  })

  test.each([
    ['the file or the zone has changed', {}, {planKey: 'b'}],
    ['the clock was set back', {lastBeat: NOW + HOUR}, {}],
    ['it is forced', {}, {isForced: true}],
  ])('works it out anew when %s', async (_, state, facts) => {
    expect(await plan(BRIEF, {checks: WORKED_OUT, ...state}, facts)).toMatchObject([{due: true}])
  })

  test('passes over context and what is switched off, whatever is forced', async () => {
    const text = '## Rules\n- Be brief\n\n## Old (disabled)\nLook\n\n## Every heartbeat\n- `inbox`\n'
    const planned = await plan(text, {}, {isForced: true})
    expect(planned.map(({due, why}) => [due, why])).toEqual([
      [false, 'it is policy, read as context'],
      [false, 'it is switched off'],
      [true, 'due at every beat'],
    ])
  })

  test('keeps what it knows of a check apart from what every object has', async () => {
    expect(await plan('## Constructor (every 30m)\nLook\n')).toMatchObject([{due: true, why: 'due: never run here'}])
  })

  test('asks no calendar and no clock for what comes at every beat', async () => {
    const now = vi.spyOn(Date, 'now')
    await plan('## Every heartbeat\n- `inbox`\n')
    expect(now).not.toHaveBeenCalled()
    now.mockRestore()
  })
})
