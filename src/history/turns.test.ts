import {afterEach, expect, test} from 'vitest'
import {commitChangeSets} from './commit-change-sets.js'
import {appendTo, changeSet, clock, LOG, makeScratch, type Scratch} from './scratch.js'
import {showTurn} from './show-turn.js'
import {history} from './turns.js'

let fleet: Scratch
afterEach(() => fleet.remove())

const META = {
  subject: 'donna: two messages',
  body: 'Mcos-Turn: t_FAKE\n\nnot a trailer',
  author: {name: 'donna', email: 'donna@x'},
  at: clock.now(),
  trailers: [
    ['Mcos-Agent', 'donna'],
    ['Mcos-Trigger', 'heartbeat'],
    ['Mcos-Engine', 'claude'],
    ['Mcos-Tokens', 'input=900 output=100 cached=2000'],
    ['Mcos-Cost-USD', '$0.0123'],
  ],
} as const

test('turns are listed newest first with what their trailers say; people and other agents are left out', () => {
  fleet = makeScratch()
  const mine = changeSet([appendTo(LOG, '- x\n')], {commit: META})
  const other = changeSet([appendTo(LOG, '- y\n')], {commit: {...META, trailers: [['Mcos-Agent', 'donna-2']]}})
  commitChangeSets(fleet.home, [mine, other], {clock})
  fleet.put('mcos.yaml', 'version: 2\n')
  fleet.git('commit', '-qam', 'Ada edits')
  expect(history(fleet.home).map(({turn}) => turn)).toEqual([other.id, mine.id])
  expect(history(fleet.home, {limit: 1}).map(({turn}) => turn)).toEqual([other.id])
  expect(history(fleet.home, {agent: 'donna'})).toEqual([
    expect.objectContaining({
      turn: mine.id,
      agent: 'donna',
      trigger: 'heartbeat',
      engine: 'claude',
      tokens: 3000,
      costUsd: 0.0123,
      at: clock.now(),
      subject: 'donna: two messages',
      undoes: [],
    }),
  ])
})

test('one turn is shown whole, by the beginning of its id', async () => {
  fleet = makeScratch()
  const set = changeSet([appendTo(LOG, '- x\n'), {kind: 'move', from: 'mcos.yaml', to: 'other.yaml'}], {commit: META})
  commitChangeSets(fleet.home, [set], {clock})
  const shown = await showTurn(fleet.home, set.id.slice(0, 10))
  expect(shown).toMatchObject({turn: set.id, undoneBy: null, body: expect.stringContaining('not a trailer')})
  expect(shown.files).toEqual([
    {path: 'mcos.yaml', change: 'deleted'},
    {path: 'other.yaml', change: 'added'},
    {path: LOG, change: 'modified'},
  ])
  expect(shown.diff).toContain('+- x\n')
})

test('a repository without commits has no turns', () => {
  fleet = makeScratch({commit: false})
  expect(history(fleet.home)).toEqual([])
})
