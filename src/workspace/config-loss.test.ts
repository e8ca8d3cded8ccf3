import {expect, test} from 'vitest'
import {lostSince} from './config-loss.js'
import {parseConfig} from './parse-config.js'

const BEFORE = `people:
  ada: {approves: [all]}
  ben: {approves: [money]}
timezone: Europe/Berlin
budgets:
  fleet: {usd_per_day: 20, tokens_per_day: 1000}
context: {flush_at: 0.7}
page: {to: ada, when: [outage]}
`
const lost = (after: string) => lostSince(parseConfig(BEFORE, 'mcos.yaml'), parseConfig(after, 'mcos.yaml'))

test.each([
  ['nothing when nothing changed', BEFORE, []],
  ['nothing when a value changed', BEFORE.replace('20', '30'), []],
  ['a limit', BEFORE.replace(', tokens_per_day: 1000', ''), ['budgets.fleet.tokensPerDay']],
  ['all limits', BEFORE.replace(/budgets:\n.*\n/, ''), ['budgets']],
  ['a person', BEFORE.replace(/ {2}ben.*\n/, ''), ['people.ben']],
  ['what a person may approve', BEFORE.replace('{approves: [money]}', '{}'), ['people.ben.approves']],
  [
    'the whole rest',
    'people: {ada: {approves: [all]}}\n',
    ['timezone', 'people.ben', 'page', 'budgets', 'context.flushAt'],
  ],
])('names %s', (_, after, names) => {
  expect(lost(after)).toEqual(names)
})
