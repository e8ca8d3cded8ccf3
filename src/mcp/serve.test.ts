import {PassThrough, Readable} from 'node:stream'
import fc from 'fast-check'
import {expect, test} from 'vitest'
import type {Params} from './message.js'
import {serve} from './serve.js'
import type {Served} from './served.js'

const MODERN = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
}

/** A server of two tools: one answers, the other waits until it is called off. */
function plainServed(seen: {client: string | null; ended: number} = {client: null, ended: 0}): Served {
  return {
    server: {name: 'mcos', title: 'mcos', version: '1'},
    instructions: 'Be brief.',
    listTools: async () => [{name: 'say', inputSchema: {type: 'object'}}],
    async callTool(name, args, {client, signal, progress}) {
      seen.client = client
      if (name === 'fail') throw new Error('a bug')
      if (name === 'wait') {
        progress('waiting')
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), {once: true}))
        seen.ended++
        return {content: []}
      }
      return name === 'say' ? {content: [{type: 'text', text: JSON.stringify(args)}]} : null
    },
    listResources: async () => [],
    listTemplates: () => [],
    readResource: async (uri) => ({kind: 'none', message: 'not there', data: {uri}}),
  }
}

type Answer = {
  readonly id?: unknown
  readonly result?: Params
  readonly error?: {readonly code: number; readonly data?: unknown}
}

async function converse(
  lines: readonly unknown[],
  served = plainServed(),
): Promise<{answers: Answer[]; log: string[]}> {
  const output = new PassThrough()
  const log: string[] = []
  const said: Buffer[] = []
  output.on('data', (chunk: Buffer) => said.push(chunk))
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)))
  const input = Readable.from(text.map((line) => Buffer.from(`${line}\n`)))
  await serve(served, {input, output, log: (line) => log.push(line), signal: new AbortController().signal})
  const answers = Buffer.concat(said)
    .toString()
    .split('\n')
    .filter((line) => line !== '')
  return {answers: answers.map((line) => JSON.parse(line) as Answer), log}
}

function ask(id: unknown, method: string, params?: Params): Params {
  return {jsonrpc: '2.0', id, method, ...(params === undefined ? {} : {params})}
}

test('a client of the older era shakes hands and gets results as they are', async () => {
  const {answers} = await converse([
    ask(1, 'initialize', {protocolVersion: '2025-06-18', capabilities: {}, clientInfo: {name: 'c', version: '2'}}),
    {jsonrpc: '2.0', method: 'notifications/initialized'},
    ask(2, 'ping'),
    ask(3, 'tools/call', {name: 'say', arguments: {a: 1}}),
  ])
  expect(answers).toEqual([
    expect.objectContaining({
      id: 1,
      result: expect.objectContaining({
        protocolVersion: '2025-06-18',
        serverInfo: {name: 'mcos', title: 'mcos', version: '1'},
      }),
    }),
    {jsonrpc: '2.0', id: 2, result: {}},
    {jsonrpc: '2.0', id: 3, result: {content: [{type: 'text', text: '{"a":1}'}]}},
  ])
})

test('a version that nobody knows is answered with the newest of the older era', async () => {
  const {answers} = await converse([ask(1, 'initialize', {protocolVersion: '1999-01-01'})])
  expect(answers[0]?.result?.['protocolVersion']).toBe('2025-11-25')
})

test('a request of the newer era speaks for itself, and its result says that it is complete', async () => {
  const {answers} = await converse([
    ask(1, 'server/discover', {_meta: MODERN}),
    ask(2, 'tools/list', {_meta: MODERN}),
    ask(3, 'tools/call', {_meta: MODERN, name: 'say', arguments: {}}),
    ask(4, 'tools/list'),
  ])
  const [discovered, listed, called, legacy] = answers
  expect(discovered?.result).toMatchObject({
    supportedVersions: expect.arrayContaining(['2026-07-28', '2025-11-25']),
    capabilities: {tools: {}, resources: {}},
    resultType: 'complete',
    cacheScope: 'private',
    ttlMs: expect.any(Number),
    _meta: {'io.modelcontextprotocol/serverInfo': {name: 'mcos'}},
  })
  expect(listed?.result).toMatchObject({resultType: 'complete', tools: [{name: 'say'}]})
  expect(called?.result).toMatchObject({resultType: 'complete', content: [{text: '{}'}]})
  expect(legacy?.result).toEqual({tools: [{name: 'say', inputSchema: {type: 'object'}}]})
})

test('the newer era has no handshake and no ping, and a version that nobody speaks is refused with those that are', async () => {
  const wrong = {...MODERN, 'io.modelcontextprotocol/protocolVersion': '2030-01-01'}
  const {answers} = await converse([
    ask(1, 'initialize', {_meta: MODERN}),
    ask(2, 'ping', {_meta: MODERN}),
    ask(3, 'tools/list', {_meta: wrong}),
  ])
  expect(answers.map(({error}) => error?.code)).toEqual([-32601, -32601, -32022])
  expect(answers[2]?.error?.data).toMatchObject({
    requested: '2030-01-01',
    supported: expect.arrayContaining(['2026-07-28']),
  })
})

test.each([
  ['an unknown tool', ask(1, 'tools/call', {name: 'nope'}), -32602],
  ['arguments that are none', ask(1, 'tools/call', {name: 'say', arguments: 'x'}), -32602],
  ['a tool without a name', ask(1, 'tools/call', {}), -32602],
  ['an unknown method', ask(1, 'shutdown'), -32601],
  ['a method of every object', ask(1, 'toString'), -32601],
  ['a cursor', ask(1, 'tools/list', {cursor: 'x'}), -32602],
  ['a resource that is not there', ask(1, 'resources/read', {uri: 'x'}), -32002],
  ['the same in the newer era', ask(1, 'resources/read', {uri: 'x', _meta: MODERN}), -32602],
  ['a prompt', ask(1, 'prompts/get', {name: 'x'}), -32602],
])('%s is an error of the protocol', async (_, message, code) => {
  const {answers} = await converse([message])
  expect(answers.map(({error}) => error?.code)).toEqual([code])
})

test('a bug of ours is told on stderr, and the client hears no more than that', async () => {
  const {answers, log} = await converse([ask(1, 'tools/call', {name: 'fail'})])
  expect(answers[0]?.error?.code).toBe(-32603)
  expect(JSON.stringify(answers)).not.toContain('a bug')
  expect(log.join()).toContain('a bug')
})

test('what is called off is ended and not answered', async () => {
  const seen = {client: null, ended: 0}
  const {answers} = await converse(
    [
      ask(1, 'tools/call', {name: 'wait', _meta: {progressToken: 7}}),
      {jsonrpc: '2.0', method: 'notifications/cancelled', params: {requestId: 1}},
      ask(2, 'ping'),
    ],
    plainServed(seen),
  )
  expect(seen.ended).toBe(1)
  expect(answers.filter(({id}) => id !== undefined)).toEqual([{jsonrpc: '2.0', id: 2, result: {}}])
  expect(answers).toContainEqual(
    expect.objectContaining({
      method: 'notifications/progress',
      params: {progressToken: 7, progress: 1, message: 'waiting'},
    }),
  )
})

test('an id that is being worked on is not taken twice', async () => {
  const {answers} = await converse([
    ask(1, 'tools/call', {name: 'wait'}),
    ask(1, 'ping'),
    {jsonrpc: '2.0', method: 'notifications/cancelled', params: {requestId: 1}},
  ])
  expect(answers.map(({id, error}) => [id, error?.code])).toEqual([[1, -32600]])
})

test('who the client is comes from the handshake or from the request, on one line', async () => {
  const seen = {client: null, ended: 0}
  await converse(
    [ask(1, 'initialize', {clientInfo: {name: 'evil\nclient', version: '1'}}), ask(2, 'tools/call', {name: 'say'})],
    plainServed(seen),
  )
  expect(seen.client).toBe('evil client 1')
})

test('a thousand requests at once are each answered once', async () => {
  const {answers} = await converse(Array.from({length: 1000}, (_, id) => ask(id, 'tools/call', {name: 'say'})))
  expect(answers.map(({id}) => id).sort((one, other) => Number(one) - Number(other))).toEqual(
    Array.from({length: 1000}, (_, id) => id),
  )
})

test('a client that reads no more keeps nobody once the end comes', async () => {
  const output = new PassThrough({highWaterMark: 1})
  const input = Readable.from(
    Array.from({length: 200}, (_, id) => Buffer.from(`${JSON.stringify(ask(id, 'tools/list'))}\n`)),
  )
  const end = new AbortController()
  const served = serve(plainServed(), {input, output, log: () => undefined, signal: end.signal})
  await new Promise((resolve) => setImmediate(resolve))
  end.abort()
  await served
  expect(output.writableLength).toBeGreaterThan(0)
})

test('whatever is sent, each request is answered once and nothing but messages comes out', async () => {
  const junk = fc.oneof(
    fc.string().map((text) => text.replaceAll('\n', ' ')),
    fc.jsonValue().map((value) => JSON.stringify(value)),
    fc
      .record({jsonrpc: fc.constantFrom('2.0', '1.0'), method: fc.string(), params: fc.jsonValue()})
      .map((value) => JSON.stringify(value)),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(junk, {maxLength: 20}), async (lines) => {
      const mixed = lines.flatMap((line, index) => [line, JSON.stringify(ask(`ours-${index}`, 'ping'))])
      const {answers} = await converse(mixed)
      const own = answers.filter(({id}) => typeof id === 'string' && id.startsWith('ours-'))
      expect(own.map(({id}) => id)).toEqual(lines.map((_, index) => `ours-${index}`))
      expect(answers.every((answer) => 'result' in answer || 'error' in answer)).toBe(true)
    }),
    {numRuns: 60},
  )
})
