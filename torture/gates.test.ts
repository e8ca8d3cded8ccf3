import {expect, test} from 'vitest'
import {GATES, run} from './gates.js'

test('nothing is confirmed without the right confirmers, whatever is said in whatever order', () => {
  const {confirmed, wrong, examples} = run({rounds: 800, seed: 20261121})
  expect({wrong, examples}).toEqual({wrong: 0, examples: []})
  for (const count of Object.values(confirmed)) expect(count).toBeGreaterThan(5)
})

test.each([
  ['takes any yes to P0 for proved', {...GATES, whyNotProved: () => null}],
  ['lets everybody confirm', {...GATES, confirms: () => true}],
  ['takes an agent for a person', {...GATES, isPerson: (name: string) => name === 'flow' || GATES.isPerson(name)}],
])('gates that are open are found out: one that %s', (_, gates) => {
  expect(run({rounds: 300, seed: 7, gates}).wrong).toBeGreaterThan(0)
})
