import {createServer, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import {describe, expect, onTestFinished, test} from 'vitest'
import {expectSoon} from '../../testing/expect-soon.js'
import {openAnthropic} from './anthropic/open-anthropic.js'
import {LineReader} from './command/line-reader.js'
import type {Engine, EngineModel, EngineRequest, Reply} from './engine.js'
import {openOpenAi} from './openai/open-openai.js'

const FACTS: EngineModel = {
  window: 200_000,
  maxOutput: 4_096,
  prices: null,
  billing: 'metered',
  minCacheTokens: null,
  identity: 'x',
}
const REQUEST: EngineRequest = {
  agent: 'donna',
  turn: 't_01J00000000000000000000000',
  reportsTo: null,
  news: [],
  questions: [],
  session: null,
  limitUsd: null,
  prompt: async () => ({
    tools: [],
    prefix: '# Donna',
    steps: [{kind: 'prompt', text: 'hello'}],
    maxOutput: 100,
    keep: {prefix: null, steps: null},
  }),
  workFolder: () => Promise.reject(new Error('no program')),
}
const DEEP = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`

async function server(answer: (response: ServerResponse) => void): Promise<string> {
  const made = createServer((request, response) => {
    request.resume()
    request.on('end', () => answer(response))
    response.on('error', () => undefined)
  })
  await new Promise<void>((ready) => made.listen(0, '127.0.0.1', ready))
  onTestFinished(() => {
    made.closeAllConnections()
    made.close()
  })
  return `http://127.0.0.1:${(made.address() as AddressInfo).port}`
}

type Wire = 'openai' | 'anthropic'

function open(wire: Wire, baseUrl: string): Engine {
  const common = {
    name: wire,
    model: 'm',
    baseUrl,
    key: 'k-0123456789',
    timeoutMs: 60_000,
    deadlineMs: 60_000,
    facts: FACTS,
  }
  return wire === 'openai' ? openOpenAi(common) : openAnthropic(common)
}

/** One answer of text and calls, on either wire; calls as the texts of their arguments. */
function lines(
  wire: Wire,
  {text, calls, usage}: {text: string; calls: readonly {id: string; args: string}[]; usage: unknown},
): string {
  const sse = (data: unknown, event = ''): string =>
    `${event === '' ? '' : `event: ${event}\n`}data: ${JSON.stringify(data)}\n\n`
  if (wire === 'openai') {
    const made = calls.map(({id, args}, index) => ({
      index,
      id,
      type: 'function',
      function: {name: 'log', arguments: args},
    }))
    return `${sse({choices: [{delta: {content: text, tool_calls: made}}]})}${sse({choices: [{delta: {}, finish_reason: calls.length > 0 ? 'tool_calls' : 'stop'}], usage})}data: [DONE]\n\n`
  }
  const typed = (type: string, rest: object): string => sse({type, ...rest}, type)
  const blocks = calls.map(
    ({id, args}, index) =>
      typed('content_block_start', {index: index + 1, content_block: {type: 'tool_use', id, name: 'log', input: {}}}) +
      typed('content_block_delta', {index: index + 1, delta: {type: 'input_json_delta', partial_json: args}}),
  )
  return [
    typed('message_start', {message: {id: 'm', type: 'message', role: 'assistant', content: [], usage}}),
    typed('content_block_start', {index: 0, content_block: {type: 'text', text: ''}}),
    typed('content_block_delta', {index: 0, delta: {type: 'text_delta', text}}),
    ...blocks,
    typed('message_delta', {delta: {stop_reason: calls.length > 0 ? 'tool_use' : 'end_turn'}, usage}),
    typed('message_stop', {}),
  ].join('')
}

async function ask(
  wire: Wire,
  body: string | ((response: ServerResponse) => void),
  headers: Record<string, string> = {},
): Promise<Reply> {
  const url = await server((response) => {
    if (typeof body !== 'string') return body(response)
    response.writeHead(200, {'content-type': 'text/event-stream', ...headers}).end(body)
  })
  return open(wire, url).reply(REQUEST, {signal: new AbortController().signal, onEvent: () => undefined})
}

describe.each(['openai', 'anthropic'] as const)('a provider that lies, on the wire of %s', (wire) => {
  test('by arguments nested without end is told so, and breaks nothing that walks through them', async () => {
    const reply = await ask(wire, lines(wire, {text: '', calls: [{id: 'a', args: DEEP}], usage: {}}))
    expect(reply).toMatchObject({
      kind: 'answer',
      calls: [{input: {}, problem: expect.stringContaining('nested too deep')}],
    })
    expect(() => JSON.stringify(reply)).not.toThrow()
  })

  test('by an event nested without end gives no answer', async () => {
    const deep =
      wire === 'openai'
        ? `data: {"choices":[{"delta":${DEEP}}]}\n\n`
        : `event: content_block_start\ndata: {"type":"content_block_start","index":0,"content_block":${DEEP}}\n\n`
    expect(await ask(wire, deep)).toMatchObject({kind: 'stopped', reason: 'cut'})
  })

  test('by 10,000 calls with one id gets as many calls that stay apart, within seconds', async () => {
    const calls = Array.from({length: 10_000}, () => ({id: 'same', args: '{"text":"x"}'}))
    const started = performance.now()
    const reply = await ask(wire, lines(wire, {text: '', calls, usage: {}}))
    expect(reply.kind).toBe('answer')
    expectSoon(performance.now() - started, 20_000)
  })

  test('by a stream without end is cut off', async () => {
    const piece = lines(wire, {text: 'x'.repeat(100_000), calls: [], usage: {}})
      .split('\n\n')
      .slice(0, wire === 'openai' ? 1 : 3)
      .join('\n\n')
    const before = process.memoryUsage().rss
    const reply = await ask(wire, (response) => {
      response.writeHead(200, {'content-type': 'text/event-stream'})
      const more = (): void => {
        while (!response.destroyed && response.write(`${piece}\n\n`));
        if (!response.destroyed) response.once('drain', more)
      }
      more()
    })
    expect(reply).toMatchObject({kind: 'stopped', reason: 'cut'})
    expect(process.memoryUsage().rss - before).toBeLessThan(700 * 1024 * 1024)
  })

  test('by numbers that nobody can have used is not believed', async () => {
    for (const number of [-1, Number.MAX_VALUE, '7', null, {}]) {
      const usage = {prompt_tokens: number, completion_tokens: number, input_tokens: number, output_tokens: number}
      const reply = await ask(wire, lines(wire, {text: 'hi', calls: [], usage}))
      if (reply.kind !== 'answer') throw new Error(reply.detail)
      for (const claim of [reply.usage?.input ?? 0, reply.usage?.output ?? 0])
        expect(claim >= 0 && Number.isFinite(claim)).toBe(true)
    }
  })

  test('by keys that mean something to the language changes no object but its own', async () => {
    const args = '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"text":"x"}'
    const reply = await ask(
      wire,
      lines(wire, {
        text: 'hi',
        calls: [{id: '__proto__', args}],
        usage: JSON.parse('{"__proto__":{"input_tokens":1}}'),
      }),
    )
    expect(reply.kind).toBe('answer')
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  test.each(['9'.repeat(400), '-5', '1e9', 'Fri, 31 Dec 9999 23:59:59 GMT', '\u00a0'])(
    'by waiting for %s',
    async (wait) => {
      const reply = await ask(wire, (response) => {
        response
          .writeHead(429, {'retry-after': wait, 'content-type': 'application/json'})
          .end('{"error":{"message":"slow"}}')
      })
      expect(reply).toMatchObject({kind: 'stopped', reason: 'overloaded'})
      if (reply.kind === 'stopped') expect(Number.isNaN(reply.retryAfterMs ?? 0)).toBe(false)
    },
  )
})

test('a program that prints one line nested without end has said nothing', () => {
  const read: unknown[] = []
  const reader = new LineReader((line) => read.push(line))
  reader.push(Buffer.from(`${DEEP}\n{"type":"result"}\n`))
  reader.end()
  expect(read).toEqual([{type: 'result'}])
})
