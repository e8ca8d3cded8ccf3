import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {describe, expect, onTestFinished, test} from 'vitest'
import {openScene, type Scene} from '../../testing/heartbeat-scene.js'

const NIGHT = '2026-11-21T23:00:00Z'

function atNight(heartbeat: string, at = NIGHT): Scene {
  const text = `Quiet hours: 22:00-07:00\n\n${heartbeat}`
  return openScene({at, files: {'workspaces/donna/HEARTBEAT.md': text, 'workspaces/donna/notes.md': 'one\n'}})
}

describe('quiet hours', () => {
  test('put off what is not urgent, and deliver it with the first beat after them, once', async () => {
    const scene = atNight('## Every heartbeat\n- `inbox` `files notes.md`\n')
    await scene.beatOne('donna')
    scene.write('workspaces/donna/notes.md', 'two\n')
    await scene.send('donna', 'Lunch tomorrow?')
    for (let beat = 0; beat < 2; beat++) {
      const report = await scene.beatOne('donna')
      expect(report).toMatchObject({state: 'skipped', reason: 'quiet', commit: null})
      expect(report.checks.map(({news}) => news)).toEqual([false])
    }
    expect(scene.list('workspaces/donna/inbox/new')).toHaveLength(1)
    scene.clock.set('2026-11-22T07:00:00Z')
    expect(await scene.beatOne('donna')).toMatchObject({state: 'worked', checks: [{status: 'changed', news: true}]})
    const log = scene.read('workspaces/donna/memory/2026-11-22.md')
    expect(log).toContain('changed: files notes.md')
    expect(log).toContain('Lunch tomorrow?')
    expect((await scene.beatOne('donna')).state).toBe('idle')
  })

  test('relay what is urgent at once and leave the rest of the same inbox', async () => {
    const scene = atNight('## Every heartbeat\n- `inbox`\n')
    await scene.send('donna', 'Lunch tomorrow?')
    await scene.send('donna', 'The bank is down', {priority: 'urgent'})
    expect((await scene.beatOne('donna')).state).toBe('worked')
    expect(scene.list('workspaces/jarvis/inbox/new')).toHaveLength(1)
    expect(scene.list('workspaces/donna/inbox/new')).toHaveLength(1)
    expect((await scene.beatOne('donna')).state).toBe('skipped')
  })

  test('tell an outage once, although something else of the same check waits for the morning', async () => {
    const server = createServer((_, response) => void response.writeHead(500).end())
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const scene = atNight(`## Every heartbeat\n- \`http ${url}\` \`files notes.md\`\n`)
    expect((await scene.beatOne('donna')).state).toBe('worked')
    scene.write('workspaces/donna/notes.md', 'two\n')
    for (let beat = 0; beat < 3; beat++) expect((await scene.beatOne('donna')).state).toBe('skipped')
    scene.clock.set('2026-11-22T07:30:00Z')
    expect((await scene.beatOne('donna')).state).toBe('worked')
    expect(scene.read('workspaces/donna/memory/2026-11-21.md').match(/outage: /g)).toHaveLength(1)
    expect(scene.read('workspaces/donna/memory/2026-11-22.md')).not.toContain('outage: ')
  })

  test('keep a check due that only comes up at night, until the morning has heard what it found', async () => {
    const scene = atNight('## Nightly look (daily 23:00)\n- `files notes.md`\n', '2026-11-20T23:00:00Z')
    await scene.beatOne('donna')
    scene.write('workspaces/donna/notes.md', 'two\n')
    scene.clock.set(NIGHT)
    expect((await scene.beatOne('donna')).reason).toBe('quiet')
    scene.clock.set('2026-11-22T07:00:00Z')
    expect((await scene.beatOne('donna')).state).toBe('worked')
    scene.clock.advance(60_000)
    expect((await scene.beatOne('donna')).reason).toBe('nothing due')
  })

  test('silence judgement and leave it due', async () => {
    const scene = atNight('## Brief (daily 22:30)\nWhat is open?\n')
    const {state, reason, checks} = await scene.beatOne('donna')
    expect({state, reason}).toEqual({state: 'skipped', reason: 'quiet'})
    expect(checks).toMatchObject([{due: true, status: 'not-due', detail: 'it is quiet hours'}])
  })
})
