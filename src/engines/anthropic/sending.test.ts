import {expect, onTestFinished, test} from 'vitest'
import {promptOf, requestOf} from '../../../testing/engine-contract.js'
import {expectSoon} from '../../../testing/expect-soon.js'
import {asksFor, type Script, says} from '../../../testing/model-server/behaviour.js'
import {fails, problem} from '../../../testing/model-server/problem.js'
import {type ModelServer, type ModelServerOptions, startModelServer} from '../../../testing/model-server/server.js'
import {fixedClock} from '../../kit/clock.js'
import type {Answer, Engine, EngineModel, Reply} from '../engine.js'
import type {Prompt, Step} from '../prompt.js'
import {type AnthropicSettings, openAnthropic} from './open-anthropic.js'

const FACTS: EngineModel = {
  window: 200_000,
  maxOutput: 500,
  prices: null,
  billing: 'metered',
  minCacheTokens: 1024,
  identity: 'x',
}

const LONG = 'You are Donna, and this is what you know. '.repeat(200)

const clock = fixedClock('2026-11-21T08:00:00Z')

interface Scene {
  readonly server: ModelServer
  readonly engine: Engine
  ask(changes?: Partial<Prompt>): Promise<Reply>
  answer(changes?: Partial<Prompt>): Promise<Answer>
}

async function open(
  script: Script,
  options: Partial<ModelServerOptions> & {readonly settings?: Partial<AnthropicSettings>} = {},
): Promise<Scene> {
  const {settings, ...rest} = options
  const server = await startModelServer({script, clock, ...rest})
  onTestFinished(() => server.close())
  const engine = openAnthropic({
    name: 'claude',
    model: 'claude-sonnet-5-5',
    baseUrl: `${server.url}/v1/`,
    key: 'sk-ant-secret-key',
    timeoutMs: 60_000,
    deadlineMs: 60_000,
    facts: FACTS,
    clock,
    ...settings,
  })
  const ask = (changes: Partial<Prompt> = {}): Promise<Reply> =>
    engine.reply(requestOf(promptOf(changes)), {signal: new AbortController().signal, onEvent: () => {}})
  const answer = async (changes: Partial<Prompt> = {}): Promise<Answer> => {
    const reply = await ask(changes)
    if (reply.kind === 'stopped') throw new Error(`${reply.reason}: ${reply.detail}`)
    return reply
  }
  return {server, engine, ask, answer}
}

const body = (server: ModelServer, at = -1): Record<string, unknown> => ({...server.requests.at(at)?.body})

test('sends tools, then the prefix, then the steps, and the same prefix in the same bytes', async () => {
  const {server, answer} = await open([says('One.'), says('Two.')])
  await answer({prefix: LONG, steps: [{kind: 'prompt', text: 'First beat, 08:00'}]})
  clock.advance(60_000)
  await answer({prefix: LONG, steps: [{kind: 'prompt', text: 'Second beat, 08:01'}]})
  expect(Object.keys(body(server))).toEqual(['model', 'tools', 'system', 'messages', 'max_tokens', 'stream'])
  const prefixes = server.requests.map(({raw}) => raw.toString('utf8').split('"messages"')[0])
  expect(prefixes[0]).toBe(prefixes[1])
})

test('asks for no longer an answer than the model can give', async () => {
  const {server, answer} = await open([says('One.'), says('Two.')], {maxOutput: 500})
  await answer({maxOutput: 9000})
  expect(body(server)['max_tokens']).toBe(500)
  await answer({maxOutput: 200})
  expect(body(server)['max_tokens']).toBe(200)
})

test('marks the prefix for an hour and the steps for five minutes, and reads both from the cache', async () => {
  const {answer} = await open([says('One.'), says('Two.'), says('Three.')])
  const keep = {prefix: '1h', steps: '5m'} as const
  const first = await answer({prefix: LONG, keep})
  expect(first.usage).toMatchObject({cacheRead: 0, modelCalls: 1, costUsd: null})
  expect(first.usage?.cacheWriteHour).toBeGreaterThan(1024)
  expect(first.usage?.cacheWrite).toBeGreaterThan(first.usage?.cacheWriteHour ?? 0)
  const second = await answer({prefix: LONG, keep})
  expect(second.usage).toMatchObject({cacheRead: first.usage?.cacheWrite, cacheWrite: 0, input: 0})
  clock.advance(10 * 60_000)
  const third = await answer({prefix: LONG, keep, steps: [{kind: 'prompt', text: 'Another beat'}]})
  expect(third.usage?.cacheRead).toBe(first.usage?.cacheWriteHour)
})

test('leaves out marks that would not pay, and never puts an hour after five minutes', async () => {
  const marks = (server: ModelServer): string[] =>
    [...JSON.stringify(body(server)).matchAll(/"cache_control":\{"type":"ephemeral"(,"ttl":"1h")?\}/g)].map(
      ([, hour]) => (hour ? '1h' : '5m'),
    )
  const {server, answer} = await open(() => says('Yes.'))
  await answer({keep: {prefix: '1h', steps: '5m'}})
  expect(marks(server)).toEqual([])
  await answer({prefix: 'Short.', steps: [{kind: 'prompt', text: LONG}], keep: {prefix: '5m', steps: '5m'}})
  expect(marks(server)).toEqual(['5m'])
  await answer({prefix: LONG, keep: {prefix: '5m', steps: '1h'}})
  expect(marks(server)).toEqual(['1h', '1h'])
  await answer({prefix: LONG, keep: {prefix: null, steps: null}})
  expect(marks(server)).toEqual([])
  await answer({prefix: '', tools: [{name: 'read', description: LONG, schema: {}}], keep: {prefix: '5m', steps: null}})
  expect(marks(server)).toEqual(['5m'])
})

test('finds in the cache what it sent last, also after more calls than the provider looks back over', async () => {
  const calls = Array.from({length: 30}, (_, index) => ({tool: 'read', input: {path: `notes/${index}.md`}}))
  const {answer} = await open([asksFor(calls), says('Read.')])
  const keep = {prefix: null, steps: '5m'} as const
  const steps: Step[] = [{kind: 'prompt', text: LONG}]
  const first = await answer({steps, keep})
  const results = first.calls.map(({id, tool}) => ({id, tool, text: 'x', isError: false}))
  const step = {
    kind: 'answer',
    text: '',
    calls: first.calls,
    native: {engine: 'claude', content: first.native},
  } as const
  const second = await answer({steps: [...steps, step, {kind: 'results', results}], keep})
  expect(second.usage?.cacheRead).toBe(first.usage?.cacheWrite)
})

test('sends its own thoughts back as they were signed', async () => {
  const {server, answer} = await open([
    asksFor([{tool: 'read', input: {path: 'a.md'}}], {
      thinking: 'I ought to read it — gründlich.',
      text: 'Let me see.',
    }),
    says('Done.'),
  ])
  const first = await answer()
  expect(first).toMatchObject({text: 'Let me see.', end: 'calls'})
  const [call] = first.calls
  const steps: Step[] = [
    {kind: 'prompt', text: 'Look.'},
    {kind: 'answer', text: first.text, calls: first.calls, native: {engine: 'claude', content: first.native}},
    {kind: 'results', results: [{id: call?.id ?? '', tool: 'read', text: '', isError: true}]},
    {kind: 'prompt', text: 'And?'},
  ]
  expect((await answer({steps})).text).toBe('Done.')
  expect(JSON.stringify(body(server)['messages'])).toContain('"signature":')
})

test('rebuilds what another engine answered, with names of calls that the API takes', async () => {
  const {server, answer} = await open([says('I see.')])
  const call = (id: string) => ({id, tool: 'memory.read', input: {path: 'a.md'}})
  const steps: Step[] = [
    {kind: 'prompt', text: 'Look.'},
    {kind: 'answer', text: ' ', calls: [call('fc:1'), call('fc/2')], native: {engine: 'local', content: {odd: true}}},
    {
      kind: 'results',
      results: [
        {id: 'fc/2', tool: 'read', text: 'two', isError: false},
        {id: 'fc:1', tool: 'read', text: 'one', isError: false},
      ],
    },
    {kind: 'answer', text: '', calls: [call('fc:1')]},
    {kind: 'prompt', text: 'Never mind.'},
    {kind: 'answer', text: '', calls: []},
    {kind: 'results', results: [{id: 'lost', tool: 'read', text: 'of something cut away', isError: false}]},
  ]
  expect((await answer({steps})).text).toBe('I see.')
  const sent = JSON.stringify(body(server)['messages'])
  expect(sent).toContain('"id":"fc_1_2","name":"memory_read"')
  expect(sent).toContain('This call was not carried out.')
  expect(sent).toContain('Result of read: of something cut away')
})

test('sends no half characters, which the API would refuse', async () => {
  const {answer} = await open([says('Fine.')])
  expect(
    (await answer({prefix: 'cut \ud83d', steps: [{kind: 'prompt', text: 'here \ude00 too, not \\ud83d'}]})).text,
  ).toBe('Fine.')
})

test('goes on with an answer that was paused, as one answer', async () => {
  const {server, answer} = await open([
    says('First half, ', {stop: 'pause_turn', thinking: 'Long work.'}),
    says('second half.'),
  ])
  const paused = await answer()
  expect(paused).toMatchObject({text: 'First half, second half.', end: 'done', usage: {modelCalls: 2}})
  expect(server.requests).toHaveLength(2)
})

test('goes on no further than a few times', async () => {
  const {server, answer} = await open(() => says('more ', {stop: 'pause_turn'}))
  expect(await answer()).toMatchObject({end: 'unknown', note: 'it paused more often than it was let go on'})
  expect(server.requests).toHaveLength(5)
})

test('calls a full context window too long, and knows what it cost', async () => {
  const {ask} = await open([says('It was', {stop: 'model_context_window_exceeded'})], {})
  const reply = await ask()
  expect(reply).toMatchObject({kind: 'stopped', reason: 'too-long'})
  expect(reply.usage?.input).toBeGreaterThan(0)
})

test('says why the model refused', async () => {
  const {answer} = await open([says('', {end: 'refusal', refusal: 'It asks for harm.'})])
  expect(await answer()).toMatchObject({end: 'refusal', note: 'it refused: It asks for harm.'})
})

test.each([
  [529, 'overloaded'],
  [429, 'overloaded'],
  [500, 'overloaded'],
  [401, 'unauthorized'],
  [402, 'spent'],
  [413, 'too-long'],
  [400, 'invalid'],
] as const)(
  'takes an error event of status %i in mid-stream for %s, and counts what was begun',
  async (status, reason) => {
    const {ask} = await open([says('It was the best', {accident: {afterEvents: 3, what: problem(status)}})])
    const reply = await ask()
    expect(reply).toMatchObject({kind: 'stopped', reason, usage: {output: null, modelCalls: 1}})
    expect(reply.usage?.input).toBeGreaterThan(0)
  },
)

test.each([
  ['retry-after-ms', '1500', 1500],
  ['retry-after', '7', 7000],
  ['retry-after', '0.5', 500],
  ['retry-after', 'Sat, 21 Nov 2026 08:30:00 GMT', 1_800_000],
  ['retry-after', 'soon', undefined],
  ['retry-after', '-4', undefined],
])('reads the wait from %s: %s', async (header, value, wait) => {
  const fixed = fixedClock('2026-11-21T08:00:00Z')
  const {ask} = await open([fails(429, {headers: {[header]: value}})], {settings: {clock: fixed}})
  const reply = await ask()
  expect(reply.kind === 'stopped' ? reply.retryAfterMs : 'answered').toBe(wait)
})

test('knows an account without credit from a request that is wrong', async () => {
  const message = 'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing.'
  const {ask} = await open([fails(400, {message}), fails(429, {headers: {'x-should-retry': 'true'}})])
  expect(await ask()).toMatchObject({reason: 'spent'})
  expect(await ask()).toMatchObject({reason: 'overloaded'})
})

test('ends a call at its deadline, however the bytes drip', async () => {
  const {ask} = await open([says('Slowly. '.repeat(50), {pauseMs: 40})], {settings: {deadlineMs: 400}})
  expect(await ask()).toMatchObject({reason: 'silent', detail: 'not finished within 0.4 s'})
})

test('takes pings for signs of life', async () => {
  const {answer} = await open([says('Thought about it.', {pings: 40, pauseMs: 45})], {settings: {timeoutMs: 1_500}})
  expect((await answer()).text).toBe('Thought about it.')
})

test('waits for no end of the line where the answer has ended', async () => {
  const {answer} = await open([says('All.', {accident: {afterEvents: 6, what: 'stall'}})])
  const since = Date.now()
  expect((await answer()).text).toBe('All.')
  expectSoon(Date.now() - since, 20_000)
})

test('keeps an answer that was complete when the line broke', async () => {
  const {answer} = await open([says('All.', {accident: {afterEvents: 5, what: 'cut'}})])
  expect(await answer()).toMatchObject({text: 'All.', end: 'done'})
})

test('neither follows a redirect nor repeats the key in what it says', async () => {
  const {server, ask} = await open([
    {kind: 'raw', status: 307, headers: {location: 'http://127.0.0.1:9/v1/messages'}, body: ''},
    fails(401, {message: 'invalid x-api-key: sk-ant-secret-key'}),
  ])
  expect(await ask()).toMatchObject({reason: 'cut', detail: expect.stringContaining('it redirects to')})
  const reply = await ask()
  expect(reply).toMatchObject({reason: 'unauthorized', detail: '401 invalid x-api-key: …'})
  expect(server.requests).toHaveLength(2)
})

test('knows a server that is not there, a name nobody knows and a key that is none', async () => {
  const {server, engine, ask} = await open([])
  await server.close()
  expect(await ask()).toMatchObject({reason: 'unreachable', usage: null})
  const settings = {name: 'x', model: 'm', timeoutMs: 5000, deadlineMs: 5000, facts: FACTS, baseUrl: 'not an address'}
  const call = {signal: new AbortController().signal, onEvent: () => {}}
  expect(await openAnthropic({...settings, key: 'k'}).reply(requestOf(promptOf()), call)).toMatchObject({
    reason: 'invalid',
  })
  expect(await openAnthropic({...settings, key: 'a\nb'}).reply(requestOf(promptOf()), call)).toMatchObject({
    reason: 'unauthorized',
  })
  expect(engine.name).toBe('claude')
})

test('counts by the provider, and says null where that fails', async () => {
  const {server, engine, answer} = await open([says('Yes.')])
  const signal = new AbortController().signal
  const counted = await engine.countTokens?.(promptOf({prefix: LONG}), signal)
  expect(counted).toBe((await answer({prefix: LONG})).usage?.input)
  await server.close()
  expect(await engine.countTokens?.(promptOf(), signal)).toBeNull()
})

test('hands on a call that was cut at the length, and goes on after it', async () => {
  const {answer} = await open([
    asksFor([{tool: 'write', rawInput: '{"path": "a.md", "text": "It was the be'}], {text: 'Writing.', end: 'length'}),
    says('In smaller pieces, then.'),
  ])
  const first = await answer()
  expect(first).toMatchObject({end: 'length', answered: [], calls: [{tool: 'write', input: {}}]})
  expect(first.calls[0]?.problem).toContain('not JSON')
  const steps: Step[] = [
    {kind: 'prompt', text: 'Write it down.'},
    {kind: 'answer', text: first.text, calls: first.calls, native: {engine: 'claude', content: first.native}},
    {kind: 'prompt', text: 'It was too long.'},
  ]
  expect((await answer({steps})).text).toBe('In smaller pieces, then.')
})

test('counts a gateway that gave up waiting as a call that may have been answered', async () => {
  const {ask} = await open([fails(504), fails(503)])
  expect((await ask()).usage).toMatchObject({input: null, output: null, modelCalls: 1})
  expect((await ask()).usage).toBeNull()
})
