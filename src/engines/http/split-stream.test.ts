import fc from 'fast-check'
import {afterEach, expect, test, vi} from 'vitest'
import {promptOf, requestOf} from '../../../testing/engine-contract.js'
import {asksFor} from '../../../testing/model-server/behaviour.js'
import {completionChunks, KEEP_ALIVE} from '../../../testing/model-server/chat-answer.js'
import {messageEvents, PING} from '../../../testing/model-server/messages-answer.js'
import {openAnthropic} from '../anthropic/open-anthropic.js'
import type {Engine, EngineModel, Reply} from '../engine.js'
import {openOpenAi} from '../openai/open-openai.js'

const FACTS: EngineModel = {
  window: 200_000,
  maxOutput: 500,
  prices: null,
  billing: 'metered',
  minCacheTokens: 1024,
  identity: 'x',
}

const SETTINGS = {name: 'x', model: 'm', key: 'k', timeoutMs: 60_000, deadlineMs: 60_000, facts: FACTS}

const ANSWER = asksFor([{tool: 'read', input: {path: 'notes/ü🙂.md', lines: [1, 2]}}, {tool: 'list'}], {
  text: 'Gut — “ruhig”, 万事如意 👩‍👩‍👧.\r\ndata: not an event\n\nevent: error',
  thinking: 'Hm.',
  letters: 5,
})

const AROUND = {number: 1, model: 'm', now: 0, charge: {input: 10, read: 20, written5m: 3, written1h: 4}}

afterEach(() => {
  vi.unstubAllGlobals()
})

/** The engine as it is, on a network that hands over its bytes in these pieces. */
async function replyTo(engine: Engine, pieces: readonly Uint8Array[]): Promise<{reply: Reply; text: string}> {
  vi.stubGlobal('fetch', async () => {
    const stream = ReadableStream.from(pieces)
    return new Response(stream, {headers: {'content-type': 'text/event-stream'}})
  })
  let text = ''
  const onEvent = (event: {kind: string; text?: string}): void => {
    text += event.text ?? ''
  }
  return {reply: await engine.reply(requestOf(promptOf()), {signal: new AbortController().signal, onEvent}), text}
}

function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const at = [...new Set(places.map((place) => place % bytes.length))].sort((a, b) => a - b)
  return [0, ...at].map((from, index) => bytes.subarray(from, at[index] ?? bytes.length))
}

const cases = [
  ['Claude', openAnthropic({...SETTINGS, baseUrl: 'http://127.0.0.1:9'}), [PING, ...messageEvents(ANSWER, AROUND)]],
  [
    'a chat server',
    openOpenAi({...SETTINGS, baseUrl: 'http://127.0.0.1:9'}),
    [KEEP_ALIVE, ...completionChunks(ANSWER, AROUND, true)],
  ],
] as const

test.each(cases)(
  '%s is understood in whatever pieces its bytes come, and however its lines end',
  async (_, engine, events) => {
    const encode = (ending: string): Uint8Array => Buffer.from(events.join('').replaceAll('\n', ending))
    const whole = await replyTo(engine, [encode('\n')])
    expect(whole.reply).toMatchObject({
      kind: 'answer',
      end: 'calls',
      text: ANSWER.text,
      calls: [{tool: 'read'}, {tool: 'list'}],
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat({max: 100_000}), {maxLength: 60}),
        fc.constantFrom('\n', '\r\n', '\r'),
        async (places, ending) => {
          expect(await replyTo(engine, cut(encode(ending), places))).toEqual(whole)
        },
      ),
      {numRuns: 40},
    )
    const bytes = encode('\r\n')
    expect(
      await replyTo(
        engine,
        Array.from(bytes, (byte) => Uint8Array.of(byte)),
      ),
    ).toEqual(whole)
  },
)

test.each(cases)('%s never throws, wherever its stream ends or whatever is wrong in it', async (_, engine, events) => {
  const bytes = Buffer.from(events.join(''))
  await fc.assert(
    fc.asyncProperty(
      fc.nat({max: bytes.length}),
      fc.array(fc.tuple(fc.nat({max: bytes.length - 1}), fc.nat({max: 255})), {maxLength: 5}),
      async (length, flips) => {
        const damaged = Buffer.from(bytes)
        for (const [at, byte] of flips) damaged[at] = byte
        const {reply} = await replyTo(engine, [damaged.subarray(0, length)])
        if (reply.kind === 'stopped') expect(reply.detail).not.toBe('')
      },
    ),
    {numRuns: 100},
  )
})
