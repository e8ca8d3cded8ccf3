import {expect, test} from 'vitest'
import type {AgentStatus, StatusReport} from '../app/status.js'
import {presentStatus} from './status.js'

const agent: AgentStatus = {
  agent: 'donna',
  role: 'Comms triage',
  state: 'idle',
  stopped: false,
  parked: null,
  elsewhere: null,
  last_line: null,
  warm: 'on-demand',
  last_beat: '2026-11-21T08:30:00.000Z',
  next_due: '2026-11-22T08:00:00.000Z',
  context_used: null,
  window: null,
  tokens_today: 1200,
  cost_today: 0.25,
  budget_left: 2.75,
  inbox: 2,
  tasks_open: 1,
  alerts_open: 0,
  approvals_waiting: 2,
  last_commit: '0123456789abcdef0123456789abcdef01234567',
  error: null,
}
const nobody = {
  agents: 0,
  inbox: 0,
  tokens_today: 0,
  cost_today: 0,
  tasks_open: 0,
  alerts_open: 0,
  approvals_waiting: 0,
}
const report: StatusReport = {
  fleet: 'northwind',
  host: 'mini',
  at: '2026-11-21T09:00:00.000Z',
  stopped: false,
  unenforced: [],
  agents: [],
  strangers: [],
  totals: {...nobody, failed: 0},
}

test('a fleet at a glance', () => {
  const broken: AgentStatus = {
    ...agent,
    agent: 'gene',
    role: '运营',
    last_beat: null,
    next_due: null,
    last_commit: null,
    error: 'workspaces/gene/SOUL.md:2: expected a map, got 7',
  }
  const totals = {
    ...nobody,
    agents: 2,
    inbox: 4,
    tokens_today: 2400,
    cost_today: 0.5,
    tasks_open: 2,
    approvals_waiting: 1,
  }
  const whole = {
    ...report,
    stopped: true,
    unenforced: ['gene'],
    agents: [agent, broken],
    totals: {...totals, failed: 1},
  }
  expect(presentStatus(whole)).toMatchInlineSnapshot(`
    "northwind on mini, 09:00 UTC, STOPPED: mcos resume

    AGENT  ROLE          STATE   LAST BEAT  NEXT DUE          INBOX  TOKENS  COST   COMMIT
    donna  Comms triage  idle    08:30      2026-11-22 08:00  2      1200    $0.25  0123456789
    gene   运营          failed  never                        2      1200    $0.25

    gene: workspaces/gene/SOUL.md:2: expected a map, got 7
    unenforced: gene may run programs without a sandbox, so that approvals and signatures here prove nothing.
    2 agents, 4 unread, 2 tasks open, 1 approval waiting, 2400 tokens and $0.50 today"
  `)
})

test('a fleet without agents says how to make one', () => {
  expect(presentStatus(report)).toBe('northwind on mini, 09:00 UTC\n\nNo agents yet: mcos init agent NAME')
})

test('who stands still is due at no time', () => {
  for (const still of [{stopped: true}, {state: 'parked'}] as const) {
    const shown = presentStatus({...report, agents: [{...agent, ...still}]})
    expect(shown).toContain('2026-11-21 08:30'.slice(11))
    expect(shown).not.toContain('2026-11-22 08:00')
  }
})

test('folders that are no agents are told, also where there is nobody else', () => {
  const strangers = ['workspaces/Bad_Name', 'workspaces/old.bak']
  const line = `workspaces/Bad_Name, workspaces/old.bak are no agents: an agent's folder is called by a-z, 0-9 and "-".`
  expect(presentStatus({...report, strangers})).toContain(line)
  expect(presentStatus({...report, agents: [agent], strangers})).toContain(line)
})
