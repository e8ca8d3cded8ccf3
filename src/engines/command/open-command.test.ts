import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test, vi} from 'vitest'
import {openFakeClis} from '../../../testing/fake-clis/fake-cli.js'
import {isSoonGone} from '../../../testing/is-gone.js'
import {tempFolder} from '../../../testing/temp-folder.js'
import type {EngineEvent, EngineModel, EngineRequest, Step} from '../engine.js'
import {type CommandOptions, openCommand} from './open-command.js'

const facts: EngineModel = {
  window: 200_000,
  maxOutput: 32_000,
  prices: null,
  billing: 'metered',
  minCacheTokens: null,
  identity: 'claude-1',
}
const PREFIX = 'You are donna, and the codeword is heron.'
const ASKED: Step = {kind: 'prompt', text: 'What is open?'}

function scene(run = 'claude', options: Partial<CommandOptions> = {}) {
  const clis = openFakeClis()
  const work = tempFolder()
  const env = {...clis.env, ANTHROPIC_API_KEY: 'sk-ours', AWS_SECRET: 'no'}
  const common = {name: 'code', model: null, facts, timeoutMs: 60_000, deadlineMs: 120_000, env}
  const engine = openCommand({run: [run], ...common, ...options})
  const events: EngineEvent[] = []
  const reply = (
    more: Partial<EngineRequest> & {steps?: readonly Step[]} = {},
    signal = new AbortController().signal,
  ) => {
    const {steps = [ASKED], ...rest} = more
    const prompt = {tools: [], prefix: PREFIX, steps, maxOutput: 1000, keep: {prefix: null, steps: null}}
    const request: EngineRequest = {
      agent: 'donna',
      turn: 't_1',
      reportsTo: null,
      news: [],
      questions: [{check: 'brief', title: 'Brief', prose: 'What is open?'}],
      prompt: async () => prompt,
      workFolder: async () => work,
      limitUsd: null,
      session: null,
      ...rest,
    }
    return engine.reply(request, {signal, onEvent: (event) => events.push(event)})
  }
  return {
    ...clis,
    work,
    reply,
    events,
    text: () => events.map((event) => (event.kind === 'text' ? event.text : '')).join(''),
  }
}

describe('what all three do alike', () => {
  test.each(['claude', 'codex', 'gemini'])(
    '%s answers, edits the folder it is given and tells of its tools',
    async (name) => {
      const its = {
        claude: {name: 'Edit', input: {file_path: 'notes.md'}},
        codex: {type: 'file_change', changes: [{path: 'notes.md', kind: 'add'}]},
        gemini: {tool_name: 'write_file', parameters: {path: 'notes.md'}},
      }[name]
      const {play, reply, work, events, text} = scene(name)
      play({steps: [{write: {path: 'notes.md', content: 'hello'}, tool: its}, {text: 'Two things are open.'}]})
      expect(await reply()).toMatchObject({
        kind: 'answer',
        text: 'Two things are open.',
        calls: [],
        end: 'done',
        answered: ['brief'],
        session: expect.stringMatching(/^[\w-]{36}/),
      })
      expect(readFileSync(join(work, 'notes.md'), 'utf8')).toBe('hello')
      expect(events.filter(({kind}) => kind === 'own-tool')).toMatchObject([{detail: 'notes.md'}])
      expect(text().trim()).toBe('Two things are open.')
    },
  )

  test.each(['claude', 'codex', 'gemini'])('%s is told the prompt where no other process can read it', async (name) => {
    const {reply, calls, work} = scene(name, {key: 'sk-engine', extraEnv: {MCOS_AGENT: 'donna', MCOS_TOKEN: 'token'}})
    await reply()
    const [call] = calls()
    expect(call?.cwd).toBe(work)
    expect(call?.argv.join(' ')).not.toMatch(/heron|open\?/)
    expect(call?.stdin).toContain('What is open?')
    expect(call?.env).toMatchObject({MCOS_AGENT: 'donna', MCOS_TOKEN: 'token'})
    expect(JSON.stringify(call?.env)).not.toMatch(/sk-ours|AWS_SECRET/)
    expect(Object.values(call?.env ?? {})).toContain('sk-engine')
  })

  test.each(['claude', 'codex', 'gemini'])(
    '%s goes on with a conversation, and is told only what is new',
    async (name) => {
      const {reply, calls} = scene(name)
      const first = await reply()
      const session = first.kind === 'answer' ? first.session : undefined
      const steps: Step[] = [ASKED, {kind: 'answer', text: 'Two.', calls: []}, {kind: 'prompt', text: 'Which?'}]
      expect(await reply({session: session ?? null, steps})).toMatchObject({kind: 'answer', session})
      expect(calls()[1]?.argv).toContain(session?.slice(0, 36))
      expect(calls()[1]?.stdin).toBe('Which?\n')
    },
  )

  test.each(['claude', 'codex', 'gemini'])('%s that has forgotten the conversation is told all of it', async (name) => {
    const {reply, calls} = scene(name)
    const steps: Step[] = [ASKED, {kind: 'answer', text: 'Two.', calls: []}, {kind: 'prompt', text: 'Which?'}]
    const session = '8edbfa24-0a58-45b1-b5e9-c0ab4186640f'
    expect(await reply({session, steps})).toMatchObject({
      kind: 'answer',
      note: expect.stringContaining('no longer knew the conversation'),
    })
    expect(calls().map(({stdin}) => stdin.includes('What is open?'))).toEqual([false, true])
  })

  test.each(['claude', 'codex', 'gemini'])('%s says in its note what could not be bounded', async (name) => {
    expect(await scene(name).reply()).toMatchObject({note: expect.stringMatching(/^(?:bounded|\w+ has no limit)/)})
  })

  test.each(['claude', 'codex', 'gemini'])(
    '%s that is not installed is told by name, with what installs it',
    async (name) => {
      const {reply} = scene(name, {env: {PATH: tempFolder()}})
      const stopped = {kind: 'stopped', reason: 'unreachable', usage: {input: 0, costUsd: 0, modelCalls: 0}}
      expect(await reply()).toMatchObject({
        ...stopped,
        detail: expect.stringMatching(`^${name} is not installed.*npm install`),
      })
    },
  )

  test.each(['claude', 'codex', 'gemini'])(
    'lines of 10 MB, bytes that are no UTF-8 and no newline at the end are survived by %s',
    async (name) => {
      const {play, reply} = scene(name)
      const steps = [{bytes: Buffer.from([0x22, 0xff, 0xfe, 0x0a]).toString('base64')}, {text: 'long', pad: 10_000_000}]
      play({steps})
      const answer = await reply()
      expect(answer).toMatchObject({kind: 'answer', end: 'done'})
      expect(answer.kind === 'answer' && answer.text.length).toBe(10_000_004)
    },
  )

  test.each(['claude', 'codex', 'gemini'])('events and lines that nobody knows are passed over by %s', async (name) => {
    const {play, reply} = scene(name)
    const lines = [
      {type: 'brand_new', x: {y: [1]}},
      {type: 'assistant', message: 7},
      {type: 'item.completed', item: null},
      {},
    ]
    play({steps: [...lines.map((line) => ({line})), {garbage: 'a banner\n[1,2]\nnull\n"x"\n'}, {text: 'Fine.'}]})
    expect(await reply()).toMatchObject({kind: 'answer', text: 'Fine.'})
  })
})

describe('what goes wrong', () => {
  test.each(['claude', 'codex', 'gemini'])(
    '%s that dies in the middle of a line is cut, at an unknown cost',
    async (name) => {
      const {play, reply} = scene(name)
      play({steps: [{text: 'I beg'}, {die: 'mid-line'}]})
      expect(await reply()).toMatchObject({kind: 'stopped', reason: 'cut', usage: null})
      play({steps: [{die: 'signal'}]})
      expect(await reply()).toMatchObject({kind: 'stopped', reason: 'cut', detail: expect.stringContaining('SIGKILL')})
    },
  )

  test('garbage, a page of HTML and nothing at all are cut', async () => {
    const {play, reply} = scene()
    play({steps: [{garbage: '<html>Bad gateway</html>\n'}, {die: 'exit', code: 0}]}, {steps: [{die: 'exit', code: 0}]})
    expect(await reply()).toMatchObject({
      kind: 'stopped',
      reason: 'cut',
      detail: expect.stringContaining('Bad gateway'),
    })
    expect(await reply()).toMatchObject({kind: 'stopped', reason: 'cut'})
  })

  test.each([
    ['silence', 'timeoutMs', 400],
    ['the deadline', 'deadlineMs', 500],
  ] as const)('at %s it is killed with all it started', async (_, limit, ms) => {
    let pid = ''
    // A busy machine takes longer to start it at all.
    for (let factor = 1; pid === '' && factor < 64; factor *= 2) {
      const {play, reply, home} = scene('claude', {[limit]: ms * factor})
      const pidFile = join(home, 'pid')
      play({
        steps: [
          {leave: pidFile, isDeaf: true},
          {hang: true, isDeaf: true},
        ],
      })
      expect(await reply()).toMatchObject({kind: 'stopped', reason: 'silent', usage: null})
      if (existsSync(pidFile)) pid = readFileSync(pidFile, 'utf8')
    }
    expect(await isSoonGone(Number(pid))).toBe(true)
  })

  test('interrupted it is killed with all it started, and not begun when that was before', async () => {
    const {play, reply, home, calls} = scene()
    const pidFile = join(home, 'pid')
    play({steps: [{leave: pidFile}, {hang: true}]})
    const stop = new AbortController()
    const ended = reply({}, stop.signal)
    await vi.waitUntil(() => existsSync(pidFile) && readFileSync(pidFile, 'utf8') !== '', {timeout: 60_000})
    stop.abort()
    expect(await ended).toMatchObject({kind: 'stopped', reason: 'interrupted', usage: null})
    expect(await isSoonGone(Number(readFileSync(pidFile, 'utf8')))).toBe(true)
    expect(await reply({}, stop.signal)).toMatchObject({reason: 'interrupted', usage: {input: 0}})
    expect(calls()).toHaveLength(1)
  })

  test('what it leaves behind when it ends by itself is ended too', async () => {
    const {play, reply, home} = scene()
    const pidFile = join(home, 'pid')
    play({steps: [{leave: pidFile}, {text: 'Done.'}]})
    expect(await reply()).toMatchObject({kind: 'answer', text: 'Done.'})
    expect(await isSoonGone(Number(readFileSync(pidFile, 'utf8')))).toBe(true)
  })

  test('one that only tells of waiting for its provider is silent', async () => {
    const waiting = Array.from({length: 10}, () => ({sleepMs: 200, waits: 1}))
    const {play, reply} = scene('codex', {timeoutMs: 900})
    play({steps: [...waiting, {text: 'late'}]})
    expect(await reply()).toMatchObject({kind: 'stopped', reason: 'silent'})
  })

  test('the key and the token that it was handed come back in no word of it that is kept', async () => {
    const {play, reply, events} = scene('claude', {
      key: 'sk-secret-key',
      extraEnv: {MCOS_AGENT: 'donna', MCOS_TOKEN: 'sha256-token-of-donna'},
    })
    const tool = {name: 'Bash', input: {command: 'echo sha256-token-of-donna'}}
    play({steps: [{tool}, {text: 'It is sha256-token-of-donna and sk-secret-key.'}]})
    expect(await reply()).toMatchObject({text: 'It is … and ….'})
    const kept = events.filter(({kind}) => kind !== 'text')
    expect(kept).toEqual([{kind: 'own-tool', tool: 'Bash', detail: 'echo …'}])
  })

  test('a key that comes back in an error is not passed on', async () => {
    const {play, reply} = scene('claude', {key: 'sk-secret-key'})
    play({steps: [{error: 'authentication_failed', message: 'the key sk-secret-key is wrong'}]})
    expect(await reply()).toMatchObject({reason: 'unauthorized', detail: 'claude: the key … is wrong'})
  })

  test('an option that an older version does not know is told as what it is', async () => {
    const {reply} = scene('claude', {run: ['claude', '--brand-new']})
    expect(await reply()).toMatchObject({
      reason: 'invalid',
      detail: expect.stringContaining("unknown option '--brand-new'"),
    })
  })
})

describe('claude', () => {
  test.each([
    ['authentication_failed', 'unauthorized'],
    ['billing_error', 'spent'],
    ['rate_limit', 'overloaded'],
    ['overloaded', 'overloaded'],
    ['server_error', 'overloaded'],
    ['unreachable', 'unreachable'],
    ['invalid_request', 'invalid'],
    ['model_not_found', 'invalid'],
    ['too_long', 'too-long'],
    ['unknown', 'cut'],
  ])('%s is %s', async (error, reason) => {
    const {play, reply} = scene()
    play({steps: [{error}]})
    expect(await reply()).toMatchObject({kind: 'stopped', reason, usage: {input: 0, costUsd: 0, modelCalls: 0}})
  })

  test('an answer longer than it may be is an answer cut at its length', async () => {
    const {play, reply} = scene()
    play({steps: [{text: 'So far.'}, {error: 'max_output_tokens'}]})
    expect(await reply()).toMatchObject({kind: 'answer', end: 'length', text: 'So far.', answered: []})
  })

  test.each([
    [{subtype: 'error_max_turns', is_error: true, result: undefined}, 'length', 'stopped at its turns'],
    [{subtype: 'error_max_budget_usd', is_error: true, result: undefined}, 'length', 'stopped at its dollars'],
    [{stop_reason: 'refusal', is_error: true, result: 'No.'}, 'refusal', ''],
    [{stop_reason: 'brand_new'}, 'unknown', 'it stopped for "brand_new"'],
  ])('%j ends with %s', async (ends, end, note) => {
    const {play, reply} = scene()
    play({steps: [{text: 'So far.'}, {ends}]})
    expect(await reply()).toMatchObject({kind: 'answer', end, answered: [], note: expect.stringContaining(note)})
  })

  test('what it was not permitted, and what waits for a yes, stand in the note', async () => {
    const {play, reply} = scene()
    play({steps: [{text: 'x'}, {deny: 'Bash'}, {defer: {name: 'Bash', input: {command: 'git push'}}}]})
    expect(await reply()).toMatchObject({
      end: 'unknown',
      answered: [],
      note: expect.stringMatching(/not permitted: Bash; it waits for a yes to Bash git push$/),
    })
  })

  test('a limit that ends at an hour is a minimum to wait', async () => {
    const {play, reply} = scene('claude', {now: () => 1_000_000_000_000})
    play({steps: [{resetsAt: 1_000_000_060}, {error: 'rate_limit'}]})
    expect(await reply()).toMatchObject({reason: 'overloaded', retryAfterMs: 60_000})
  })

  test('its usage and cost are taken over, its helpers included', async () => {
    const {play, reply} = scene()
    const helper = {inputTokens: 5, outputTokens: 90, cacheReadInputTokens: 3, cacheCreationInputTokens: 8}
    const main = {inputTokens: 10, outputTokens: 20, cacheReadInputTokens: 30, cacheCreationInputTokens: 40}
    const usage = {input_tokens: 10, output_tokens: 20, cache_read_input_tokens: 30, cache_creation_input_tokens: 40}
    play({steps: [{text: 'x'}, {text: 'y'}], usage, hour: 7, costUsd: 0.25, modelUsage: {a: main, b: helper}})
    expect(await reply()).toMatchObject({
      usage: {input: 15, output: 110, cacheRead: 33, cacheWrite: 48, cacheWriteHour: 7, costUsd: 0.25, modelCalls: 2},
    })
  })

  test('a usage that can not be true is not known', async () => {
    const {play, reply} = scene()
    play({steps: [{text: 'x'}, {ends: {usage: {input_tokens: -1, output_tokens: 'many'}, total_cost_usd: null}}]})
    expect(await reply()).toMatchObject({usage: {input: null, output: null, costUsd: null}})
    play({steps: [{text: 'x'}, {ends: {usage: null, modelUsage: null}}]})
    expect(await reply()).toMatchObject({usage: null})
  })

  test('is bounded by its own flags, asks for nothing twice, and gets the prefix as a file that is gone afterwards', async () => {
    const run = ['claude', '--model', 'opus', '--permission-mode', 'plan']
    const {reply, calls} = scene('claude', {run, model: 'sonnet', maxTurns: 7})
    await reply({limitUsd: 0.5})
    const argv = calls()[0]?.argv ?? []
    expect(argv.join(' ')).toMatch(/--max-turns 7 --max-budget-usd 0.5 --setting-sources user --strict-mcp-config/)
    expect(argv.filter((word) => word === '--model' || word === '--permission-mode')).toHaveLength(2)
    const file = argv[argv.indexOf('--append-system-prompt-file') + 1] ?? ''
    expect(() => readFileSync(file)).toThrow('ENOENT')
  })

  test('a conversation whose name could be a flag is not gone on with', async () => {
    const {reply, calls} = scene()
    await reply({session: '--dangerously-skip-permissions'})
    expect(calls()[0]?.argv.join(' ')).not.toContain('dangerously')
  })
})

describe('codex', () => {
  test.each([
    ['unexpected status 401 Unauthorized: Incorrect API key provided', 'unauthorized'],
    ['You exceeded your current quota, please check your plan and billing details', 'spent'],
    ['exceeded retry limit, last status: 429 Too Many Requests', 'overloaded'],
    ["You've hit your usage limit. Try again in 3 hours.", 'overloaded'],
    ['unexpected status 503 Service Unavailable: overloaded', 'overloaded'],
    ['The model `x` does not exist', 'invalid'],
    ["Codex ran out of room in the model's context window.", 'too-long'],
    ['stream disconnected: failed to lookup address information: Name does not resolve', 'unreachable'],
    ['stream disconnected before completion', 'cut'],
  ])('%s is %s', async (error, reason) => {
    const {play, reply} = scene('codex')
    play({steps: [{waits: 2, error}]})
    expect(await reply()).toMatchObject({kind: 'stopped', reason, detail: `codex: ${error}`})
  })

  test('what was cached is taken out of its input', async () => {
    const {play, reply} = scene('codex')
    const usage = {input_tokens: 100, cached_input_tokens: 40, cache_write_input_tokens: 10, output_tokens: 9}
    play({steps: [{tool: {type: 'command_execution', command: 'ls'}}, {text: 'x'}], usage})
    expect(await reply()).toMatchObject({
      usage: {input: 50, output: 9, cacheRead: 40, cacheWrite: 10, costUsd: null, modelCalls: 2},
    })
  })

  test('that counts from the beginning of a conversation is counted from where it was gone on with', async () => {
    const {play, reply} = scene('codex')
    const usage = {input_tokens: 100, cached_input_tokens: 40, cache_write_input_tokens: 10, output_tokens: 9}
    play({steps: [{text: 'x'}], usage}, {steps: [{text: 'y'}], usage})
    const first = await reply()
    const session = (first.kind === 'answer' && first.session) || null
    const counted = {usage: {input: 50, output: 9, cacheRead: 40, cacheWrite: 10}}
    expect(first).toMatchObject(counted)
    expect(await reply({session})).toMatchObject(counted)
  })

  test('may write in its folder and nowhere else', async () => {
    const {reply, calls} = scene('codex', {model: 'gpt-6', baseUrl: 'http://127.0.0.1:1/v1'})
    await reply()
    expect(calls()[0]?.argv.join(' ')).toBe(
      'exec --json --sandbox workspace-write --skip-git-repo-check --model gpt-6 -c openai_base_url="http://127.0.0.1:1/v1" -',
    )
  })
})

describe('gemini', () => {
  test.each([
    [
      {error: 'Error', message: 'Invalid auth method selected.', code: 41},
      {kind: 'stopped', reason: 'unauthorized'},
    ],
    [
      {error: 'InputError', message: 'the arguments are wrong', code: 42},
      {kind: 'stopped', reason: 'invalid'},
    ],
    [
      {error: 'ApiError', message: 'RESOURCE_EXHAUSTED: slow down'},
      {kind: 'stopped', reason: 'overloaded'},
    ],
    [
      {error: 'TurnLimit', message: 'Reached max session turns', code: 53},
      {kind: 'answer', end: 'length', answered: []},
    ],
  ])('%j is %j', async (step, expected) => {
    const {play, reply} = scene('gemini')
    play({steps: [step]})
    expect(await reply()).toMatchObject(expected)
  })

  test.each([['stream-json'], ['json']])('usage is read from %s', async (format) => {
    const {play, reply} = scene('gemini', {run: ['gemini', '--output-format', format]})
    play({steps: [{text: 'Hello'}], usage: {input: 100, cached: 40, output: 5, thoughts: 3}})
    expect(await reply()).toMatchObject({
      kind: 'answer',
      text: 'Hello',
      usage: {input: 60, output: 8, cacheRead: 40, costUsd: null},
    })
  })

  test('is not told to trust a folder that brings settings of its own', async () => {
    const {reply, calls, work} = scene('gemini')
    await reply()
    mkdirSync(join(work, '.gemini'))
    writeFileSync(join(work, '.gemini/settings.json'), '{}')
    await reply()
    expect(calls().map(({env}) => env['GEMINI_CLI_TRUST_WORKSPACE'])).toEqual(['true', undefined])
  })
})

test('a program is known by its name, wherever it lies, or by what mcos.yaml says of it', async () => {
  const options = {name: 'code', model: null, facts, timeoutMs: 1, deadlineMs: 1, env: {}}
  for (const run of [['/opt/bin/claude'], ['npx', 'codex'], ['node', '/x/gemini.js']]) {
    expect(() => openCommand({...options, run})).not.toThrow()
  }
  expect(() => openCommand({...options, run: ['my-agent']})).toThrow('nobody says whose stream')
  expect(() => openCommand({...options, run: ['my-agent'], speaks: 'claude'})).not.toThrow()
})
