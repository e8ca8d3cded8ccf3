import {expect, onTestFinished, test} from 'vitest'
import type {
  Answer,
  Engine,
  EngineEvent,
  EngineRequest,
  Prompt,
  Reply,
  Stopped,
  StopReason,
} from '../src/engines/engine.js'
import type {ToolSpec} from '../src/engines/prompt.js'
import {expectSoon} from './expect-soon.js'

/** What the far side is made to do with one request. */
export type FarSide =
  | {
      readonly does: 'say'
      readonly text: string
      readonly end?: 'length' | 'refusal'
      readonly usage?: 'absent' | 'negative' | 'texts'
    }
  | {readonly does: 'call'; readonly tool: string; readonly input: Readonly<Record<string, unknown>>}
  /** Calls with arguments that are no JSON. */
  | {readonly does: 'call-badly'; readonly tool: string}
  /** Ends with a reason that nobody has heard of. */
  | {readonly does: 'end-oddly'; readonly text: string}
  /** An HTTP status with the body that belongs to it, or what a program makes of one. */
  | {
      readonly does: 'fail'
      readonly status: number
      readonly kind?: 'spend-limit' | 'too-long'
      readonly retryAfterMs?: number
    }
  /** Accepts and says nothing, from the beginning or after some text. */
  | {readonly does: 'silence'; readonly after?: string}
  /** Goes away in the middle of a text. */
  | {readonly does: 'cut'; readonly after: string}
  /** Answers with something that is no answer. */
  | {readonly does: 'babble'; readonly what: 'html' | 'garbage' | 'half-json'}

/** One engine that has been opened on a far side of its own. */
export interface OpenedEngine {
  readonly engine: Engine
  /** How often the far side was asked. */
  asked(): number
  /** All that the model read of the last request, as one text. */
  lastRead(): string
  /** Children that still run, requests that are still open. */
  leftovers(): Promise<number>
  close(): Promise<void>
}

/** How one kind of engine is put to the test; what it can't be made to do at all is left out of `can`. */
export interface EngineHarness {
  readonly name: string
  readonly can: ReadonlySet<FarSide['does']>
  /** It is told of our tools and asks for them; programs bring their own. */
  readonly takesTools: boolean
  /** It streams in pieces, so that a text comes as more than one event. */
  readonly streams: boolean
  /** Silence and deadline are short here: the engine is opened with these. */
  open(
    script: readonly FarSide[],
    patience: {readonly timeoutMs: number; readonly deadlineMs: number},
  ): Promise<OpenedEngine>
}

const TOOL: ToolSpec = {
  name: 'read',
  description: 'Reads a file.',
  schema: {type: 'object', properties: {path: {type: 'string'}}, required: ['path']},
}

const GREETING = 'Good morning, Ada. Nothing came in overnight — “all quiet”, 万事如意, and the disk is 41 % full.'

const PATIENT = {timeoutMs: 60_000, deadlineMs: 120_000}
const HASTY = {timeoutMs: 500, deadlineMs: 60_000}

/** The HTTP rows of the route's table: what a status means. */
const ROWS: readonly (readonly [number, StopReason])[] = [
  [400, 'invalid'],
  [401, 'unauthorized'],
  [402, 'spent'],
  [403, 'unauthorized'],
  [404, 'invalid'],
  [413, 'too-long'],
  [429, 'overloaded'],
  [500, 'overloaded'],
  [502, 'overloaded'],
  [503, 'overloaded'],
  [504, 'overloaded'],
  [529, 'overloaded'],
]

/** What every engine promises, whoever is behind it. */
export function describeEngine(harness: EngineHarness): void {
  const {name, can} = harness
  const it = (needs: FarSide['does'], title: string, body: () => Promise<void>): void => {
    if (can.has(needs)) test(`${name} ${title}`, body)
  }

  it('say', 'answers, and streams the text of its answer in order', async () => {
    const opened = await open(harness, [{does: 'say', text: GREETING}])
    const {reply, events} = await ask(opened.engine)
    const answer = answerOf(reply)
    expect(answer).toMatchObject({text: GREETING, calls: [], end: 'done', answered: ['mail', 'disk']})
    const texts = events.flatMap((event) => (event.kind === 'text' ? [event.text] : []))
    expect(texts.join('')).toBe(GREETING)
    if (harness.streams) expect(texts.length).toBeGreaterThan(1)
    expect(opened.lastRead()).toContain('What has come up?')
    expect(opened.lastRead()).toContain('You are Donna.')
  })

  it('say', 'says what it used, or that nobody said', async () => {
    const opened = await open(harness, [
      {does: 'say', text: 'Yes.'},
      {does: 'say', text: 'Yes.', usage: 'absent'},
    ])
    const told = answerOf((await ask(opened.engine)).reply).usage
    expect(told?.input).toBeGreaterThan(0)
    expect(told?.output).toBeGreaterThan(0)
    expect(told?.modelCalls).toBe(1)
    expect(answerOf((await ask(opened.engine)).reply).usage).toBeNull()
  })

  for (const usage of ['negative', 'texts'] as const) {
    it('say', `believes no numbers that can't be (${usage})`, async () => {
      const opened = await open(harness, [{does: 'say', text: 'Yes.', usage}])
      const told = answerOf((await ask(opened.engine)).reply).usage
      expect([told?.input ?? null, told?.output ?? null]).toEqual([null, null])
    })
  }

  it('say', 'tells a refusal and an answer that was cut at its length apart from one that is done', async () => {
    const opened = await open(harness, [
      {does: 'say', text: 'I would rather not.', end: 'refusal'},
      {does: 'say', text: 'It was the best of', end: 'length'},
    ])
    expect(answerOf((await ask(opened.engine)).reply)).toMatchObject({end: 'refusal', answered: []})
    const short = answerOf((await ask(opened.engine)).reply)
    expect(short).toMatchObject({end: 'length', answered: [], text: 'It was the best of'})
  })

  it('end-oddly', 'takes an end that nobody knows for an answer, and says so', async () => {
    const opened = await open(harness, [{does: 'end-oddly', text: 'Well.'}])
    const answer = answerOf((await ask(opened.engine)).reply)
    expect(answer).toMatchObject({text: 'Well.', end: 'unknown', answered: []})
    expect(answer.note).toBeTruthy()
  })

  it('call', 'asks for a tool and reads what came of it', async () => {
    if (!harness.takesTools) return
    const opened = await open(harness, [
      {does: 'call', tool: 'read', input: {path: 'notes/a.md', lines: [1, 2]}},
      {does: 'say', text: 'It says 42.'},
    ])
    const asked = answerOf((await ask(opened.engine)).reply)
    expect(asked).toMatchObject({
      end: 'calls',
      answered: [],
      calls: [{tool: 'read', input: {path: 'notes/a.md', lines: [1, 2]}}],
    })
    const {reply} = await ask(opened.engine, after(opened.engine, asked, 'The answer is 42.'))
    expect(answerOf(reply)).toMatchObject({text: 'It says 42.', end: 'done'})
    expect(opened.lastRead()).toContain('The answer is 42.')
  })

  it('call-badly', 'hands on a call that it cannot read, with the trouble, and goes on after it', async () => {
    if (!harness.takesTools) return
    const opened = await open(harness, [
      {does: 'call-badly', tool: 'read'},
      {does: 'say', text: 'Once more, then.'},
    ])
    const asked = answerOf((await ask(opened.engine)).reply)
    expect(asked.calls).toHaveLength(1)
    expect(asked.calls[0]).toMatchObject({tool: 'read', input: {}})
    expect(asked.calls[0]?.problem).toBeTruthy()
    const {reply} = await ask(opened.engine, after(opened.engine, asked, 'The arguments could not be read.'))
    expect(answerOf(reply).text).toBe('Once more, then.')
  })

  for (const [status, reason] of ROWS) {
    it('fail', `makes of status ${status} that it is ${reason}`, async () => {
      const opened = await open(harness, [{does: 'fail', status}])
      const stopped = stoppedOf((await ask(opened.engine)).reply)
      expect(stopped.reason).toBe(reason)
      expect(stopped.detail).not.toBe('')
      expect(opened.asked()).toBe(1)
    })
  }

  it('fail', 'knows a spent account and a prompt that is too long by what is said of them', async () => {
    const opened = await open(harness, [
      {does: 'fail', status: 429, kind: 'spend-limit'},
      {does: 'fail', status: 400, kind: 'too-long'},
    ])
    expect(stoppedOf((await ask(opened.engine)).reply).reason).toBe('spent')
    expect(stoppedOf((await ask(opened.engine)).reply).reason).toBe('too-long')
  })

  it('fail', 'hands on how long the provider wants to be left alone', async () => {
    const opened = await open(harness, [{does: 'fail', status: 429, retryAfterMs: 7000}])
    const {retryAfterMs} = stoppedOf((await ask(opened.engine)).reply)
    if (retryAfterMs !== undefined) expect(retryAfterMs).toBe(7000)
  })

  it('silence', 'gives up on silence, from the beginning and in the middle, and leaves nothing open', async () => {
    const opened = await open(harness, [{does: 'silence'}, {does: 'silence', after: 'Good'}], HASTY)
    expect(stoppedOf((await ask(opened.engine)).reply)).toMatchObject({reason: 'silent', usage: null})
    await expectNoLeftovers(opened)
    const {reply, events} = await ask(opened.engine)
    expect(stoppedOf(reply).reason).toBe('silent')
    if (harness.streams) expect(events).toEqual([{kind: 'text', text: 'Good'}])
    await expectNoLeftovers(opened)
  })

  it('cut', 'calls what broke off in the middle cut', async () => {
    const opened = await open(harness, [{does: 'cut', after: 'Good morn'}])
    expect(stoppedOf((await ask(opened.engine)).reply).reason).toBe('cut')
    await expectNoLeftovers(opened)
  })

  for (const what of ['html', 'garbage', 'half-json'] as const) {
    it('babble', `calls what is no answer (${what}) cut, and never throws`, async () => {
      const opened = await open(harness, [{does: 'babble', what}])
      const stopped = stoppedOf((await ask(opened.engine)).reply)
      expect(stopped.reason).toBe('cut')
      expect(stopped.detail).not.toBe('')
    })
  }

  for (const after of [undefined, 'Good']) {
    it(
      'silence',
      `ends within a second when told to stop ${after ? 'in the middle' : 'before an answer'}`,
      async () => {
        const opened = await open(harness, [{does: 'silence', ...(after ? {after} : {})}])
        const controller = new AbortController()
        let toldAt = 0
        setTimeout(() => {
          toldAt = Date.now()
          controller.abort()
        }, 150)
        const {reply} = await ask(opened.engine, {}, controller.signal)
        expectSoon(Date.now() - toldAt, 1000)
        expect(stoppedOf(reply).reason).toBe('interrupted')
        await expectNoLeftovers(opened)
      },
    )
  }

  it('say', 'asks nobody when it was told to stop before it began', async () => {
    const opened = await open(harness, [{does: 'say', text: 'Too late.'}])
    const {reply} = await ask(opened.engine, {}, AbortSignal.abort())
    expect(stoppedOf(reply).reason).toBe('interrupted')
    expect(opened.asked()).toBe(0)
  })
}

async function open(harness: EngineHarness, script: readonly FarSide[], patience = PATIENT): Promise<OpenedEngine> {
  const opened = await harness.open(script, patience)
  onTestFinished(() => opened.close())
  return opened
}

async function ask(
  engine: Engine,
  changes: Partial<Prompt> = {},
  signal = new AbortController().signal,
): Promise<{reply: Reply; events: EngineEvent[]}> {
  const events: EngineEvent[] = []
  const reply = await engine.reply(requestOf(promptOf(changes)), {signal, onEvent: (event) => events.push(event)})
  return {reply, events}
}

/** The prompt of these tests, with some of it changed. */
export function promptOf(changes: Partial<Prompt> = {}): Prompt {
  return {
    tools: [TOOL],
    prefix: 'You are Donna.',
    steps: [{kind: 'prompt', text: 'What has come up?'}],
    maxOutput: 1000,
    keep: {prefix: null, steps: null},
    ...changes,
  }
}

export function requestOf(prompt: Prompt): EngineRequest {
  return {
    agent: 'donna',
    turn: 't_01J00000000000000000000000',
    reportsTo: 'jarvis',
    news: [],
    questions: [
      {check: 'mail', title: 'Mail', prose: 'Is anything urgent?'},
      {check: 'disk', title: 'Disk', prose: 'Will it last the week?'},
    ],
    prompt: async () => prompt,
    workFolder: async () => process.cwd(),
    limitUsd: null,
    session: null,
  }
}

function after(engine: Engine, {text, calls, native}: Answer, result: string): Partial<Prompt> {
  const step = {
    kind: 'answer',
    text,
    calls,
    ...(native === undefined ? {} : {native: {engine: engine.name, content: native}}),
  } as const
  const results = calls.map(({id, tool}) => ({id, tool, text: result, isError: false}))
  return {steps: [{kind: 'prompt', text: 'What has come up?'}, step, {kind: 'results', results}]}
}

function answerOf(reply: Reply): Answer {
  if (reply.kind === 'stopped') throw new Error(`stopped, ${reply.reason}: ${reply.detail}`)
  return reply
}

function stoppedOf(reply: Reply): Stopped {
  if (reply.kind === 'answer') throw new Error(`answered: ${reply.text}`)
  return reply
}

/** What is left may take a moment to be gone: as long as a busy machine needs to end it. */
async function expectNoLeftovers({leftovers}: OpenedEngine): Promise<void> {
  await expect.poll(leftovers, {interval: 20}).toBe(0)
}
