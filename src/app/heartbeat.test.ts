import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {openScene, type Scene} from '../../testing/heartbeat-scene.js'
import {openPingServer} from '../../testing/ping-server.js'
import {presentBeat} from '../present/heartbeat.js'
import {type HeartbeatAnswer, type HeartbeatRequest, heartbeat} from './heartbeat.js'

const AT = '2026-11-21T08:30:00Z'
const REHEARSAL = 'version: 1\nname: northwind\nrehearsal: true\n'
const DONNA = 'workspaces/donna/HEARTBEAT.md'

function beat(scene: Scene, request: Partial<HeartbeatRequest> = {}, folder = '.'): Promise<HeartbeatAnswer> {
  const whole = {agents: [], all: false, force: false, dryRun: false, strict: false, at: AT, ...request}
  const env = {PATH: process.env['PATH'], HOME: scene.dir}
  return heartbeat(whole, {cwd: join(scene.dir, folder), env, signal: new AbortController().signal})
}

function rehearsing(files: Readonly<Record<string, string>> = {}): Scene {
  return openScene({files: {'mcos.yaml': REHEARSAL, ...files}})
}

describe('the JSON of a heartbeat', () => {
  test('has exactly the promised keys, and every section in file order', async () => {
    const text =
      '# HEARTBEAT.md\n\n## Mail (every heartbeat)\n`inbox`\n\n## Brief (daily 09:00)\nWhat is open?\n\n## Old (disabled)\nLook\n\n## Rules\n- Be brief\n'
    const scene = rehearsing({[DONNA]: text})
    const {report} = await beat(scene)
    expect(Object.keys(report)).toEqual(['fleet', 'host', 'at', 'agents'])
    expect(report).toMatchObject({fleet: 'northwind', at: '2026-11-21T08:30:00.000Z'})
    const [donna] = report.agents
    expect(Object.keys(donna ?? {}).sort()).toEqual(
      'agent alerts checks commit cost_usd engine error messages model_calls ms reason state tokens turn'.split(' '),
    )
    expect(donna?.tokens).toEqual({input: 0, output: 0, cache_read: 0, cache_write: 0})
    for (const check of donna?.checks ?? []) {
      expect(Object.keys(check).sort()).toEqual(
        'cadence cadence_line detail due id kind line ms news next_due status title'.split(' '),
      )
    }
    const shown = donna?.checks.map(({id, line, kind, cadence, cadence_line, due, next_due, status}) => {
      return [id, line, kind, cadence, cadence_line, due, next_due, status]
    })
    expect(shown).toEqual([
      ['mail', 3, 'check', 'every-beat', 3, true, null, 'same'],
      ['brief', 6, 'check', 'daily 09:00', 6, false, '2026-11-21T09:00:00.000Z', 'not-due'],
      ['old', 9, 'check', 'off', null, false, null, 'off'],
      ['rules', 12, 'policy', 'off', null, false, null, 'context'],
    ])
  })

  test.each<[string, Readonly<Record<string, string>>, object]>([
    ['skipped, stopped', {'.mcos/STOP': ''}, {state: 'skipped', reason: 'stopped'}],
    [
      'skipped, not-here',
      {'workspaces/donna/SOUL.md': '---\nhost: mars\ncontract: {may: []}\n---\n'},
      {state: 'skipped', reason: 'not-here'},
    ],
    ['failed', {'workspaces/donna/SOUL.md': '---\ncontract: [\n---\n'}, {state: 'failed', error: {code: 'UNREADABLE'}}],
    ['failed, for the whole fleet', {'.git/MERGE_HEAD': 'x'}, {state: 'failed', error: {code: 'GIT_BUSY'}}],
  ])('lists every section also when its agent is %s', async (_, files, expected) => {
    const scene = rehearsing()
    for (const [path, text] of Object.entries(files)) scene.write(path, text)
    const {report} = await beat(scene, {agents: ['donna']})
    expect(report.agents).toMatchObject([
      {...expected, checks: [{id: 'every-heartbeat', due: true, status: 'not-due'}]},
    ])
  })

  test('says no-checks where nothing is ever to be done', async () => {
    const {report, exit} = await beat(rehearsing({[DONNA]: '# HEARTBEAT.md\n\n- [ ]\n'}), {agents: ['donna']})
    expect(report.agents).toMatchObject([{state: 'skipped', reason: 'no-checks', checks: []}])
    expect(exit).toBe(0)
  })
})

describe('the exit code', () => {
  test('is 1 for a broken contract, whose agent alone fails, and 0 while it stays the same', async () => {
    const scene = rehearsing({'workspaces/donna/SOUL.md': '---\ncontract: [\n---\n'})
    const first = await beat(scene)
    expect(first.report.agents.map(({state}) => state)).toEqual(['failed', 'idle'])
    expect(first.exit).toBe(1)
    const again = await beat(scene)
    expect(again.exit).toBe(0)
    expect(presentBeat(again, {isPlan: false, isWatched: false})).toBe('')
    const reasons = scene.receipts().filter(({agent}) => agent === 'donna')
    expect(reasons.map(({reason}) => reason?.startsWith('still: '))).toEqual([false, true])
  })

  test('is 1 for a probe that cannot run, once', async () => {
    const scene = rehearsing({[DONNA]: '## Every heartbeat\n- `mail`\n'})
    expect((await beat(scene)).exit).toBe(1)
    expect((await beat(scene)).exit).toBe(0)
  })

  test('is 0 while quiet hours keep that to themselves, and 1 in the morning', async () => {
    const scene = rehearsing({[DONNA]: 'Quiet hours: 22:00-07:00\n\n## Every heartbeat\n- `mail`\n'})
    for (const at of ['2026-11-21T23:00:00Z', '2026-11-22T02:00:00Z']) {
      const night = await beat(scene, {at})
      expect(night.exit).toBe(0)
      expect(presentBeat(night, {isPlan: false, isWatched: false})).toBe('')
    }
    expect((await beat(scene, {at: '2026-11-22T07:00:00Z'})).exit).toBe(1)
  })

  test('is 0 for judgement that waits because there are only rules', async () => {
    const {report, exit} = await beat(rehearsing({[DONNA]: '## Brief (daily 08:00)\nWhat is open?\n'}))
    expect(report.agents[0]).toMatchObject({state: 'idle', reason: 'no news; 1 check waits for an engine'})
    expect(exit).toBe(0)
  })

  test.each<[string, Partial<HeartbeatRequest>, string]>([
    ['an agent that is not there', {agents: ['mia']}, 'NO_AGENT'],
    ['a name that is none', {agents: ['../donna']}, 'BAD_NAME'],
    ['a time that is none', {at: 'foo 8'}, 'USAGE'],
  ])('is 2 for %s', async (_, request, code) => {
    await expect(beat(rehearsing(), request)).rejects.toMatchObject({code, exit: 2})
  })

  test('is 2 for a broken mcos.yaml', async () => {
    const scene = rehearsing()
    scene.write('mcos.yaml', 'version: 1\nname: [\n')
    await expect(beat(scene)).rejects.toMatchObject({code: 'UNREADABLE', exit: 2})
  })
})

describe('whom it beats for', () => {
  test.each<[string, Partial<HeartbeatRequest>, string, string[]]>([
    ['those named, each once', {agents: ['jarvis', 'jarvis']}, '.', ['jarvis']],
    ['the one whose folder this is', {}, 'workspaces/jarvis', ['jarvis']],
    ['everybody, at the home', {}, '.', ['donna', 'jarvis']],
    ['everybody with --all, wherever one stands', {all: true}, 'workspaces/jarvis', ['donna', 'jarvis']],
  ])('%s', async (_, request, folder, names) => {
    const {report} = await beat(rehearsing(), request, folder)
    expect(report.agents.map(({agent}) => agent)).toEqual(names)
  })
})

describe('another time', () => {
  test('is for a dry run or a fleet that is only for trying', async () => {
    const scene = openScene()
    await expect(beat(scene)).rejects.toMatchObject({code: 'NO_REHEARSAL', exit: 2})
    expect((await beat(scene, {dryRun: true})).report.at).toBe('2026-11-21T08:30:00.000Z')
  })

  test.each(['2020-01-01T00:00:00Z', '2031-06-01T12:00:00Z'])('may be long past or far ahead: %s', async (at) => {
    const scene = openScene({files: {[DONNA]: '## Brief (daily 09:00)\nWhat is open?\n'}})
    const {report} = await beat(scene, {dryRun: true, at})
    expect(Date.parse(report.agents[0]?.checks[0]?.next_due ?? '')).toBeGreaterThan(Date.parse(at))
  })
})

describe('a dry run', () => {
  test('looks at nothing and changes nothing, and says whom a beat would pass over', async () => {
    const scene = openScene({files: {'workspaces/jarvis/SOUL.md': '---\nhost: mars\n---\n# Jarvis\n'}})
    await scene.send('donna', 'Hello')
    const answer = await beat(scene, {dryRun: true})
    expect(answer.report.agents).toMatchObject([
      {state: 'idle', reason: '1 due', commit: null},
      {state: 'skipped', reason: 'not-here'},
    ])
    expect(scene.list('workspaces/donna/inbox/new')).toHaveLength(1)
    expect(scene.list('.mcos/runs')).toEqual([])
    expect(presentBeat(answer, {isPlan: true, isWatched: false})).toMatchInlineSnapshot(`
      "donna
           1  Every heartbeat
              check, every-beat (from line 1); due
              due at every beat; asks inbox

      jarvis  (would be skipped: another machine runs it)
           1  Every heartbeat
              check, every-beat (from line 1); due
              due at every beat; asks inbox"
    `)
  })

  test('is strict about guesses on request, with the place and what to write', async () => {
    const scene = openScene({files: {[DONNA]: '## Morning brief (8-10 AM)\nLook\n'}})
    await expect(beat(scene, {dryRun: true, strict: true})).rejects.toMatchObject({
      code: 'GUESSED',
      exit: 1,
      message: expect.stringContaining(`${DONNA}:1`),
    })
  })

  test('takes every check as due by force', async () => {
    const scene = openScene({files: {[DONNA]: '## Brief (daily 09:00)\nWhat is open?\n'}})
    const {report} = await beat(scene, {dryRun: true, force: true})
    expect(report.agents[0]?.checks).toMatchObject([{due: true, status: 'waiting-for-engine'}])
  })
})

describe('the dead man’s switch', () => {
  test('hears of every beat of the machine, and not of one by hand or of a stopped fleet', async () => {
    const pings = await openPingServer()
    const scene = rehearsing({'mcos.yaml': REHEARSAL + pings.line})
    await beat(scene)
    expect(pings.count()).toBe(1)
    await beat(scene, {agents: ['donna']})
    scene.write('.mcos/STOP', '')
    await beat(scene)
    expect(pings.count()).toBe(1)
  })

  test('may be down: the beat is done all the same', async () => {
    const scene = rehearsing({'mcos.yaml': `${REHEARSAL}ping: http://127.0.0.1:9/x\n`})
    expect((await beat(scene)).exit).toBe(0)
  })
})

test('receipts of the newest 90 days are kept', async () => {
  const scene = rehearsing()
  const day = (index: number) => new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10)
  for (let index = 0; index < 95; index++) scene.write(`.mcos/runs/${day(index)}.jsonl`, '')
  await beat(scene)
  const kept = scene.list('.mcos/runs')
  expect(kept).toHaveLength(90)
  expect([kept[0], kept.at(-1)]).toEqual([`${day(6)}.jsonl`, '2026-11-21.jsonl'])
})

test('--all and names of agents exclude each other', async () => {
  await expect(beat(rehearsing(), {all: true, agents: ['donna']})).rejects.toMatchObject({
    code: 'USAGE',
    suggestions: ['mcos heartbeat --all', 'mcos heartbeat donna'],
  })
})
