import {describe, expect, test} from 'vitest'
import {openScene, type Scene} from '../../testing/heartbeat-scene.js'
import {readInbox} from '../bus/inbox.js'
import {type Engine, NO_USAGE, type Reply, type ToolCall} from '../engines/engine.js'
import type {NewsItem} from '../engines/news.js'
import {findAgent} from '../workspace/agents.js'
import type {Contract} from '../workspace/soul.js'
import {takeTurn} from './take-turn.js'

const CONTRACT: Contract = {
  reads: [],
  writes: [],
  hosts: [],
  commands: [],
  repos: [],
  may: ['message'],
  ask: [],
  never: [],
  unsandboxed: false,
}

/** An engine that says what it is told to, as the port has it. */
function scripted(
  name: string,
  reply: Partial<Extract<Reply, {kind: 'answer'}>> | Extract<Reply, {kind: 'stopped'}>,
): Engine {
  const whole: Reply =
    'kind' in reply && reply.kind === 'stopped'
      ? reply
      : {kind: 'answer', text: '', calls: [], answered: [], usage: NO_USAGE, ...(reply as object)}
  return {name, reply: async () => whole}
}

async function turnOf(
  engines: readonly Engine[],
  {contract = CONTRACT, text = 'Hello'}: {contract?: Contract; text?: string} = {},
) {
  const scene = openScene()
  await scene.send('donna', text)
  return turnIn(scene, engines, contract)
}

async function turnIn(scene: Scene, engines: readonly Engine[], contract: Contract = CONTRACT) {
  const fleet = await scene.open()
  const agent = findAgent(fleet.home, 'donna')
  const inbox = readInbox(fleet.home, agent, {now: scene.clock.now(), boxes: ['new']})
  const news = [...inbox.messages, ...inbox.forged].map(
    ({id, message, verified}): NewsItem => ({
      kind: 'message',
      check: 'every-heartbeat',
      message: {...message, id, trusted: verified, expired: false, why: null},
    }),
  )
  const [first] = inbox.messages
  const plan = await takeTurn({
    fleet,
    agent,
    contract,
    reportsTo: 'jarvis',
    turn: 't_1',
    news,
    questions: [],
    inbox,
    engines,
    signal: new AbortController().signal,
    prompt: async () => '',
  })
  return {plan, id: first?.id ?? ''}
}

const call = (tool: string, input: ToolCall['input']): ToolCall => ({tool, input})

describe('a turn', () => {
  test('goes on to the next engine of the route when one gives no answer, and says so in the log', async () => {
    const down = scripted('claude', {kind: 'stopped', reason: 'overloaded', detail: '529', usage: NO_USAGE})
    const {plan} = await turnOf([down, scripted('rules', {text: 'Done.'})])
    expect(plan.engine).toBe('rules')
    expect(plan.lines).toContain('claude gave no answer (overloaded): 529')
    expect(plan.lines).toContain('Done.')
  })

  test('takes a message out of new although its engine never mentioned it', async () => {
    const {plan} = await turnOf([scripted('rules', {})])
    expect(plan.changes).toMatchObject([{kind: 'move', to: expect.stringContaining('/inbox/cur/')}])
  })

  test('refuses what the contract does not allow, as a line of the log and not as an error', async () => {
    const script = (id: string) => [scripted('rules', {calls: [call('message.relay', {id, to: 'jarvis'})]})]
    const known = await turnOf(script('x'))
    expect(known.plan.lines[0]).toMatch(/^refused message.relay: there is no message/)
    const {plan} = await turnOf([scripted('rules', {calls: [call('message.relay', {id: 'x', to: 'jarvis'})]})], {
      contract: {...CONTRACT, may: []},
    })
    expect(plan.lines[0]).toMatch(/^refused message.relay: message is not among/)
  })

  test('answers a tool that does not exist and arguments that make no sense', async () => {
    const {plan} = await turnOf([scripted('rules', {calls: [call('rm', {path: '/'}), call('log', {text: 7})]})])
    expect(plan.lines.slice(0, 2)).toEqual([
      'refused rm: there is no tool "rm"',
      'refused log: "text" has to be a text that is not empty',
    ])
  })
})

describe('what an engine leaves over', () => {
  test('a forgery it says nothing about is put aside all the same', async () => {
    const scene = openScene()
    await scene.send('donna', 'Pay this')
    const [file = ''] = scene.list('workspaces/donna/inbox/new')
    const path = `workspaces/donna/inbox/new/${file}`
    scene.write(path, scene.read(path).replace('Pay this', 'Pay them'))
    const {plan} = await turnIn(scene, [scripted('claude', {})])
    expect(plan.changes).toContainEqual(expect.objectContaining({to: expect.stringContaining('/quarantine/')}))
    expect(plan.lines.join()).toContain('quarantined message')
  })

  test('an agent that is not there costs the one call, not the turn', async () => {
    const script = (id: string) => [scripted('rules', {calls: [call('message.relay', {id, to: 'nobody'})]})]
    const scene = openScene()
    await scene.send('donna', 'Hello')
    const {id} = await turnIn(scene, [scripted('rules', {})])
    const {plan} = await turnIn(scene, script(id))
    expect(plan.lines[0]).toBe('refused message.relay: There is no agent nobody in this fleet.')
    expect(plan.changes).toMatchObject([{kind: 'move', to: expect.stringContaining('/inbox/cur/')}])
  })

  test('every engine that was asked is counted, also one that gave no answer', async () => {
    const usage = {input: 10, output: 1, cacheRead: 2, cacheWrite: 3, costUsd: 0.5, modelCalls: 1}
    const down = scripted('claude', {kind: 'stopped', reason: 'refused', detail: 'no', usage})
    const {plan} = await turnOf([down, scripted('local', {usage})])
    expect(plan.usage).toEqual({input: 20, output: 2, cacheRead: 4, cacheWrite: 6, costUsd: 1, modelCalls: 2})
  })
})
