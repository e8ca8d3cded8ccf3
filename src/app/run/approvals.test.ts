import {expect, test} from 'vitest'
import {withApprovals} from '../../../testing/approval-scene.js'
import {asksFor, says} from '../../../testing/model-server/behaviour.js'
import {openRunScene} from '../../../testing/run-scene.js'
import {presentTrouble} from '../../present/run.js'
import {exitOf} from './report.js'

const SMOKE = {tool: 'alert_raise', input: {level: 'P3', title: 'Smoke', evidence: ['seen']}}

test('a run that asks a person ends with exit 4 and the command, and the next one does it and hears of it', async () => {
  const script = [asksFor([SMOKE]), says('It waits for you.'), says('Good.')]
  const scene = withApprovals(await openRunScene(script))
  const waiting = await scene.run()
  const [asked] = waiting.report.refused
  const id = asked?.approval ?? ''
  expect(exitOf(waiting.report)).toBe(4)
  expect(waiting.report.commit).not.toBeNull()
  expect(presentTrouble(waiting.report)).toBe(`waits for a yes: alert_raise; mcos approve show ${id}`)
  expect(scene.git('show', '--name-only', '--format=%(trailers:key=Mcos-Agent,valueonly)', 'HEAD')).toMatch(
    new RegExp(`^donna[\\s\\S]*approvals/${id}/request.md`),
  )
  expect(scene.list('alerts')).toEqual([])
  await scene.answer(id)
  const next = await scene.run()
  expect(exitOf(next.report)).toBe(0)
  expect(scene.list('alerts')).toHaveLength(1)
  expect(JSON.stringify(scene.server.requests.at(-1))).toContain(`approval ${id} (alert.P3 Smoke): done`)
  expect(await scene.statusOf(id)).toBe('used')
})

test('a new request goes to a channel of who may answer it, once', async () => {
  const people = 'people: { ben: { approves: [alert], via: [desk] } }'
  const script = [asksFor([SMOKE]), says('It waits.'), asksFor([SMOKE]), says('It waits still.')]
  const scene = await openRunScene(script, {
    yaml: 'channels: { desk: { kind: command, command: [sh, -c, "cat >> $HOME/desk.txt"] } }',
    people,
  })
  const {report} = await scene.run()
  const id = report.refused[0]?.approval ?? ''
  await scene.run()
  const told = scene.read('desk.txt')
  expect(told.split('donna asks: alert.P3 Smoke').length).toBe(2)
  expect(told).toContain(`mcos approve yes ${id}`)
})
