import {expect, test} from 'vitest'
import {DEMAND} from '../../testing/budget-scene.js'
import {openScene, type Scene} from '../../testing/heartbeat-scene.js'
import {runCommand} from '../../testing/run-command.js'
import Usage from '../commands/usage.js'
import {noteFailure} from '../engines/back-off.js'
import {type BudgetPlace, type Demand, reserve, settle} from '../engines/budget/budget.js'
import {putAside} from '../engines/put-aside.js'
import {presentUsage} from '../present/usage.js'
import {formatUsage} from '../workspace/usage-ledger.js'
import {foldUsage} from './usage/fold-usage.js'
import {type UsageKey, usageOf} from './usage.js'

const CONFIG = `version: 1
name: northwind
host: mini
engines:
  claude: {kind: anthropic, model: claude-sonnet-5-5, key: "env:KEY"}
  code: {kind: command, run: claude, billing: subscription, turns_per_day: 10}
budgets:
  fleet: {usd_per_day: 20}
  agent: {tokens_per_day: 400000}
`
const SOUL = '---\nbudget: {tokens_per_day: 5000}\n---\n# Donna\n'

async function scene(): Promise<Scene> {
  return openScene({files: {'mcos.yaml': CONFIG, 'workspaces/donna/SOUL.md': SOUL}, at: '2026-11-21T10:00:00Z'})
}

async function call(at: Scene, demand: Partial<Demand> = {}, isSettled = true): Promise<void> {
  const {mcos, clock} = await at.open()
  const place: BudgetPlace = {mcos, clock, zone: 'UTC', ceilings: {fleet: null, agent: null, engine: null}}
  const leave = reserve(place, {...DEMAND, ...demand})
  const claim = {
    input: 100,
    output: 50,
    cacheRead: 300,
    cacheWrite: 200,
    cacheWriteHour: 0,
    costUsd: 0.25,
    modelCalls: 1,
  }
  if (leave.kind === 'reserved' && isSettled) settle(place, leave, claim, null)
}

async function report(at: Scene, since: string | null = null, by: readonly UsageKey[] = ['agent', 'engine']) {
  return usageOf(await at.open(), {by, since})
}

test('today is told by agent and engine, against every ceiling that is set', async () => {
  const fleet = await scene()
  await call(fleet)
  await call(fleet, {turn: 't_2'})
  await call(fleet, {agent: 'jarvis', engine: 'code', billing: 'subscription'})
  await call(fleet, {turn: 't_3'}, false)
  const {rows, total, budgets, open, since, until} = await report(fleet)
  expect([since, until]).toEqual(['2026-11-21', '2026-11-21'])
  expect(rows).toEqual([
    {
      day: null,
      agent: 'donna',
      engine: 'claude',
      turns: 2,
      model_calls: 2,
      tokens: {input: 200, output: 100, cache_read: 600, cache_write: 400},
      cost_usd: 0.5,
    },
    expect.objectContaining({agent: 'jarvis', engine: 'code', turns: 1, cost_usd: 0}),
  ])
  expect(total).toMatchObject({turns: 3, model_calls: 3, cost_usd: 0.5})
  expect(budgets).toEqual([
    {whose: 'fleet', name: 'northwind', unit: 'usd', used: 0.5, held: 0.5, ceiling: 20},
    {whose: 'agent', name: 'donna', unit: 'tokens', used: 1300, held: 1000, ceiling: 5000},
    {whose: 'agent', name: 'jarvis', unit: 'tokens', used: 650, held: 0, ceiling: 400_000},
    {whose: 'engine', name: 'code', unit: 'turns', used: 1, held: 0, ceiling: 10},
  ])
  expect(open).toEqual([
    {agent: 'donna', engine: 'claude', turn: 't_3', tokens: 1000, usd: 0.5, since: '2026-11-21T10:00:00.000Z'},
  ])
})

test('earlier days come from the ledgers of every machine, and none is counted twice', async () => {
  const fleet = await scene()
  await call(fleet)
  fleet.clock.set('2026-11-22T10:00:00Z')
  const before = await report(fleet, '7d', ['day'])
  await foldUsage(await fleet.open())
  expect((await report(fleet, '7d', ['day'])).rows).toEqual(before.rows)
  const tokens = {input: 1, output: 2, cache_read: 3, cache_write: 4}
  const line = {agent: 'atlas', engine: 'local', turns: 1, model_calls: 1, tokens, cost_usd: 0}
  fleet.write(
    'usage/server/2026-11.jsonl',
    formatUsage({...line, day: '2026-11-20'}) + formatUsage({...line, day: '2026-11-02'}),
  )
  expect((await report(fleet, '2026-11-10', ['day'])).rows.map(({day, turns}) => [day, turns])).toEqual([
    ['2026-11-20', 1],
    ['2026-11-21', 1],
  ])
  expect((await report(fleet, '2026-11-01', ['engine'])).rows.map(({engine, turns}) => [engine, turns])).toEqual([
    ['claude', 1],
    ['local', 2],
  ])
  expect((await report(fleet)).rows).toEqual([])
})

test('engines that are not asked just now are told, with why and until when', async () => {
  const fleet = await scene()
  const {mcos, clock} = await fleet.open()
  const now = clock.now()
  noteFailure(mcos, 'claude', {now, why: '529: overloaded', random: 0, retryAfterMs: 60_000})
  const aside = {engine: 'code', identity: 'x', reason: 'spent', detail: '402: no credit', now, zone: 'UTC'} as const
  putAside(mcos, {...aside, until: 'until-tomorrow'})
  const {backing_off, aside: list} = await report(fleet)
  expect(backing_off).toEqual([
    {engine: 'claude', why: '529: overloaded', until: '2026-11-21T10:01:00.000Z', failures: 1},
  ])
  expect(list).toEqual([
    {
      engine: 'code',
      reason: 'spent',
      detail: '402: no credit',
      since: '2026-11-21T10:00:00.000Z',
      until: '2026-11-22T00:00:00.000Z',
      file: expect.stringMatching(/^\.mcos\/aside\/[0-9a-f]{24}\.json$/),
    },
  ])
})

test('a person reads it as tables that line up', async () => {
  const fleet = await scene()
  await call(fleet)
  await call(fleet, {agent: 'jarvis', engine: 'code', billing: 'subscription'})
  const {mcos, clock} = await fleet.open()
  noteFailure(mcos, 'claude', {now: clock.now(), why: '529: overloaded', random: 0, retryAfterMs: 60_000})
  expect(presentUsage(await report(fleet))).toBe(
    `
northwind, 2026-11-21

AGENT   ENGINE  TURNS  CALLS  INPUT  CACHED  OUTPUT  TOKENS  COST
donna   claude  1      1      300    300     50      650     $0.25
jarvis  code    1      1      300    300     50      650     $0.00
total           2      2      600    600     100     1300    $0.25

Budgets of today on mini
OF            PER DAY  USED   HELD  CEILING  SHARE
fleet         dollars  $0.25        $20.00   1%
agent donna   tokens   650          5000     13%
agent jarvis  tokens   650          400000   0%
engine code   turns    1            10       10%

claude is not asked before 10:01 UTC: 529: overloaded`.trimStart(),
  )
})

test('the command answers JSON, and refuses what is no key and no day', async () => {
  const fleet = await scene()
  await call(fleet)
  const {stdout} = await runCommand(Usage, [
    '--home',
    fleet.dir,
    '--since',
    '2026-11-21',
    '--by',
    'day,agent',
    '--json',
  ])
  expect(JSON.parse(stdout)).toMatchObject({
    fleet: 'northwind',
    by: ['day', 'agent'],
    rows: [{day: '2026-11-21', agent: 'donna'}],
  })
  for (const wrong of [
    ['--by', 'day,colour'],
    ['--by', 'day,day'],
    ['--since', 'yesterday'],
    ['--since', '2026-02-31'],
  ]) {
    const {stdout: text, code} = await runCommand(Usage, ['--home', fleet.dir, ...wrong, '--json'])
    expect(code).toBe(2)
    expect(JSON.parse(text)).toMatchObject({error: {code: 'USAGE'}})
  }
})
