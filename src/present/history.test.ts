import {expect, test} from 'vitest'
import type {HistoryRow} from '../app/history.js'
import {presentHistory, presentTurn, presentUndone} from './history.js'

const row: HistoryRow = {
  turn: 't_01JD0000000000000000000001',
  commit: '0123456789abcdef0123456789abcdef01234567',
  at: '2026-11-21T08:30:00.000Z',
  agent: 'donna',
  trigger: 'heartbeat',
  engine: 'rules',
  tokens: 0,
  cost_usd: 0,
  subject: 'donna: urgent message 01JD from ada: 银行; relayed to jarvis',
  undoes: [],
}
const byHand = {
  ...row,
  turn: 't_01JD0000000000000000000002',
  agent: null,
  trigger: 'person',
  cost_usd: null,
  subject: 'Edit the fleet by hand',
}

test('turns, newest first', () => {
  expect(presentHistory({agent: null, turns: [byHand, row]})).toMatchInlineSnapshot(`
    "TURN                          AT (UTC)          AGENT  BY         COST   WHAT
    t_01JD0000000000000000000002  2026-11-21 08:30         person            Edit the fleet by hand
    t_01JD0000000000000000000001  2026-11-21 08:30  donna  heartbeat  $0.00  donna: urgent message 01JD from ada: 银行; relayed to jarvis"
  `)
  expect(presentHistory({agent: 'donna', turns: []})).toBe('No turns of donna yet.')
})

test('one turn whole', () => {
  const page = {...row, body: '- one\n- two', files: [], diff: 'diff --git a/x b/x\n+y\n', undone_by: byHand.turn}
  expect(presentTurn(page)).toMatchInlineSnapshot(`
    "turn    t_01JD0000000000000000000001
    commit  0123456789abcdef0123456789abcdef01234567
    at      2026-11-21T08:30:00.000Z
    agent   donna
    by      heartbeat, rules, 0 tokens, $0.00
    undone  by t_01JD0000000000000000000002

    donna: urgent message 01JD from ada: 银行; relayed to jarvis

    - one
    - two

    diff --git a/x b/x
    +y"
  `)
})

test('what was taken back, and plainly what could not be', () => {
  const not_undone = [{turn: row.turn, what: 'paged founders', why: 'a person has been told'}]
  const done = {turn: byHand.turn, commit: row.commit, undone: [row], not_undone}
  expect(presentUndone(done)).toMatchInlineSnapshot(`
    "Took back 1 turn as t_01JD0000000000000000000002 (0123456789):
      t_01JD0000000000000000000001  donna: urgent message 01JD from ada: 银行; relayed to jarvis
    Not undone:
      t_01JD0000000000000000000001  paged founders: a person has been told
    To have it back: mcos undo t_01JD0000000000000000000002"
  `)
  expect(presentUndone({...done, turn: null, commit: null, not_undone: []})).toMatch(/^Would take back 1 turn:/)
})
