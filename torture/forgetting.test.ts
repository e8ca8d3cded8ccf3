import {expect, inject, test} from 'vitest'
import {dice} from './dice.js'
import {torture} from './forgetting.js'
import {plantFacts} from './forgetting-facts.js'
import {judgeCut} from './forgetting-judge.js'

test('what a killed piece of work had heard is known to the next one', async () => {
  expect(inject('buildFailure')).toBeNull()
  const report = await torture.run({rounds: 1, seed: 20261121, command: 'killed'})
  expect(report).toMatchObject({wrong: 0, examples: []})
})

test('a hundred facts hold in the end, of every kind, and some are replaced on the way', () => {
  const facts = plantFacts(dice(7), {holding: 100})
  const replaced = new Set(facts.flatMap(({replaces}) => replaces ?? []))
  expect(facts.filter(({id, marks}) => !replaced.has(id) && marks.length > 0)).toHaveLength(100)
  expect(replaced.size).toBeGreaterThan(8)
  expect(new Set(facts.map(({kind}) => kind)).size).toBe(10)
  for (const {text, marks} of facts) for (const mark of marks) expect(text).toContain(mark)
})

test('a cut is judged by lines: a fact is kept whole or not at all, and what was replaced has to go', () => {
  const said = [
    {
      id: 1,
      kind: 'amount',
      voice: 'person',
      text: 'The deposit for Elm Road 3 is 900 EUR.',
      marks: ['Elm Road 3', '900'],
    },
    {
      id: 2,
      kind: 'amount',
      voice: 'person',
      text: 'Now 800 for Elm Road 3.',
      marks: ['Elm Road 3', '800'],
      replaces: 1,
    },
    {id: 3, kind: 'name', voice: 'agent', text: 'Ada has the keys of Oak Lane 1.', marks: ['Ada', 'Oak Lane 1']},
  ] as const
  const cut = {
    workstate: '- Elm Road 3: 900\n- keys: Oak Lane 1\n',
    next: 'Elm Road 3\n800 and Ada',
    heard: [],
    noise: [],
  }
  const {lost, undead} = judgeCut(cut, said)
  expect([lost.map(({id}) => id), undead.map(({id}) => id)]).toEqual([[2, 3], [1]])
  const kept = {...cut, workstate: '- Elm Road 3: 800, no longer 900\n- Ada: keys of\n  Oak Lane 1\n'}
  expect(judgeCut(kept, said)).toMatchObject({lost: [], undead: []})
})
