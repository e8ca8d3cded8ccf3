import {expect, onTestFinished, test} from 'vitest'
import {promptOf, requestOf} from '../../../testing/engine-contract.js'
import {asksFor, garbage, hangUp, type Script, says} from '../../../testing/model-server/behaviour.js'
import {fails} from '../../../testing/model-server/problem.js'
import {type ModelServer, type ModelServerOptions, startModelServer} from '../../../testing/model-server/server.js'
import type {Answer, EngineModel, Reply} from '../engine.js'
import type {Prompt, Step} from '../prompt.js'
import {type OpenAiSettings, openOpenAi} from './open-openai.js'
import {lengthFieldFor} from './request.js'
import {usageOf} from './usage.js'

const FACTS: EngineModel = {
  window: 64_000,
  maxOutput: 500,
  prices: null,
  billing: 'metered',
  minCacheTokens: null,
  identity: 'x',
}

interface Scene {
  readonly server: ModelServer
  ask(changes?: Partial<Prompt>): Promise<Reply>
  answer(changes?: Partial<Prompt>): Promise<Answer>
}

async function open(
  script: Script,
  options: Partial<ModelServerOptions> & {readonly settings?: Partial<OpenAiSettings>} = {},
): Promise<Scene> {
  const {settings, ...rest} = options
  const server = await startModelServer({script, ...rest})
  onTestFinished(() => server.close())
  const engine = openOpenAi({
    name: 'local',
    model: 'qwen3:14b',
    baseUrl: `${server.url}/v1`,
    key: 'sk-secret-key',
    timeoutMs: 60_000,
    deadlineMs: 60_000,
    facts: FACTS,
    ...settings,
  })
  const ask = (changes: Partial<Prompt> = {}): Promise<Reply> =>
    engine.reply(requestOf(promptOf(changes)), {signal: new AbortController().signal, onEvent: () => {}})
  const answer = async (changes: Partial<Prompt> = {}): Promise<Answer> => {
    const reply = await ask(changes)
    if (reply.kind === 'stopped') throw new Error(`${reply.reason}: ${reply.detail}`)
    return reply
  }
  return {server, ask, answer}
}

const body = (server: ModelServer): Record<string, unknown> => ({...server.requests.at(-1)?.body})

/** A stream of these chunks, as a server of one's own might send it. */
function chunks(...all: readonly unknown[]) {
  return garbage(`${all.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('')}data: [DONE]\n\n`)
}

const delta = (fields: object, finish: string | null = null) => ({
  choices: [{index: 0, delta: fields, finish_reason: finish}],
})

test('asks with the prefix as system message, tools as functions, and for usage', async () => {
  const {server, answer} = await open([says('Yes.')])
  await answer({maxOutput: 9000})
  expect(body(server)).toMatchObject({
    model: 'qwen3:14b',
    tools: [{type: 'function', function: {name: 'read'}}],
    messages: [
      {role: 'system', content: 'You are Donna.'},
      {role: 'user', content: 'What has come up?'},
    ],
    max_tokens: 500,
    stream: true,
    stream_options: {include_usage: true},
  })
})

test.each([
  ['https://api.openai.com/v1', 'max_completion_tokens'],
  ['https://my-place.openai.azure.com/openai/v1', 'max_completion_tokens'],
  ['https://api.deepseek.com', 'max_tokens'],
  ['http://localhost:11434/v1', 'max_tokens'],
  ['https://openai.com.example/v1', 'max_tokens'],
])('asks %s for a length by %s', (baseUrl, field) => {
  expect(lengthFieldFor(baseUrl)).toBe(field)
})

test('asks by the other name for a length where a setting says so', async () => {
  const {answer} = await open([says('Yes.')], {
    lengthField: 'max_completion_tokens',
    settings: {lengthField: 'max_completion_tokens'},
  })
  expect((await answer()).text).toBe('Yes.')
})

test.each([
  [
    'cached tokens are inside the prompt',
    {prompt_tokens: 100, completion_tokens: 7, prompt_tokens_details: {cached_tokens: 64}},
    {input: 36, cacheRead: 64, output: 7},
  ],
  [
    'DeepSeek tells hits and misses',
    {prompt_tokens: 100, completion_tokens: 7, prompt_cache_hit_tokens: 64, prompt_cache_miss_tokens: 36},
    {input: 36, cacheRead: 64, output: 7},
  ],
  [
    'what was thought is only in the total',
    {prompt_tokens: 100, completion_tokens: 7, total_tokens: 150},
    {input: 100, cacheRead: 0, output: 50},
  ],
  [
    'more was cached than there was',
    {prompt_tokens: 100, completion_tokens: 7, prompt_tokens_details: {cached_tokens: 101}},
    {input: null, cacheRead: 0, output: 7},
  ],
  ['one number is a text', {prompt_tokens: '100', completion_tokens: 7}, {input: null, output: 7}],
  ['it is not finite', {prompt_tokens: Number.POSITIVE_INFINITY, completion_tokens: 7}, {input: null, output: 7}],
])('reads usage where %s', (_, said, expected) => {
  expect(usageOf(said)).toMatchObject({...expected, cacheWrite: 0, modelCalls: 1})
})

test('knows nothing where nothing can be believed', () => {
  expect([usageOf(null), usageOf({}), usageOf({prompt_tokens: -1}), usageOf('none')]).toEqual([null, null, null, null])
})

test('reads past keep-alive comments and blank lines, and a stream that never says it is done', async () => {
  const {answer} = await open([
    says('Good morning.', {pings: 30}),
    says('Good morning.', {accident: {afterEvents: 5, what: 'end'}}),
  ])
  expect(await answer()).toMatchObject({text: 'Good morning.', end: 'done'})
  expect(await answer()).toMatchObject({text: 'Good morning.', end: 'done'})
})

test('takes a whole answer from a server that does not stream', async () => {
  const {answer} = await open([says('All at once.', {ignoresStream: true})])
  expect(await answer()).toMatchObject({text: 'All at once.', end: 'done', usage: {modelCalls: 1}})
})

const call = (index: number | undefined, fields: object) => ({...(index === undefined ? {} : {index}), ...fields})
const made = (name: string | null, given: unknown) => ({
  type: 'function',
  function: {...(name === null ? {} : {name}), arguments: given},
})

test.each([
  [
    'without ids',
    [
      delta({tool_calls: [call(0, made('read', '')), call(1, made('list', ''))]}),
      delta({tool_calls: [call(0, made(null, '{"a":1}')), call(1, made(null, '{"a":2}'))]}),
    ],
  ],
  [
    'each under index 0 with an id of its own',
    [
      delta({tool_calls: [call(0, {id: 'x', ...made('read', '{"a":1}')})]}),
      delta({tool_calls: [call(0, {id: 'y', ...made('list', '{"a":2}')})]}),
    ],
  ],
  [
    'each whole, without index and id',
    [delta({tool_calls: [call(undefined, made('read', '{"a":1}')), call(undefined, made('list', '{"a":2}'))]})],
  ],
  [
    'with the name in every piece',
    [
      delta({tool_calls: [call(0, {id: 'x', ...made('read', '{"a"')})]}),
      delta({tool_calls: [call(0, {id: 'x', ...made('read', ':1}')}), call(1, {id: 'y', ...made('list', '{"a":2}')})]}),
    ],
  ],
  [
    'with arguments that are no text',
    [delta({tool_calls: [call(0, made('read', {a: 1})), call(1, made('list', {a: 2}))]})],
  ],
])('puts calls together that come %s', async (_, pieces) => {
  const {answer} = await open([chunks(...pieces, delta({}, 'stop'))])
  const {calls, end} = await answer()
  expect(calls.map(({tool, input, problem}) => [tool, input, problem])).toEqual([
    ['read', {a: 1}, undefined],
    ['list', {a: 2}, undefined],
  ])
  expect(end).toBe('calls')
  expect(new Set(calls.map(({id}) => id)).size).toBe(2)
})

test('sends calls back in the form the server wants, with what only it understands of them', async () => {
  const signed = {id: 'c1', ...made('read', '{"path":"a"}'), extra_content: {google: {thought_signature: 'abc'}}}
  const {server, answer, ask} = await open([
    chunks(delta({reasoning_content: 'Hm. '}), delta({tool_calls: [call(0, signed)]}), delta({}, 'tool_calls')),
  ])
  const first = await answer()
  const native = {engine: 'local', content: first.native}
  const steps: Step[] = [
    {kind: 'prompt', text: 'Look.'},
    {kind: 'answer', text: '', calls: first.calls, native},
    {kind: 'results', results: [{id: 'c1', tool: 'read', text: 'no such file', isError: true}]},
    {kind: 'prompt', text: 'And?'},
  ]
  await ask({steps})
  expect((body(server)['messages'] as unknown[]).slice(2)).toEqual([
    {
      role: 'assistant',
      content: null,
      tool_calls: [
        {
          extra_content: {google: {thought_signature: 'abc'}},
          id: 'c1',
          type: 'function',
          function: {name: 'read', arguments: '{"path":"a"}'},
        },
      ],
      reasoning_content: 'Hm. ',
    },
    {role: 'tool', tool_call_id: 'c1', content: 'Error: no such file'},
    {role: 'user', content: 'And?'},
  ])
  await ask({
    steps: steps.map((step) => (step.kind === 'answer' ? {...step, native: {...native, engine: 'other'}} : step)),
  })
  expect(JSON.stringify(body(server))).not.toContain('thought_signature')
})

test('takes "stop" beside calls for calls, and calls without ids back', async () => {
  const {answer} = await open([asksFor([{tool: 'read'}], {stop: 'stop', hasNoCallIds: true}), says('Done.')])
  const first = await answer()
  expect(first).toMatchObject({end: 'calls', calls: [{id: 'call_1', input: {}}]})
  const steps: Step[] = [
    {kind: 'prompt', text: 'Look.'},
    {kind: 'answer', text: '', calls: first.calls},
    {kind: 'results', results: [{id: 'call_1', tool: 'read', text: 'ok', isError: false}]},
    {kind: 'answer', text: '', calls: first.calls},
    {kind: 'results', results: [{id: 'call_1', tool: 'read', text: 'ok again', isError: false}]},
  ]
  expect((await answer({steps})).text).toBe('Done.')
})

test('tells a refusal in so many words', async () => {
  const {answer} = await open([says('', {refusal: 'I cannot help with that.'})])
  expect(await answer()).toMatchObject({end: 'refusal', text: 'I cannot help with that.', answered: []})
})

test.each([
  ['DeepSeek without balance', fails(402, {message: 'Insufficient Balance', type: 'unknown_error'}), 'spent'],
  ['a quota that is used up', fails(429, {code: 'insufficient_quota', type: 'insufficient_quota'}), 'spent'],
  ['DeepSeek in a storm', fails(503, {message: 'Service is too busy.'}), 'overloaded'],
  [
    'Ollama without the model',
    {
      kind: 'raw',
      status: 404,
      headers: {'content-type': 'application/json'},
      body: '{"error":"model \\"x\\" not found, try pulling it first"}',
    },
    'invalid',
  ],
  [
    'Gemini with a wrong key',
    {
      kind: 'raw',
      status: 400,
      headers: {'content-type': 'application/json'},
      body: '[{"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT"}}]',
    },
    'unauthorized',
  ],
  [
    'Grok with a wrong key',
    fails(400, {message: 'Incorrect API key provided: sk***ey. You can obtain one at console.x.ai.'}),
    'unauthorized',
  ],
  [
    'llama.cpp past its context',
    fails(400, {message: 'the request exceeds the available context size', type: 'exceed_context_size_error'}),
    'too-long',
  ],
  [
    'vLLM past its context',
    {
      kind: 'raw',
      status: 400,
      headers: {'content-type': 'application/json'},
      body: '{"object":"error","message":"This model\'s maximum context length is 8192 tokens. Please reduce the length of the messages.","type":"BadRequestError","code":400}',
    },
    'too-long',
  ],
  [
    'an answer that asks for too long an answer',
    fails(400, {message: 'max_tokens: 9000 > 8192, which is the maximum allowed number of output tokens'}),
    'invalid',
  ],
  [
    'a page that forbids',
    {kind: 'raw', status: 403, headers: {'content-type': 'text/html'}, body: '<html>Blocked by your network</html>'},
    'cut',
  ],
  [
    'an error in the middle',
    chunks(delta({content: 'It was'}), {error: {code: 502, message: 'Provider returned error'}}),
    'overloaded',
  ],
  [
    'an error in the middle, by type',
    chunks(delta({content: 'It was'}), {error: {type: 'server_error', message: 'Sorry'}}),
    'overloaded',
  ],
  ['DeepSeek out of room', chunks(delta({content: 'It was'}), delta({}, 'insufficient_system_resource')), 'overloaded'],
] as const)('knows %s', async (_, behaviour, reason) => {
  const {ask} = await open([behaviour])
  expect(await ask()).toMatchObject({kind: 'stopped', reason})
})

test('waits as long as Gemini says in its body', async () => {
  const text =
    '{"error":{"code":429,"status":"RESOURCE_EXHAUSTED","message":"Quota exceeded","details":[{"@type":"RetryInfo","retryDelay":"37s"}]}}'
  const {ask} = await open([{kind: 'raw', status: 429, headers: {'content-type': 'application/json'}, body: text}])
  expect(await ask()).toMatchObject({reason: 'overloaded', retryAfterMs: 37_000})
})

test('says so when a server has read much less than it was sent', async () => {
  const prefix = 'You are Donna, and this is what you know. '.repeat(1000)
  const {answer} = await open([says('Yes.', {usage: {prompt_tokens: 2048, total_tokens: 2060}}), says('Yes.')])
  expect((await answer({prefix})).note).toContain('the server read 2048 tokens of what are at least')
  expect((await answer({prefix})).note).toBeUndefined()
})

test('needs no key where the server wants none', async () => {
  const {server, answer} = await open([says('Yes.')], {settings: {key: null}})
  expect((await answer()).text).toBe('Yes.')
  expect(server.requests[0]?.headers.authorization).toBeUndefined()
})

test('calls a line that closes without an answer cut, and claims to know nothing of what it cost', async () => {
  const {ask} = await open([hangUp])
  expect(await ask()).toMatchObject({kind: 'stopped', reason: 'cut', usage: null})
})
