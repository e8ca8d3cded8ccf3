import {expect, onTestFinished, test} from 'vitest'
import {fixedClock} from '../../src/kit/clock.js'
import {asksFor, says, silence} from './behaviour.js'
import {fails, problem, spendLimit} from './problem.js'
import {type ModelServer, type ModelServerOptions, startModelServer} from './server.js'

const LONG = 'All that the agent knows. '.repeat(300)

async function open(options: ModelServerOptions): Promise<ModelServer> {
  const server = await startModelServer(options)
  onTestFinished(() => server.close())
  return server
}

function post(server: ModelServer, body: unknown, path = '/v1/messages'): Promise<Response> {
  const headers = {'x-api-key': 'k', 'anthropic-version': '2023-06-01', 'content-type': 'application/json'}
  return fetch(server.url + path, {method: 'POST', headers, body: JSON.stringify(body)})
}

const hello = {model: 'claude', max_tokens: 100, messages: [{role: 'user', content: 'Hello'}]}

test('answers a message whole, and streams the same one as events', async () => {
  const server = await open({script: [says('Good morning, Ada.'), says('Good morning, Ada.')]})
  const whole = (await (await post(server, hello)).json()) as {content: {text: string}[]; stop_reason: string}
  expect([whole.content[0]?.text, whole.stop_reason]).toEqual(['Good morning, Ada.', 'end_turn'])
  const events = (await (await post(server, {...hello, stream: true})).text()).trim().split('\n\n')
  const types = events.map((event) => event.split('\n')[0]?.replace('event: ', ''))
  expect(types).toEqual([
    'message_start',
    'content_block_start',
    'content_block_delta',
    'content_block_delta',
    'content_block_stop',
    'message_delta',
    'message_stop',
  ])
})

test.each([
  ['no length', {...hello, max_tokens: undefined}, 'max_tokens: Field required'],
  ['a field nobody knows', {...hello, colour: 'red'}, 'colour: Extra inputs are not permitted'],
  ['two users in a row', {...hello, messages: [...hello.messages, ...hello.messages]}, 'roles must alternate'],
  ['an assistant first', {...hello, messages: [{role: 'assistant', content: 'Hi'}]}, 'must use the "user" role'],
  ['an empty text', {...hello, messages: [{role: 'user', content: ' '}]}, 'non-whitespace text'],
  [
    'a call without its result',
    {
      ...hello,
      messages: [
        ...hello.messages,
        {role: 'assistant', content: [{type: 'tool_use', id: 't1', name: 'read', input: {}}]},
        {role: 'user', content: 'And?'},
      ],
    },
    'without `tool_result` blocks immediately after',
  ],
  [
    'a result without its call',
    {...hello, messages: [{role: 'user', content: [{type: 'tool_result', tool_use_id: 't1', content: 'x'}]}]},
    'unexpected `tool_use_id`',
  ],
  [
    'an hour after five minutes',
    {
      ...hello,
      system: [
        {type: 'text', text: 'a', cache_control: {type: 'ephemeral'}},
        {type: 'text', text: 'b', cache_control: {type: 'ephemeral', ttl: '1h'}},
      ],
    },
    'must not come after',
  ],
  [
    'five marks',
    {...hello, system: Array.from({length: 5}, () => ({type: 'text', text: 'a', cache_control: {type: 'ephemeral'}}))},
    'A maximum of 4 blocks',
  ],
  [
    'a thought that was changed',
    {
      ...hello,
      messages: [
        ...hello.messages,
        {role: 'assistant', content: [{type: 'thinking', thinking: 'other', signature: 'of this'}]},
        {role: 'user', content: 'Go on'},
      ],
    },
    'Invalid `signature`',
  ],
])('refuses %s as the Messages API does', async (_, body, message) => {
  const server = await open({script: [says('never')]})
  const response = await post(server, body)
  expect(response.status).toBe(400)
  expect(await response.text()).toContain(JSON.stringify(message).slice(1, -1))
  expect(server.requests[0]?.refused).toContain(message)
})

test('keeps what is marked for as long as it is marked, and says what was written and read', async () => {
  const clock = fixedClock('2026-11-21T08:00:00Z')
  const server = await open({script: () => says('ok'), clock})
  const asked = (ttl: string) => ({
    ...hello,
    system: [{type: 'text', text: LONG, cache_control: {type: 'ephemeral', ttl}}],
  })
  const usage = async (body: unknown) => {
    const {usage: said} = (await (await post(server, body)).json()) as {usage: Record<string, unknown>}
    return [said['cache_creation_input_tokens'], said['cache_read_input_tokens']]
  }
  const [written, nothing] = await usage(asked('5m'))
  expect(nothing).toBe(0)
  expect(written).toBeGreaterThan(1024)
  clock.advance(290_000)
  expect(await usage(asked('5m'))).toEqual([0, written])
  clock.advance(290_000)
  expect(await usage(asked('5m'))).toEqual([0, written])
  clock.advance(301_000)
  expect(await usage(asked('1h'))).toEqual([written, 0])
  clock.advance(3_599_000)
  expect(await usage(asked('1h'))).toEqual([0, written])
})

test('keeps nothing that is smaller than the least', async () => {
  const server = await open({script: () => says('ok')})
  const body = {...hello, system: [{type: 'text', text: 'Short.', cache_control: {type: 'ephemeral'}}]}
  const {usage} = (await (await post(server, body)).json()) as {usage: Record<string, unknown>}
  expect(usage['cache_creation_input_tokens']).toBe(0)
})

test('counts what it would charge', async () => {
  const server = await open({script: [says('ok')]})
  const {max_tokens: _, ...counted} = hello
  const {input_tokens} = (await (await post(server, counted, '/v1/messages/count_tokens')).json()) as {
    input_tokens: number
  }
  const {usage} = (await (await post(server, hello)).json()) as {usage: {input_tokens: number}}
  expect(input_tokens).toBe(usage.input_tokens)
})

test('answers a chat completion whole, and streams it with usage in a last chunk that has no choices', async () => {
  const call = {tool: 'read', input: {path: 'a.md'}}
  const server = await open({script: [asksFor([call]), asksFor([call], {pings: 2})]})
  const body = {model: 'm', messages: [{role: 'user', content: 'Hello'}]}
  const path = '/any/v1/chat/completions'
  const whole = (await (await post(server, body, path)).json()) as {choices: {finish_reason: string}[]}
  expect(whole.choices[0]?.finish_reason).toBe('tool_calls')
  const streamed = await (
    await post(server, {...body, stream: true, stream_options: {include_usage: true}}, path)
  ).text()
  expect(streamed.startsWith(': keep-alive\n\n\n: keep-alive\n\n\ndata: {')).toBe(true)
  expect(streamed.trim().split('\n\n').slice(-2)[0]).toContain('"choices":[],"usage":{"prompt_tokens":')
  expect(streamed.endsWith('data: [DONE]\n\n')).toBe(true)
})

test('gives errors as the real ones look, with their heads', async () => {
  const server = await open({script: [fails(529), fails(429, {headers: {'retry-after': '7'}}), spendLimit]})
  expect(await (await post(server, hello)).json()).toMatchObject({
    type: 'error',
    error: {type: 'overloaded_error', message: 'Overloaded'},
  })
  expect((await post(server, hello)).headers.get('retry-after')).toBe('7')
  expect((await post(server, hello)).headers.get('x-should-retry')).toBe('false')
  expect(await (await post(server, hello)).text()).toContain('was asked for one more')
})

test('breaks off, stalls and errs in the middle of a stream', async () => {
  const accident = (what: 'cut' | ReturnType<typeof problem>) =>
    says('Good morning.', {accident: {afterEvents: 3, what}})
  const server = await open({script: [accident('cut'), accident(problem(529)), silence]})
  await expect((await post(server, {...hello, stream: true})).text()).rejects.toThrow()
  expect(await (await post(server, {...hello, stream: true})).text()).toContain('event: error\ndata: {"type":"error"')
  await expect(
    fetch(`${server.url}/v1/messages`, {
      method: 'POST',
      headers: {'x-api-key': 'k', 'anthropic-version': '2023-06-01', 'content-type': 'application/json'},
      body: JSON.stringify(hello),
      signal: AbortSignal.timeout(50),
    }),
  ).rejects.toThrow()
})
