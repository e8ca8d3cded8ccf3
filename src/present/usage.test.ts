import {expect, test} from 'vitest'
import type {UsageReport} from '../app/usage.js'
import {presentUsage} from './usage.js'

const NOTHING = {turns: 0, model_calls: 0, tokens: {input: 0, output: 0, cache_read: 0, cache_write: 0}, cost_usd: 0}
const REPORT: UsageReport = {
  fleet: 'northwind',
  host: 'mini',
  at: '2026-11-21T08:30:00.000Z',
  since: '2026-11-21',
  until: '2026-11-21',
  by: ['agent', 'engine'],
  rows: [],
  total: NOTHING,
  budgets: [],
  open: [],
  aside: [],
  backing_off: [],
}

test('an engine that is put aside is told with the moment of its key, as another key may be in use by now', () => {
  const aside = {engine: 'claude', reason: 'unauthorized', detail: '401 invalid x-api-key', file: '.mcos/aside/4e.json'}
  const since = '2026-11-21T08:12:00.000Z'
  const until = '2026-11-22T00:00:00.000Z'
  const asides = [
    {...aside, since, until: null},
    {...aside, engine: 'grok', reason: 'spent', since, until},
  ]
  expect(presentUsage({...REPORT, aside: asides})).toMatchInlineSnapshot(`
    "northwind, 2026-11-21

    No model was asked.

    claude with the key and settings of 2026-11-21 08:12 UTC is not asked (unauthorized): 401 invalid x-api-key
      with others it is; to ask it again with these: rm .mcos/aside/4e.json
    grok with the key and settings of 2026-11-21 08:12 UTC is not asked until 2026-11-22 00:00 UTC (spent): 401 invalid x-api-key
      with others it is; to ask it again with these: rm .mcos/aside/4e.json"
  `)
})
