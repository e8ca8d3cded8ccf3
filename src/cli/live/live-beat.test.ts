import {describe, expect, test, vi} from 'vitest'
import type {BeatEvent} from '../../heartbeat/events.js'
import type {AgentReport} from '../../heartbeat/report.js'
import type {Letters} from '../../kit/plain-letters.js'
import type {TurnEvent} from '../../turn/events.js'
import {openLiveBeat} from './live-beat.js'

const TOKENS = {input: 0, output: 0, cache_read: 0, cache_write: 0}

function reportOf(agent: string, more: Partial<AgentReport> = {}): AgentReport {
  return {
    agent,
    state: 'idle',
    reason: 'no news',
    turn: 't_1',
    commit: null,
    engine: null,
    model_calls: 0,
    tokens: TOKENS,
    cost_usd: 0,
    ms: 1,
    checks: [],
    alerts: [],
    messages: [],
    error: null,
    ...more,
  }
}

const probe = (agent: string, more: Partial<Extract<BeatEvent, {kind: 'probe'}>> = {}): BeatEvent => ({
  kind: 'probe',
  agent,
  check: 'site',
  title: 'Site',
  word: 'http',
  probe: 'http https://example.com',
  status: 'same',
  news: false,
  detail: '200 OK',
  ms: 12,
  isAgain: false,
  ...more,
})

const turn = (agent: string, event: TurnEvent): BeatEvent => ({kind: 'turn', agent, event})
const request: TurnEvent = {
  kind: 'request',
  engine: 'claude',
  prompt: {tools: [], prefix: '', steps: [], maxOutput: 1, keep: {prefix: null, steps: null}},
  tokens: 1,
  window: 10,
}
const answer = (text: string): TurnEvent => ({
  kind: 'reply',
  engine: 'claude',
  answer: {kind: 'answer', text, calls: [], end: 'done', answered: [], usage: null},
  usage: {input: 1, output: 1, cacheRead: 0, cacheWrite: 0, costUsd: 0, modelCalls: 1},
  estimated: 1,
})

/** What two terminals would have been sent; both are the same one, or only stderr is one. */
function open({
  term = 'xterm',
  isPiped = false,
  columns = 60,
  letters = 'all',
}: {
  term?: string
  isPiped?: boolean
  columns?: number
  letters?: Letters
} = {}) {
  const sent = {all: '', piped: ''}
  const streamTo =
    (name: 'all' | 'piped') =>
    (text: string): void => {
      sent[name] += text
    }
  const terminal = {isTTY: true, columns, write: streamTo('all')}
  const pipe = {isTTY: false, write: streamTo('piped')}
  const live = openLiveBeat({out: isPiped ? pipe : terminal, err: terminal, term, letters})
  const tell = (...events: readonly BeatEvent[]): void => {
    for (const event of events) live.listen(event)
  }
  return {sent, live, tell}
}

function close({live}: ReturnType<typeof open>, agents: readonly AgentReport[]): void {
  live.close({report: {fleet: 'northwind', host: 'here', at: '2026-11-21T08:30:00.000Z', agents}})
}

describe('a heartbeat that is watched', () => {
  test('of one agent: probes with a sign and a word, the answer as it streams, three lines at the end', () => {
    const beat = open({columns: 100})
    const worked = reportOf('donna', {
      state: 'worked',
      commit: 'abcdef0123456789',
      engine: 'claude',
      model_calls: 1,
      tokens: {...TOKENS, input: 100, output: 20},
      cost_usd: 0.0042,
      checks: [
        {
          id: 'day',
          title: 'Day',
          line: 3,
          kind: 'check',
          cadence: 'daily',
          cadence_line: 3,
          due: true,
          next_due: '2026-11-22T00:00:00.000Z',
          status: 'asked',
          news: false,
          detail: '',
          ms: 0,
        },
      ],
    })
    beat.tell(
      {kind: 'agents', agents: ['donna']},
      {kind: 'look', agent: 'donna'},
      probe('donna'),
      probe('donna', {status: 'changed', news: true, detail: '301\u001b]0;x\u0007 moved'}),
      probe('donna', {status: 'alert', news: true, detail: '500', ms: 2300}),
      probe('donna', {status: 'failed', detail: 'no answer'}),
      turn('donna', request),
      turn('donna', {kind: 'text', text: 'I look '}),
      turn('donna', {kind: 'text', text: 'into it.'}),
      turn('donna', answer('I look into it.')),
      turn('donna', {kind: 'call', call: {id: '1', tool: 'run', input: {command: 'rm -rf /'}}}),
      turn('donna', {kind: 'verdict', id: '1', rule: 'guardrail 003'}),
      turn('donna', {
        kind: 'result',
        result: {id: '1', tool: 'run', text: 'never', isError: true},
        effect: 'deny',
        ms: 1,
      }),
      {kind: 'ended', report: worked},
    )
    close(beat, [worked])
    expect(beat.sent.all).toMatchInlineSnapshot(`
      "donna
        ✓ same Site · http https://example.com: 200 OK
        • news Site · http https://example.com: 301 moved
        ! alert Site · http https://example.com: 500 (2.3 s)
        ! still failed Site · http https://example.com: no answer
      I look into it.
        run rm -rf /: refused (guardrail 003), never
      donna  worked abcdef0123
        • asked Day
      done: donna worked, abcdef0123; mcos show t_1
      cost: 100 tokens in, 20 out, $0.0042; 1 request, claude
      next: donna, Day, in 16 h (2026-11-22 00:00 UTC)
      "
    `)
  })

  test('of something down: first sight, what was tried, and how it is then', () => {
    const beat = open({columns: 100})
    const down = {status: 'alert', news: true, detail: '503'} as const
    const recovery = {kind: 'recovery', agent: 'gene', title: 'Site'} as const
    beat.tell(
      {kind: 'agents', agents: ['gene']},
      {kind: 'look', agent: 'gene'},
      probe('gene', down),
      {...recovery, isDone: true, detail: '`touch restart` done: it ended well and said nothing'},
      probe('gene', {...down, isAgain: true}),
      {...recovery, isDone: false, detail: '`reboot` is not trusted on this machine: mcos trust gene'},
      probe('gene', {isAgain: true}),
      probe('gene', {status: 'failed', news: true, detail: 'no answer', isAgain: true}),
    )
    beat.live.abandon()
    expect(beat.sent.all).toMatchInlineSnapshot(`
      "gene
        ! alert Site · http https://example.com: 503
        • recovery Site · \`touch restart\` done: it ended well and said nothing
        ! still down Site · http https://example.com: asked again, 503
        ! recovery Site · \`reboot\` is not trusted on this machine: mcos trust gene
        ✓ back Site · http https://example.com: asked again, 200 OK
        ! failed Site · http https://example.com: asked again, no answer
      "
    `)
  })

  test('of several: names in front, and of an answer only the first lines while others are at it', () => {
    const beat = open({columns: 40})
    beat.tell(
      {kind: 'agents', agents: ['donna', 'flow']},
      {kind: 'look', agent: 'donna'},
      {kind: 'look', agent: 'flow'},
      probe('flow'),
      turn('donna', request),
      turn('donna', {kind: 'text', text: 'one\ntwo\nthree, which is a long line for this terminal\nfour\nfive'}),
      turn('donna', answer('whatever')),
      {kind: 'ended', report: reportOf('flow', {state: 'skipped', reason: 'busy'})},
      turn('donna', {kind: 'text', text: 'alone now\n2\n3\n4\n5'}),
      turn('donna', answer('whatever')),
    )
    beat.live.abandon()
    expect(beat.sent.all).toMatchInlineSnapshot(`
      "flow   ✓ same Site · http https://example.com: 200 OK
      donna  │ one
      donna  │ two
      donna  │ three, which is a long line fo…
      donna  │ … 2 more lines
      flow   skipped: another process works for it
      donna  │ alone now
      donna  │ 2
      donna  │ 3
      donna  │ 4
      donna  │ 5
      "
    `)
  })

  test('of many: only what is news or failed, and one trouble of all of them once', () => {
    const names = Array.from({length: 20}, (_, index) => `agent-${index}`)
    const error = {code: 'GIT_BUSY', message: 'a merge is under way', suggestions: ['git merge --abort']}
    const reports = names.map((name, index) =>
      index < 3 ? reportOf(name, {state: 'failed', error}) : reportOf(name, {state: index === 3 ? 'skipped' : 'idle'}),
    )
    const beat = open()
    beat.tell(
      {kind: 'agents', agents: names},
      ...names.map((name) => probe(name)),
      probe('agent-7', {news: true, status: 'changed'}),
    )
    beat.tell(...reports.slice(4).map((report): BeatEvent => ({kind: 'ended', report})))
    close(beat, reports)
    expect(beat.sent.all).toMatchInlineSnapshot(`
      "agent-7   • news Site · http https://example.com: 200 OK
      agent-0   ! failed: a merge is under way
      agent-0     git merge --abort
      done: 3 failed (agent-0, agent-1, agent-2), 1 skipped (agent-3), 16 idle
      cost: nothing, no model was asked
      next: nothing; no HEARTBEAT.md asks for anything
      "
    `)
  })

  test('draws signs that a terminal without them can show, and leaves letters that somebody wrote', () => {
    const beat = open({letters: 'ascii'})
    beat.tell(
      {kind: 'agents', agents: ['donna', 'flow']},
      probe('donna', {detail: 'größer → 日本'}),
      probe('flow', {status: 'changed', news: true}),
    )
    beat.live.abandon()
    expect(beat.sent.all).toBe(
      [
        'donna  v same Site . http https://example.com: größer > 日本',
        'flow   * news Site . http https://example.com: 200 OK',
        '',
      ].join('\n'),
    )
  })

  test('leaves stdout alone where that is a pipe', () => {
    const beat = open({isPiped: true})
    beat.tell({kind: 'agents', agents: ['donna']}, {kind: 'look', agent: 'donna'}, probe('donna'))
    close(beat, [reportOf('donna')])
    expect(beat.sent.piped).toBe('')
    expect(beat.sent.all).toContain('✓ same Site')
    expect(beat.sent.all).toContain('cost: nothing')
  })
})

describe('what lasts over a second', () => {
  test.each([
    ['xterm', '\r\u001b[K'],
    ['dumb', ''],
  ])('stands in one line that is rewritten and goes again, on a terminal of the kind %s', (term, clears) => {
    vi.useFakeTimers()
    try {
      const beat = open({term, columns: 30})
      beat.tell(
        {kind: 'agents', agents: ['donna']},
        {kind: 'begun', agent: 'donna', what: 'http https://例え.example/a'},
      )
      vi.advanceTimersByTime(900)
      expect(beat.sent.all).toBe('')
      vi.advanceTimersByTime(1500)
      beat.tell({kind: 'over', agent: 'donna', what: 'http https://例え.example/a'}, probe('donna'))
      vi.advanceTimersByTime(5000)
      beat.live.abandon()
      const line = 'donna: http https://例え.exa…'
      const progress = clears === '' ? '' : `${line}${clears}`
      expect(beat.sent.all).toBe(`${progress}  ✓ same Site · http https://example.com: 200 OK\n`)
    } finally {
      vi.useRealTimers()
    }
  })

  test('tells how long, and never within a line that streams', () => {
    vi.useFakeTimers()
    try {
      const beat = open()
      beat.tell({kind: 'agents', agents: ['donna', 'flow']}, turn('donna', request))
      vi.advanceTimersByTime(3100)
      expect(beat.sent.all).toBe(
        ['1', '2', '3'].map((s) => `0 of 2 · donna: asking claude … ${s} s`).join('\r\u001b[K'),
      )
      beat.live.abandon()
      const alone = open()
      alone.tell(
        {kind: 'agents', agents: ['donna']},
        turn('donna', request),
        turn('donna', {kind: 'text', text: 'I look'}),
      )
      vi.advanceTimersByTime(3100)
      expect(alone.sent.all).toBe('I look')
      alone.live.abandon()
    } finally {
      vi.useRealTimers()
    }
  })
})
