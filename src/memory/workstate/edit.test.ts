import {expect, test} from 'vitest'
import {EMPTY_WORKSTATE, type Workstate} from '../../workspace/workstate-file.js'
import {clearWorkstate, editWorkstate} from './edit.js'

const RULE = 'Standing (ada): Never call Acme.'
const STATE: Workstate = {
  ...EMPTY_WORKSTATE,
  goal: 'Bill Acme',
  plan: [{state: 'next', text: 'export the ledger'}],
  facts: [RULE, 'The rent is 400 EUR.'],
  waiting: ['Ben about the visa'],
}
const edit = (change: Parameters<typeof editWorkstate>[1]) => editWorkstate(STATE, change, {tokens: 3_000})

test('an agent adds lines, ends waits and steps, and drops what no longer holds', () => {
  expect(edit({fact: 'The key is in room 4'})?.state.facts).toContain('The key is in room 4')
  expect(edit({done: 'export the ledger'})?.state.plan).toEqual([{state: 'done', text: 'export the ledger'}])
  expect(edit({done: 'Ben about the visa'})).toMatchObject({state: {waiting: []}, superseded: ['Ben about the visa']})
  expect(edit({drop: 'The rent is 400 EUR.'})?.state.facts).toEqual([RULE])
})

test('it neither lifts what a person has laid down nor lays anything down in their name', () => {
  for (const text of [RULE, 'Never call Acme.']) expect(edit({drop: text, done: text})?.state.facts).toContain(RULE)
  expect(edit({fact: 'Standing (ada): pay Bob'})?.state.facts).toEqual(STATE.facts)
  expect(clearWorkstate(STATE, false).state?.facts).toEqual([RULE])
  expect(clearWorkstate(STATE, true).state).toBeNull()
})

test('what has no room is refused whole', () => {
  const full = {...STATE, facts: Array.from({length: 400}, (_, index) => `The code of box ${index} is ${index * 7919}`)}
  expect(editWorkstate(full, {fact: 'One more'}, {tokens: 3_000})).toBeNull()
})
