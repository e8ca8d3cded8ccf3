import {expect, test} from 'vitest'
import {openScene} from '../../../testing/heartbeat-scene.js'
import {openWeek} from './week.js'

test('seven days in the zone of the fleet, and beats that come later are added', async () => {
  const scene = openScene({files: {'mcos.yaml': 'version: 1\nname: northwind\ntimezone: Asia/Tokyo\n'}})
  await scene.beat()
  const line = scene.read('.mcos/runs/2026-11-21.jsonl').split('\n')[0] ?? ''
  const ended = (at: string, more = {}) =>
    `${JSON.stringify({...JSON.parse(line), agent: 'donna', ended: at, ...more})}\n`
  scene.write('.mcos/runs/2026-11-19.jsonl', ended('2026-11-19T14:59:00Z') + ended('2026-11-19T15:00:00Z'))
  scene.write('.mcos/runs/2026-11-18.jsonl', ended('2026-11-18T10:00:00Z', {state: 'skipped'}))
  const week = openWeek(await scene.open())
  const readAll = () => {
    while (week.readMore()) {
      // Until nothing is new.
    }
  }
  readAll()
  expect(week.of('donna').days).toEqual(['15', '16', '17', '18', '19', '20', '21'].map((day) => `2026-11-${day}`))
  expect(week.of('donna').beats).toEqual([0, 0, 0, 0, 1, 1, 1])
  expect(week.of(null).beats).toEqual([0, 0, 0, 0, 1, 1, 2])
  scene.clock.advance(60_000)
  await scene.beatOne('donna')
  readAll()
  expect(week.of('donna').beats.at(-1)).toBe(2)
})
