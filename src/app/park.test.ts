import {mkdirSync, rmSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {openApprovalScene} from '../../testing/approval-scene.js'
import {openScene} from '../../testing/heartbeat-scene.js'
import {openJudge} from '../../testing/judge.js'
import {says} from '../../testing/model-server/behaviour.js'
import {openRunScene} from '../../testing/run-scene.js'
import {rehearse} from '../heartbeat/rehearse.js'
import {presentParks} from '../present/park.js'
import {listAgents} from '../workspace/agents.js'
import {undo} from './history.js'
import {parkAgent, parkAgents, wakeAgent, wakeAgents} from './park.js'

const PARKED = 'workspaces/donna/PARKED.md'

describe('parking', () => {
  test('is one commit of a person that says who, when and why; waking is another, and both say how to take them back', async () => {
    const scene = openScene()
    const before = scene.countCommits()
    const parked = parkAgent(await scene.open(), {agent: 'donna', why: 'on leave\nuntil Monday'})
    expect(parked).toMatchObject({agent: 'donna', parked: true, why: 'on leave until Monday', changed: true})
    expect(scene.read(PARKED)).toMatch(/^who: \S+\nwhen: 2026-11-21T08:30:00\.000Z\nwhy: on leave until Monday\n$/)
    expect(scene.countCommits()).toBe(before + 1)
    expect(scene.git('log', '-1', '--format=%an: %s')).toBe('Ada: Park donna\n')
    expect(scene.git('log', '-1', '--format=%B')).toContain('Mcos-Agent: donna')
    expect(presentParks([parked])).toMatch(
      /^donna is parked: on leave until Monday\. It goes on after mcos fleet wake donna\. Commit .{7}; take it back with: mcos undo t_/,
    )
    const woken = wakeAgent(await scene.open(), 'donna')
    expect(woken).toMatchObject({agent: 'donna', parked: false, why: null, changed: true})
    expect(scene.list('workspaces/donna')).not.toContain('PARKED.md')
    expect(scene.countCommits()).toBe(before + 2)
    expect(presentParks([woken])).toMatch(/^donna is awake: its next beat looks at what has waited\. Commit /)
    expect(scene.git('status', '--porcelain')).toBe('')
  })

  test('twice changes nothing but a new reason, and waking who is awake changes nothing', async () => {
    const scene = openScene()
    parkAgent(await scene.open(), {agent: 'donna', why: 'on leave'})
    const said = scene.read(PARKED)
    scene.clock.advance(60_000)
    const again = parkAgent(await scene.open(), {agent: 'donna', why: null})
    expect(again).toEqual({agent: 'donna', parked: true, why: 'on leave', changed: false, commit: null, turn: null})
    expect(presentParks([again])).toBe('donna was parked already: on leave. It goes on after mcos fleet wake donna.')
    expect(scene.read(PARKED)).toBe(said)
    expect(parkAgent(await scene.open(), {agent: 'donna', why: 'moved'})).toMatchObject({changed: true, why: 'moved'})
    const awake = wakeAgent(await scene.open(), 'jarvis')
    expect(awake).toEqual({agent: 'jarvis', parked: false, why: null, changed: false, commit: null, turn: null})
    expect(presentParks([awake])).toBe('jarvis was not parked.')
  })

  test('several go together, and a name that is none keeps all as they are and names the nearest', async () => {
    const scene = openScene()
    const fleet = await scene.open()
    expect(() => parkAgents(fleet, ['donna', 'jarvsi'], null)).toThrow(
      expect.objectContaining({code: 'NO_AGENT', suggestions: ['Did you mean jarvis?']}),
    )
    expect(scene.list('workspaces/donna')).not.toContain('PARKED.md')
    expect(parkAgents(fleet, ['donna', 'jarvis', 'donna'], null).map(({agent}) => agent)).toEqual(['donna', 'jarvis'])
    expect(wakeAgents(fleet, ['jarvis', 'donna']).map(({parked}) => parked)).toEqual([false, false])
  })

  test('undone, it wakes', async () => {
    const scene = openScene()
    const {turn} = parkAgent(await scene.open(), {agent: 'donna', why: null})
    expect((await scene.beatOne('donna')).reason).toBe('parked')
    undo(await scene.open(), {turns: [turn ?? ''], dryRun: false})
    expect((await scene.beatOne('donna')).reason).toBe('no news')
  })

  test('takes along what somebody has laid down by hand, and removes it though git has never seen it', async () => {
    const scene = openScene()
    scene.write(PARKED, 'not today\n')
    expect(await scene.beatOne('donna')).toMatchObject({state: 'skipped', reason: 'parked'})
    expect(parkAgent(await scene.open(), {agent: 'donna', why: null})).toMatchObject({parked: true, changed: true})
    expect(scene.git('show', `HEAD:${PARKED}`)).toBe('not today\n')
    wakeAgent(await scene.open(), 'donna')
    scene.write(PARKED, 'not today\n')
    expect(wakeAgent(await scene.open(), 'donna')).toMatchObject({parked: false, changed: true, commit: null})
    expect(scene.list('workspaces/donna')).not.toContain('PARKED.md')
  })

  test('a folder in its place parks too, and is a person\u2019s to take away', async () => {
    const scene = openScene()
    mkdirSync(join(scene.dir, PARKED))
    expect((await scene.beatOne('donna')).reason).toBe('parked')
    const fleet = await scene.open()
    expect(() => wakeAgent(fleet, 'donna')).toThrow(`${PARKED} is no file but a folder`)
    rmSync(join(scene.dir, PARKED), {recursive: true})
    expect((await scene.beatOne('donna')).reason).toBe('no news')
  })
})

describe('a parked agent', () => {
  test('is passed over without a lock, a probe or a model, and what is sent to it waits', async () => {
    const scene = openScene()
    parkAgent(await scene.open(), {agent: 'donna', why: null})
    await scene.send('donna', 'Are you there?')
    const judge = openJudge('judge', [])
    const {report} = await scene.beat(['donna'], {engines: [judge]})
    expect(report.agents).toMatchObject([{state: 'skipped', reason: 'parked', model_calls: 0, commit: null}])
    expect(report.agents[0]?.checks).toMatchObject([
      {title: 'Every heartbeat', status: 'not-due', detail: 'due, and not looked at: parked'},
    ])
    expect(scene.list('.mcos/locks')).not.toContain('donna.lock')
    expect(scene.list('.mcos/beats')).toEqual([])
    expect(scene.list('workspaces/donna/inbox/new')).toHaveLength(1)
    wakeAgent(await scene.open(), 'donna')
    expect(await scene.beatOne('donna')).toMatchObject({state: 'worked'})
  })

  test('is passed over although its SOUL.md is broken, and a rehearsal says so', async () => {
    const scene = openScene()
    parkAgent(await scene.open(), {agent: 'donna', why: null})
    const fleet = await scene.open()
    const plan = await rehearse(listAgents(fleet.home), fleet, {isForced: false})
    expect(plan.report.agents.map(({agent, state, reason}) => [agent, state, reason])).toEqual([
      ['donna', 'skipped', 'parked'],
      ['jarvis', 'idle', '1 due'],
    ])
    scene.write('workspaces/donna/SOUL.md', '---\ncontract: [\n---\n')
    expect(await scene.beatOne('donna')).toMatchObject({state: 'skipped', reason: 'parked', error: null})
  })

  test('carries out no answer before it is woken', async () => {
    const scene = openApprovalScene({
      files: {
        'workspaces/donna/SOUL.md':
          '---\ncontract:\n  reads: [workspaces/donna/**]\n  writes: [workspaces/donna/**]\n  ask: [write]\n---\n# Donna\n',
      },
    })
    const id = await scene.raise()
    await scene.answer(id)
    parkAgent(await scene.open(), {agent: 'donna', why: null})
    expect(await scene.beatOne('donna')).toMatchObject({state: 'skipped', reason: 'parked'})
    expect(await scene.statusOf(id)).toBe('approved')
    wakeAgent(await scene.open(), 'donna')
    expect((await scene.beatOne('donna')).reason).toBe(`approval ${id}: done`)
  })

  test('works on by a person\u2019s hand, who is told that it is parked', async () => {
    const scene = await openRunScene([says('Done.')])
    parkAgent(await scene.open(), {agent: 'donna', why: 'on leave'})
    const notices: string[] = []
    const {report} = await scene.run({}, {notice: (text) => notices.push(text)})
    expect(report.text).toBe('Done.')
    expect(notices).toEqual([
      'donna is parked: on leave. This is by your hand; its beats wait for: mcos fleet wake donna',
    ])
  })
})
