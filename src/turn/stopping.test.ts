import {chmodSync} from 'node:fs'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {fileURLToPath} from 'node:url'
import {describe, expect, onTestFinished, test} from 'vitest'
import {expectSoon} from '../../testing/expect-soon.js'
import {openScene, type SceneOptions} from '../../testing/heartbeat-scene.js'
import {openJudge} from '../../testing/judge.js'
import {testNeeding} from '../../testing/needs.js'
import {turnIn} from '../../testing/turn-scene.js'
import {openCommand} from '../engines/command/open-command.js'
import type {Engine} from '../engines/engine.js'
import {rulesEngine} from '../engines/rules.js'
import {hasSandbox} from '../kit/sandbox.js'
import type {Contract} from '../workspace/soul.js'
import type {TurnEvent} from './events.js'

const boxed = testNeeding({program: 'bwrap', works: hasSandbox})
const MCP_SERVER = fileURLToPath(new URL('../../testing/fake-mcp/fake-server.mjs', import.meta.url))
const FILE = 'workspaces/donna/made.md'
const call = (tool: string, input: Record<string, unknown>) => ({id: '', tool, input})
/** Ended within two seconds of the stop. */
const SOON_MS = 2_400

interface Play {
  readonly options?: SceneOptions
  readonly may?: Partial<Contract>
  /** The stop falls so long after this was begun. */
  readonly during?: string
  readonly afterMs?: number
}

/** A turn into which a stop falls; it tells how long it went on after that. */
async function stopped(engine: Engine, {options = {}, may = {}, during = 'request', afterMs = 400}: Play = {}) {
  const scene = openScene(options)
  const events: TurnEvent[] = []
  let at = Number.POSITIVE_INFINITY
  const stop = () => {
    scene.write('.mcos/STOP.donna', 'who: ada\n')
    at = performance.now()
  }
  const listen = (event: TurnEvent) => {
    events.push(event)
    if (during === (event.kind === 'call' ? event.call.tool : event.kind)) setTimeout(stop, afterMs)
  }
  const {plan} = await turnIn(scene, {engines: [engine, rulesEngine], occasion: {request: 'Go.'}, may, listen})
  expect({end: plan.end, changes: plan.changes, lines: plan.lines}).toEqual({end: 'stopped', changes: [], lines: []})
  return {ms: performance.now() - at, scene, events}
}

const writesThen = (tool: string, input: Record<string, unknown>) =>
  openJudge('claude', [
    {calls: [call('write', {path: FILE, content: 'planned\n'}), call(tool, input), call('log', {text: 'after it'})]},
  ])

describe('a stop that appears in the middle', () => {
  boxed('ends a program in the sandbox, and nothing of it is kept', async () => {
    const script = 'echo x > program.md; sleep 60'
    const {ms, scene, events} = await stopped(writesThen('run', {command: `sh -c '${script}'`}), {
      may: {commands: ['sh']},
      during: 'run',
    })
    expectSoon(ms, SOON_MS)
    expect(scene.list('workspaces/donna')).not.toContain('made.md')
    const results = events.flatMap((event) => (event.kind === 'result' ? [event.result.text] : []))
    expect(results).toHaveLength(2)
  })

  test('ends a program without a sandbox, even one that does not listen', async () => {
    const {runToolWhere} = await import('./tools/run-program.js')
    const {openHands} = await import('./open-hands.js')
    const scene = openScene()
    let at = Number.POSITIVE_INFINITY
    const stop = () => {
      scene.write('.mcos/STOP', '')
      at = performance.now()
    }
    const {plan} = await turnIn(scene, {
      engines: [writesThen('run', {command: `sh -c 'trap "" TERM; sleep 60'`}), rulesEngine],
      occasion: {request: 'Go.'},
      may: {commands: ['sh'], unsandboxed: true},
      listen: (event) => {
        if (event.kind === 'call' && event.call.tool === 'run') setTimeout(stop, 400)
      },
      openHands: async (input) => {
        const hands = await openHands(input)
        return {...hands, tools: [...hands.tools.filter(({name}) => name !== 'run'), runToolWhere(() => false)]}
      },
    })
    expect([plan.end, plan.changes]).toEqual(['stopped', []])
    expectSoon(performance.now() - at, SOON_MS)
  })

  test('ends a program that is an engine, with all it started', async () => {
    const scene = openScene({files: {'bin/claude': '#!/bin/sh\ncat > /dev/null\nsleep 60 & wait\n'}})
    chmodSync(`${scene.dir}/bin/claude`, 0o755)
    const model = openJudge('x', []).model
    if (model === null) throw new Error('a judge has a model')
    const engine = openCommand({
      name: 'code',
      run: [`${scene.dir}/bin/claude`],
      model: null,
      facts: model,
      timeoutMs: 60_000,
      deadlineMs: 60_000,
      env: {PATH: process.env['PATH']},
    })
    const {ms} = await stopped(engine)
    expectSoon(ms, SOON_MS)
  })

  test('ends a call of a model, whatever it would have answered', async () => {
    const {ms} = await stopped(hanging())
    expectSoon(ms, SOON_MS)
    const late = openJudge('claude', [
      async () => {
        await new Promise((resolve) => setTimeout(resolve, 900))
        return {text: 'Here I am.', calls: [call('write', {path: FILE, content: 'x\n'})]}
      },
    ])
    await stopped(late, {afterMs: 200})
  })

  test('ends a call of a server that does not answer, and a look at its tools', async () => {
    for (const [tool, input, mode] of [
      ['mcp_call', {server: 'index', tool: 'query_0'}, 'slow'],
      ['mcp_tools', {server: 'index'}, 'mute'],
    ] as const) {
      const command = JSON.stringify([process.execPath, MCP_SERVER, mode])
      const yaml = `version: 1\nname: northwind\nmcp:\n  index: {command: ${command}, agents: [donna]}\n`
      const options = {files: {'mcos.yaml': yaml}}
      const {ms} = await stopped(writesThen(tool, input), {options, may: {may: ['mcp.index.*']}, during: tool})
      expectSoon(ms, SOON_MS)
    }
  })

  test('ends a page that does not come', async () => {
    const server = createServer(() => undefined)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => {
      server.closeAllConnections()
      server.close()
    })
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
    const {ms} = await stopped(writesThen('http_get', {url: `http://${host}/`}), {
      may: {hosts: [host]},
      during: 'http_get',
    })
    expectSoon(ms, SOON_MS)
  })

  test('holds a message back that was already planned, and a flush', async () => {
    const scene = openScene()
    const judge = openJudge('claude', [
      {calls: [call('message_send', {to: 'jarvis', text: 'Hello'})]},
      () => {
        scene.write('.mcos/STOP', '')
        return {text: 'Sent.'}
      },
    ])
    const {plan} = await turnIn(scene, {engines: [judge, rulesEngine], occasion: {request: 'Go.'}})
    expect([plan.end, plan.changes, plan.messages]).toEqual(['stopped', [], []])
  })
})

test('a wait for an engine ends with it', async () => {
  const scene = openScene()
  const {noteFailure} = await import('../engines/back-off.js')
  const fleet = await scene.open()
  noteFailure(fleet.mcos, 'claude', {now: scene.clock.now(), why: 'storm', random: 0.5, retryAfterMs: 10_000})
  setTimeout(() => scene.write('.mcos/STOP', ''), 300)
  const {pause} = await import('../kit/pause.js')
  const began = performance.now()
  const {plan} = await turnIn(scene, {
    engines: [openJudge('claude', [{text: 'hi'}]), rulesEngine],
    occasion: {request: 'Go.'},
    sleep: (ms, until) => pause(ms, until ?? new AbortController().signal),
  })
  expect(plan.end).toBe('stopped')
  expectSoon(performance.now() - began, 300 + SOON_MS)
})

function hanging(): Engine {
  const judge = openJudge('claude', [{text: 'never'}])
  return {
    ...judge,
    reply: (_, {signal}) =>
      new Promise((resolve) => {
        const end = () => resolve({kind: 'stopped', reason: 'interrupted', detail: 'cut', usage: null})
        if (signal.aborted) end()
        else signal.addEventListener('abort', end)
      }),
  }
}
