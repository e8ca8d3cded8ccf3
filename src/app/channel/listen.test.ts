import {type ChildProcess, spawn} from 'node:child_process'
import {once} from 'node:events'
import {setTimeout as wait} from 'node:timers/promises'
import {fileURLToPath} from 'node:url'
import {describe, expect, onTestFinished, test, vi} from 'vitest'
import {expectSoon} from '../../../testing/expect-soon.js'
import {ADA, openTelegramScene, type TelegramScene} from '../../../testing/telegram-scene.js'
import {heartbeat} from './../heartbeat.js'
import {listenToChannel} from './listen.js'

const program = fileURLToPath(new URL('../../../testing/listen-channel.ts', import.meta.url))

interface Listener {
  readonly child: ChildProcess
  said(): string
  /** Waits until it has said so. */
  until(text: string): Promise<void>
}

function listener(scene: TelegramScene, mode: 'once' | 'hold' | 'on'): Listener {
  const env = {...process.env, ...scene.env, HOME: scene.dir}
  const child = spawn(process.execPath, ['--import', 'tsx', program, scene.dir, mode], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const until = (text: string) => vi.waitFor(() => expect(said).toContain(text), {timeout: 60_000, interval: 10})
  return {child, said: () => said, until}
}

async function untilPolled({telegram}: TelegramScene): Promise<void> {
  await vi.waitFor(() => expect(telegram.queue.isPolled()).toBe(true), {timeout: 60_000, interval: 10})
}

function beat(scene: TelegramScene) {
  const request = {agents: [], all: false, force: false, dryRun: false, strict: false}
  const env = {PATH: process.env['PATH'], HOME: scene.dir, ...scene.env}
  return heartbeat(request, {cwd: scene.dir, env, signal: new AbortController().signal})
}

describe('a listener that is killed between a decision and the offset', () => {
  test('has lost nothing, and the next one decides nothing a second time', async () => {
    const scene = await openTelegramScene()
    const id = await scene.raise()
    scene.telegram.say(`/approve ${id}`, {from: ADA})
    const killed = listener(scene, 'hold')
    await killed.until('decided')
    killed.child.kill('SIGKILL')
    await once(killed.child, 'exit')
    expect(scene.list(`approvals/${id}`)).toEqual(['answer.md', 'request.md'])
    expect(scene.telegram.queue.unconfirmed()).toHaveLength(1)
    const commits = scene.countCommits()
    const answer = scene.read(`approvals/${id}/answer.md`)
    await scene.listen()
    await scene.listen()
    expect(scene.countCommits()).toBe(commits)
    expect(scene.read(`approvals/${id}/answer.md`)).toBe(answer)
    expect(scene.chat(ADA)).toEqual([expect.stringMatching(/^Yes by ada, /)])
    expect(scene.telegram.queue.unconfirmed()).toEqual([])
    expect(scene.telegram.shown.flatMap(({buttons}) => buttons)).toEqual([])
  })

  test('leaves a stop that holds', async () => {
    const scene = await openTelegramScene()
    scene.telegram.say('/stop', {from: ADA})
    const killed = listener(scene, 'hold')
    await killed.until('decided')
    killed.child.kill('SIGKILL')
    await once(killed.child, 'exit')
    expect(scene.list('.mcos')).toContain('STOP')
    await scene.listen()
    expect(scene.chat(ADA)).toEqual([expect.stringContaining('was stopped already')])
  })
})

test('an update that the server gives out again is dealt with once, also after a quiet week with lower numbers', async () => {
  const scene = await openTelegramScene()
  scene.telegram.say('/stop', {from: ADA})
  const old = [...scene.telegram.queue.unconfirmed()]
  await scene.listen()
  await scene.open().then(({mcos}) => mcos.remove('STOP'))
  scene.telegram.queue.repeat(old)
  await scene.listen()
  expect(scene.list('.mcos')).not.toContain('STOP')
  scene.clock.advance(8 * 86_400_000)
  scene.telegram.queue.jumpTo(3)
  scene.telegram.say('/stop jarvis', {from: ADA})
  scene.telegram.queue.repeat(old)
  await scene.listen()
  expect(scene.list('.mcos')).toContain('STOP.jarvis')
  expect(scene.list('.mcos')).not.toContain('STOP')
})

describe('two pollers', () => {
  test('on one machine: the second is told who has the bot, and a beat leaves it to them', async () => {
    const scene = await openTelegramScene()
    const first = listener(scene, 'on')
    await untilPolled(scene)
    const second = listener(scene, 'on')
    await second.until('failed: BUSY')
    await beat(scene)
    expect(scene.telegram.calls.filter(({method}) => method === 'getUpdates')).toHaveLength(1)
    scene.telegram.say('/stop', {from: ADA})
    await first.until('/stop')
    await vi.waitFor(() => expect(scene.chat(ADA)).toHaveLength(1), {timeout: 60_000})
    const started = performance.now()
    first.child.kill('SIGINT')
    await once(first.child, 'exit')
    expectSoon(performance.now() - started, 20_000)
    expect(first.said()).toContain('ended after listening')
    scene.telegram.say('/status', {from: ADA})
    await beat(scene)
    expect(scene.chat(ADA)).toHaveLength(2)
  })

  test('on two machines: who is thrown out says so and does not ask again', async () => {
    const scene = await openTelegramScene()
    const first = listener(scene, 'on')
    await untilPolled(scene)
    const elsewhere = fetch(`${scene.telegram.url}/bot${scene.env['TELEGRAM_TOKEN']}/getUpdates`, {
      method: 'POST',
      body: '{"timeout":2}',
    })
    await first.until('failed: TAKEN')
    await elsewhere
    expect(first.said()).toContain('somebody else polls this bot')
    expect(first.said()).not.toContain('AAtest')
    expect(scene.telegram.calls.filter(({method}) => method === 'getUpdates')).toHaveLength(2)
  })

  test('a listener that is killed gives the bot free', async () => {
    const scene = await openTelegramScene()
    const first = listener(scene, 'on')
    await untilPolled(scene)
    first.child.kill('SIGKILL')
    await once(first.child, 'exit')
    scene.telegram.say('/stop', {from: ADA})
    await beat(scene)
    expect(scene.list('.mcos')).toContain('STOP')
  })
})

test.each([
  ['hook', 'hook is a webhook; only telegram channels can be listened to.'],
  ['nosuch', 'mcos.yaml names no channel nosuch.'],
])('%s can’t be listened to, which is said once, with the channel that can', async (name, message) => {
  const scene = await openTelegramScene()
  const hook = 'channels:\n  hook: { kind: webhook, url: "https://x.example/hook" }\n'
  scene.write('mcos.yaml', scene.read('mcos.yaml').replace('channels:\n', hook))
  const site = {signal: new AbortController().signal, reopen: () => scene.open(), hear: () => undefined}
  await expect(listenToChannel(await scene.open(), {name, once: true}, site)).rejects.toMatchObject({
    code: 'NO_CHANNEL',
    exit: 2,
    message,
    suggestions: ['mcos channel listen founders'],
  })
})

test('a listener waits out a server that stumbles, and hears what came meanwhile', async () => {
  const scene = await openTelegramScene()
  const refuse = {
    what: 'refuse',
    code: 429,
    description: 'Too Many Requests',
    parameters: {retry_after: 1},
    method: 'getUpdates',
  } as const
  scene.telegram.misbehave(
    refuse,
    {what: 'cut', when: 'before', method: 'getUpdates'},
    {what: 'raw', status: 502, body: 'Bad Gateway', method: 'getUpdates'},
  )
  const first = listener(scene, 'on')
  await first.until('no answer, and asked again')
  scene.telegram.say('/stop', {from: ADA})
  await first.until('/stop')
  expect(scene.list('.mcos')).toContain('STOP')
  first.child.kill('SIGINT')
  await once(first.child, 'exit')
})

describe('a beat of the machine', () => {
  test('hears what came, and tells a lasting trouble once', async () => {
    const scene = await openTelegramScene()
    scene.telegram.say('/help', {from: ADA})
    expect((await beat(scene)).news).toEqual([])
    expect(scene.chat(ADA)).toHaveLength(1)
    scene.telegram.queue.hasWebhook = true
    expect((await beat(scene)).news).toEqual([expect.stringMatching(/^channel founders is not heard: somebody else/)])
    expect((await beat(scene)).news).toEqual([])
    scene.telegram.queue.hasWebhook = false
    expect((await beat(scene)).news).toEqual(['channel founders is heard again'])
  })

  test('asks people at once what came up in it', async () => {
    const scene = await openTelegramScene()
    await scene.raise()
    await beat(scene)
    expect(scene.chat()).toEqual([expect.stringContaining('donna asks: write')])
  })

  test.each([
    ['slow', {what: 'slow', ms: 60_000, always: true}],
    ['cutting everything', {what: 'cut', when: 'before', always: true}],
    ['saying nonsense', {what: 'raw', status: 200, body: '{"ok":true,"result":{"x":[]}}', always: true}],
  ] as const)('is neither failed nor held up for long by a server that is %s', async (_, mischief) => {
    const scene = await openTelegramScene()
    scene.telegram.misbehave(mischief)
    const started = performance.now()
    const {exit, report} = await beat(scene)
    expect(exit).toBe(0)
    expect(report.agents).toHaveLength(2)
    expectSoon(performance.now() - started, 20_000)
    await wait(0)
  })

  test('asks nobody when a clone’s own server is not trusted, or nobody may speak', async () => {
    const scene = await openTelegramScene({madeHere: false})
    scene.git('remote', 'add', 'origin', 'https://x.example/fleet.git')
    await beat(scene)
    const mute = await openTelegramScene()
    mute.write('mcos.yaml', mute.read('mcos.yaml').replace(/, "telegram:42"|"telegram:777"/g, ''))
    await beat(mute)
    expect([...scene.telegram.calls, ...mute.telegram.calls]).toEqual([])
  })
})
