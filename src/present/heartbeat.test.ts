import {expect, test} from 'vitest'
import type {AgentReport, CheckReport} from '../heartbeat/report.js'
import {presentBeat} from './heartbeat.js'

const check: CheckReport = {
  id: 'app',
  title: 'App',
  line: 3,
  kind: 'check',
  cadence: 'every-beat',
  cadence_line: null,
  due: true,
  next_due: null,
  status: 'alert',
  news: true,
  detail: 'http https://app.example: answered 500',
  ms: 12,
}
const donna: AgentReport = {
  agent: 'donna',
  state: 'worked',
  reason: 'outage: …',
  turn: 't_01JD0000000000000000000001',
  commit: '0123456789abcdef0123456789abcdef01234567',
  engine: 'rules',
  model_calls: 0,
  tokens: {input: 0, output: 0, cache_read: 0, cache_write: 0},
  cost_usd: 0,
  ms: 40,
  checks: [
    check,
    {...check, id: 'files', title: 'Files', status: 'same', news: false, detail: 'files *.md: 3 files'},
    {
      ...check,
      id: 'brief',
      title: 'Brief',
      status: 'waiting-for-engine',
      news: false,
      detail: 'no engine is set; it stays due',
    },
    {...check, id: 'week', title: 'Week', status: 'not-due', due: false, news: false, detail: 'its time has not come'},
    {...check, id: 'rules', title: 'Rules', kind: 'policy', status: 'context', due: false, news: false, detail: ''},
  ],
  alerts: [],
  messages: [],
  error: null,
}
const idle: AgentReport = {...donna, agent: 'gene', state: 'idle', reason: 'no news', commit: null, checks: []}
const error = {code: 'GIT_BUSY', message: 'a merge is under way.', suggestions: ['git merge --continue']}
const failed = (agent: string): AgentReport => ({...idle, agent, state: 'failed', reason: error.message, error})

function present(
  agents: readonly AgentReport[],
  options: {tellable?: string[]; isPlan?: boolean; isWatched?: boolean} = {},
) {
  const {tellable = [], isPlan = false, isWatched = false} = options
  const report = {fleet: 'northwind', host: 'mini', at: '2026-11-21T08:30:00.000Z', agents}
  return presentBeat({report, tellable: new Set(tellable)}, {isPlan, isWatched})
}

test('a person who watches sees every agent and what was looked at', () => {
  expect(present([donna, idle, failed('flow')], {isWatched: true})).toMatchInlineSnapshot(`
    "donna  worked  0123456789
      ! App: http https://app.example: answered 500
      = Files: files *.md: 3 files
      ? Brief: no engine is set; it stays due
    gene  idle
      no news
    flow  failed
      a merge is under way.
        git merge --continue"
  `)
})

test('cron hears only what is new', () => {
  expect(present([donna, idle, failed('flow')])).toMatchInlineSnapshot(`
    "donna  worked  t_01JD0000000000000000000001
      App: http https://app.example: answered 500"
  `)
  expect(present([idle, failed('flow')])).toBe('')
})

test('what stops a whole fleet is told once', () => {
  expect(present([failed('donna'), failed('gene')], {tellable: ['donna', 'gene']})).toMatchInlineSnapshot(`
    "donna, gene  failed
      a merge is under way.
        git merge --continue"
  `)
})

test('a plan shows where each cadence was read and when it is next due', () => {
  const daily = {...check, cadence: 'daily 09:00', cadence_line: 7, due: false, next_due: '2026-11-21T09:00:00.000Z'}
  const checks = [check, {...daily, id: 'brief', title: 'Brief', line: 7, detail: 'next at 09:00'}]
  expect(
    present(
      [
        {...idle, checks},
        {...idle, agent: 'jarvis'},
      ],
      {isPlan: true},
    ),
  ).toMatchInlineSnapshot(`
    "gene
         3  App
            check, every-beat (by default); due
            http https://app.example: answered 500
         7  Brief
            check, daily 09:00 (from line 7); not due, next 2026-11-21 09:00 UTC
            next at 09:00

    jarvis
      HEARTBEAT.md asks for nothing."
  `)
})

test('a fleet without agents says how to make one, to a person only', () => {
  expect(present([], {isWatched: true})).toBe('No agents yet: mcos init agent NAME')
  expect(present([])).toBe('')
})
