import fc from 'fast-check'
import {renderToString} from 'ink'
import {describe, expect, test} from 'vitest'
import type {AgentReading} from '../../app/status/agent-status.js'
import {totalsOf} from '../../app/status/report.js'
import type {StatusSnapshot} from '../../app/status/snapshot.js'
import {widthOf} from '../../kit/width.js'
import {presentDetail} from '../../present/status-detail.js'
import type {KeyFacts} from './binding.js'
import {wrapDetail} from './detail-pane.js'
import {planLayout} from './layout.js'
import {StatusView, type StatusViewProps} from './status-view.js'
import {FIRST_VIEW} from './view.js'

const AT = Date.parse('2026-11-21T12:03:20Z')

type Wish = Partial<Omit<AgentReading['status'], 'agent'>> & {readonly tokenBudget?: number}

function readingOf(agent: string, {tokenBudget, ...wish}: Wish = {}): AgentReading {
  const status = {
    agent,
    role: null,
    state: 'idle' as const,
    stopped: false,
    parked: null,
    elsewhere: null,
    warm: 'on-demand',
    last_beat: '2026-11-21T11:58:00.000Z',
    next_due: '2026-11-21T12:30:00.000Z',
    context_used: null,
    window: 200_000,
    tokens_today: 0,
    cost_today: 0,
    budget_left: null,
    inbox: 0,
    tasks_open: 0,
    alerts_open: 0,
    approvals_waiting: 0,
    last_commit: null,
    last_line: null,
    error: null,
    ...wish,
  }
  const usd = status.budget_left === null ? null : status.budget_left + status.cost_today
  const life = {
    isParked: false,
    isElsewhere: false,
    policy: 'on-demand' as const,
    lock: null,
    lastBeat: AT,
    nextDue: null,
  }
  return {status, life: {...life, longestTurnMs: 0}, budget: {usd, tokens: tokenBudget ?? null}}
}

const READINGS = [
  readingOf('atlas', {state: 'busy', last_beat: '2026-11-21T12:03:08.000Z', last_line: 'Reads the search console'}),
  readingOf('donna', {
    role: 'Comms triage',
    state: 'warm',
    context_used: 105_000,
    tokens_today: 124_300,
    cost_today: 2.7,
    budget_left: 0.3,
    inbox: 3,
    tasks_open: 2,
    approvals_waiting: 1,
    last_line: 'Two invoices went to ben, 一封来自上海的邮件在等 👩‍👩‍👧',
  }),
  readingOf('flow', {state: 'parked', parked: 'away until Monday', next_due: null}),
  readingOf('gene-运营', {error: 'workspaces/gene/SOUL.md:2: expected a map, got 7', alerts_open: 1}),
  readingOf('jarvis', {state: 'dead', last_beat: '2026-11-19T07:00:00.000Z', next_due: '2026-11-19T08:00:00.000Z'}),
  readingOf('sentinel', {
    stopped: true,
    last_beat: null,
    tokens_today: 90_000,
    tokenBudget: 150_000,
    cost_today: 0.0031,
  }),
]

function snapshotOf(readings: readonly AgentReading[], more: Partial<StatusSnapshot> = {}): StatusSnapshot {
  const agents = readings.map(({status}) => status)
  return {
    fleet: 'northwind',
    host: 'mini',
    at: AT,
    timezone: 'UTC',
    stopped: false,
    unenforced: [],
    strangers: [],
    roster: agents.map(({agent}) => agent),
    readings: new Map(readings.map((reading) => [reading.status.agent, reading])),
    totals: totalsOf(agents, 0),
    flushAt: 0.85,
    trouble: null,
    isComplete: true,
    ...more,
  }
}

function frameOf(columns: number, rows: number, wish: Partial<StatusViewProps> = {}): string {
  const snapshot = wish.snapshot ?? snapshotOf(READINGS)
  const view = wish.view ?? {...FIRST_VIEW, selected: 'donna'}
  const facts: KeyFacts = {
    status: snapshot.readings.get(view.selected ?? '')?.status ?? null,
    name: view.selected,
    isOpen: view.isOpen,
    isFleetStopped: snapshot.stopped,
    isAgent: false,
    isBeating: false,
    isFiltered: false,
    ...wish.facts,
  }
  const props = {
    snapshot,
    names: snapshot.roster,
    now: AT,
    week: null,
    hasColor: false,
    ...wish,
    lines: wish.lines ? wrapDetail(wish.lines, planLayout({columns, rows}, view.isOpen).paneWidth) : null,
    view,
    facts,
  }
  return renderToString(<StatusView {...props} size={{columns, rows}} />, {columns})
    .replace(/\u001b\[[0-9;]*m/g, '')
    .replace(/ +$/gm, '')
    .trimEnd()
}

const SIZES = [
  [60, 15],
  [80, 24],
  [120, 40],
  [200, 60],
] as const

const WEEK = {
  days: [],
  beats: [3, 48, 47, 48, 12, 0, 24],
  dollars: [0.1, 1.2, 0.9, 1.4, 0.2, 0, 2.7],
}

const LOG = presentDetail({
  page: 'log',
  path: 'workspaces/donna/memory/2026-11-21.md',
  text: '## 08:30 heartbeat t_01J\n\n- Two invoices went to ben, who asks for the third; it was promised for Monday by the supplier in Leeds\n- 一封来自上海的邮件\n',
  trouble: null,
})

describe.each(SIZES)('at %d×%d', (columns, rows) => {
  test('the list shows what matters first', async () => {
    await expect(`${frameOf(columns, rows)}\n`).toMatchFileSnapshot(`./frames/list-${columns}x${rows}.txt`)
  })

  test('an agent that is opened shows its log', async () => {
    const view = {...FIRST_VIEW, selected: 'donna', isOpen: true}
    const frame = frameOf(columns, rows, {view, lines: LOG, week: WEEK})
    await expect(`${frame}\n`).toMatchFileSnapshot(`./frames/open-${columns}x${rows}.txt`)
  })

  test('the help names every key', async () => {
    const frame = frameOf(columns, rows, {view: {...FIRST_VIEW, mode: 'help'}})
    await expect(`${frame}\n`).toMatchFileSnapshot(`./frames/help-${columns}x${rows}.txt`)
  })
})

const ABSURD = [
  [20, 5],
  [10, 3],
  [2, 2],
  [1, 1],
  [300, 100],
] as const

test.each([...SIZES, ...ABSURD])(
  'at %d×%d no line is wider than the terminal, and no frame higher',
  (columns, rows) => {
    const hostile = readingOf('evil', {
      last_line: `\u001b[2J\u001b]0;owned\u0007${'界'.repeat(300)}`,
      role: '\u009b31m\nx',
    })
    const snapshot = snapshotOf([...READINGS, hostile], {stopped: true, unenforced: ['evil'], trouble: 'x'.repeat(300)})
    const views = [{}, {isOpen: true}, {mode: 'help'}, {mode: 'filter', filter: '界'.repeat(200)}] as const
    for (const wish of views) {
      const view = {...FIRST_VIEW, selected: 'evil', ...wish}
      const frame = frameOf(columns, rows, {snapshot, view, lines: LOG})
      expect(frame).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
      const lines = frame.split('\n')
      expect(lines.length).toBeLessThanOrEqual(rows)
      for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(columns)
    }
  },
)

test('on a very small terminal the agents stay, and each row is one thing', () => {
  expect(frameOf(20, 5)).toMatchInlineSnapshot(`
    " north…12:03:20 UTC
      AGENT  STATE
    › donna  ● warm

     ↑↓ move  q quit"
  `)
  expect(frameOf(30, 2)).toMatchInlineSnapshot(`
    "› donna   ● warm       1     3
     ↑↓ move  ⏎ open  q quit"
  `)
})

test('names that begin alike are told apart by their ends', () => {
  const names = ['agent-with-the-longest-name-one', 'agent-with-the-longest-name-two']
  const frame = frameOf(60, 15, {snapshot: snapshotOf(names.map((name) => readingOf(name))), view: FIRST_VIEW})
  expect(frame).toContain('› agent-w…me-one ')
  expect(frame).toContain('  agent-w…me-two ')
})

test('whom the cursor was on and who is gone is named, and nobody is under the cursor', () => {
  const frame = frameOf(80, 24, {view: {...FIRST_VIEW, selected: 'flora', row: 2}})
  expect(frame).toContain('flora is gone; no key acts before another one is chosen.')
  expect(frame).not.toContain('›')
})

test('what was said does not hide that a filter is set, and of a long filter its end is seen', () => {
  const said = {text: 'donna is awake.', isBad: false}
  expect(frameOf(80, 24, {view: {...FIRST_VIEW, filter: 'warm', said}})).toContain(' filter: warm  donna is awake.')
  const filter = `${'x'.repeat(90)}end`
  expect(frameOf(80, 24, {view: {...FIRST_VIEW, filter, mode: 'filter'}})).toMatch(/ \/x+end$/m)
})

test('whatever others have written, it can steer no terminal', () => {
  const pieces = [
    '\u001b]8;;http://x\u0007',
    '\u001b]52;c;aGk=\u0007',
    '\u009b2J',
    '\u202e',
    '\u2028',
    '\r\n',
    '界',
    'a',
  ]
  const texts = fc.oneof(
    fc.string({unit: 'binary'}),
    fc.array(fc.constantFrom(...pieces)).map((all) => all.join('')),
  )
  fc.assert(
    fc.property(texts, (text) => {
      const evil = readingOf('evil', {role: text, parked: text, elsewhere: text, last_line: text, error: text})
      const snapshot = snapshotOf([evil], {fleet: `f${text}`, host: text, trouble: text})
      const view = {...FIRST_VIEW, selected: 'evil', isOpen: true, filter: text, said: {text, isBad: true}}
      const lines = presentDetail({page: 'log', path: text, text, trouble: null})
      expect(frameOf(120, 30, {snapshot, view, lines})).not.toMatch(
        /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/,
      )
    }),
    {numRuns: 60},
  )
})

test('of two hundred agents those around the cursor are drawn', () => {
  const many = Array.from({length: 200}, (_, index) => readingOf(`agent-${String(index).padStart(3, '0')}`))
  const frame = frameOf(80, 24, {snapshot: snapshotOf(many), view: {...FIRST_VIEW, selected: 'agent-150'}})
  expect(frame).toContain('› agent-150')
  expect(frame.match(/agent-\d+/g)).toHaveLength(19)
})

test('an agent that runs the screen is offered no key that acts', () => {
  const frame = frameOf(200, 60, {
    facts: {
      status: READINGS[1]?.status ?? null,
      name: 'donna',
      isOpen: false,
      isFleetStopped: true,
      isAgent: true,
      isBeating: false,
      isFiltered: false,
    },
  })
  expect(frame.split('\n').at(-1)).toBe(' ↑↓ move  ⏎ open  / filter  ? help  q quit')
})

test('agents that are not read yet have their names, and a fleet without any says how to make one', () => {
  expect(frameOf(60, 15, {snapshot: snapshotOf(READINGS, {readings: new Map(), isComplete: false})})).toMatch(
    /› donna +…/,
  )
  expect(frameOf(60, 15, {snapshot: snapshotOf([])})).toContain('No agents yet: mcos init agent NAME')
})

test('of a long id in the last line the beginning is shown, as people type it', () => {
  const one = readingOf('donna', {last_line: 'relayed 01M7YKM0T0C05802RECMFD08ER to jarvis'})
  expect(frameOf(200, 24, {snapshot: snapshotOf([one])})).toContain('relayed 01M7YKM0T0 to jarvis')
})
