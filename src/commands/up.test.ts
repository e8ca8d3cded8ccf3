import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test, vi} from 'vitest'
import {mcos} from '../../testing/built-mcos.js'
import {expectSoon} from '../../testing/expect-soon.js'
import {openScene, type Scene} from '../../testing/heartbeat-scene.js'
import {openPingServer} from '../../testing/ping-server.js'
import {runCommand} from '../../testing/run-command.js'
import {type RunningUp, startUp} from '../../testing/running-up.js'
import type {UpEvent} from '../app/up/up-event.js'
import Up from './up.js'

const isBeat = (event: UpEvent) => event.kind === 'beat'
const worked = (name: string) => (event: UpEvent) =>
  event.kind === 'beat' && event.agents.some(({agent, state}) => agent === name && state === 'worked')

/** Two agents who look at their messages at every beat, on the real clock. */
function open(): Scene {
  return openScene({at: new Date().toISOString()})
}

async function started(scene: Scene, ...args: string[]): Promise<RunningUp> {
  const up = startUp(scene.dir, ...args)
  await up.next(isBeat)
  return up
}

async function lockOf(scene: Scene, name: string): Promise<void> {
  await vi.waitFor(() => expect(existsSync(join(scene.dir, `.mcos/locks/${name}.lock`))).toBe(true), {timeout: 60_000})
}

const run = (scene: Scene, ...args: string[]) => mcos(args, {cwd: scene.dir})

describe('mcos up', () => {
  test('works a message within two seconds of its landing, between two slots', async () => {
    const scene = open()
    const up = await started(scene, '--every', '1h')
    const took: number[] = []
    // The best of a few: other tests share the machine.
    while (took.length < 5 && !took.some((ms) => ms < 2_000)) {
      const sent = Date.now()
      await scene.send('donna', 'Are you there?')
      const beat = await up.next(worked('donna'))
      took.push(Date.now() - sent)
      expect(beat).toMatchObject({occasion: 'wake', exit: 0})
      expect(beat.kind === 'beat' && beat.agents.map(({agent}) => agent)).toEqual(['donna'])
    }
    expectSoon(Math.min(...took), 2_000)
    expect(scene.list('workspaces/donna/inbox/new')).toEqual([])
  })

  test('beats at each slot, holds still while the fleet is stopped, and goes on when that is lifted', async () => {
    const scene = open()
    const up = await started(scene, '--every', '1s')
    await up.next((event) => event.kind === 'beat' && event.occasion === 'slot')
    await run(scene, 'stop')
    await up.next(({kind}) => kind === 'stopped')
    await scene.send('donna', 'Are you there?')
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect(scene.list('workspaces/donna/inbox/new')).toHaveLength(1)
    expect(up.events.filter(({kind}) => kind === 'stopped')).toHaveLength(1)
    await run(scene, 'resume')
    await up.next(({kind}) => kind === 'resumed')
    await up.next(worked('donna'))
  })

  test('leaves a parked agent alone, and beats for it at once when it is woken', async () => {
    const scene = open()
    expect((await run(scene, 'fleet', 'park', 'donna', '--why', 'on leave')).code).toBe(0)
    const up = await started(scene, '--every', '1h')
    await scene.send('donna', 'Are you there?')
    await scene.send('jarvis', 'And you?')
    await up.next(worked('jarvis'))
    expect(scene.list('workspaces/donna/inbox/new')).toHaveLength(1)
    expect((await run(scene, 'fleet', 'wake', 'donna')).code).toBe(0)
    await up.next(worked('donna'))
  })

  test('is one alone for a fleet on a machine; what is killed leaves nothing that is in the way', async () => {
    const scene = open()
    const up = await started(scene, '--every', '1h')
    const second = await run(scene, 'up')
    expect(second.code).toBe(1)
    expect(second.stderr).toContain(`process ${up.child.pid}`)
    up.child.kill('SIGKILL')
    expect(await up.ended()).toBe('SIGKILL')
    const again = await started(scene, '--every', '1h')
    expect(again.events[0]).toMatchObject({kind: 'up', fleet: 'northwind', every: '1h', agents: null})
  })

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends with what it runs when it is told to by %s, however long that would take', async (signal, code) => {
    const scene = openScene({
      at: new Date().toISOString(),
      files: {'workspaces/donna/HEARTBEAT.md': '## Every heartbeat\n- Slow `run: sleep 300`\n'},
    })
    scene.trust('donna', [{kind: 'run', text: 'run: sleep 300'}])
    const up = startUp(scene.dir, '--every', '1h')
    await up.next(({kind}) => kind === 'up')
    await lockOf(scene, 'donna')
    const told = Date.now()
    up.child.kill(signal)
    expect(await up.ended()).toBe(code)
    expectSoon(Date.now() - told, 20_000)
    expect(up.events.at(-1)).toMatchObject({kind: 'end', exit: code, beats: 1, wakes: 0})
    expect(readdirSync(join(scene.dir, '.mcos/locks')).filter((name) => name.endsWith('.lock'))).toEqual([])
    expect(scene.git('status', '--porcelain')).toBe('')
    expect((await run(scene, 'fsck')).code).toBe(0)
  })

  test('outlives a mcos.yaml that can\u2019t be read, tells it once, and takes the next one as it is', async () => {
    const scene = open()
    const up = await started(scene, '--every', '1s')
    const good = scene.read('mcos.yaml')
    writeFileSync(join(scene.dir, 'mcos.yaml'), 'version: [\n')
    await up.next(({kind}) => kind === 'trouble')
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect(up.events.filter(({kind}) => kind === 'trouble')).toHaveLength(1)
    writeFileSync(join(scene.dir, 'mcos.yaml'), good)
    await up.next(isBeat)
  })

  test('outlives a beat that is killed, says so, and the next one goes on where it was', async () => {
    const scene = openScene({
      at: new Date().toISOString(),
      files: {'workspaces/donna/HEARTBEAT.md': '## Every heartbeat\n- Slow `run: sh -c "test -e done || sleep 300"`\n'},
    })
    scene.trust('donna', [{kind: 'run', text: 'run: sh -c "test -e done || sleep 300"'}])
    const up = startUp(scene.dir, '--every', '1s')
    await up.next(({kind}) => kind === 'up')
    await lockOf(scene, 'donna')
    const children = readFileSync(`/proc/${up.child.pid}/task/${up.child.pid}/children`, 'utf8')
    expect(children).toMatch(/^[1-9]/)
    scene.write('workspaces/donna/done', '')
    for (const pid of children.trim().split(' ')) process.kill(Number(pid), 'SIGKILL')
    expect(await up.next(({kind}) => kind === 'trouble')).toMatchObject({message: expect.stringContaining('SIGKILL')})
    await up.next(isBeat)
  })

  test('tells the address of ping: after a beat of the whole machine, and only then', async () => {
    const pings = await openPingServer()
    const scene = openScene({files: {'mcos.yaml': `version: 1\nname: northwind\n${pings.line}`}})
    expect((await run(scene, 'up', '--once', '--agents', 'donna')).code).toBe(0)
    expect(pings.count()).toBe(0)
    expect((await run(scene, 'up', '--once')).code).toBe(0)
    expect(pings.count()).toBe(1)
  })

  test('with --once is one beat with its exit code, and only for the agents that were named', async () => {
    const scene = open()
    const once = await run(scene, 'up', '--once', '--agents', 'donna', '--json')
    expect(once.code).toBe(0)
    const lines = once.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines).toMatchObject([
      {kind: 'beat', occasion: 'start', agents: [{agent: 'donna'}]},
      {kind: 'end', exit: 0, beats: 1, wakes: 0},
    ])
    scene.write('workspaces/donna/SOUL.md', '---\ncontract: [\n---\n')
    const failed = await run(scene, 'up', '--once')
    expect({code: failed.code, stdout: failed.stdout}).toEqual({
      code: 1,
      stdout: expect.stringContaining('donna failed: '),
    })
  })

  test.each([
    [['--every', '10'], 'is no span between beats'],
    [['--every', '500ms'], 'is no span between beats'],
    [['--agents', 'donan'], 'Did you mean donna?'],
  ])('refuses %j', async (args, words) => {
    const {dir} = open()
    const refused = await runCommand(Up, [...args, '--home', dir])
    expect([refused.code, refused.stderr.includes(words)]).toEqual([2, true])
  })
})
