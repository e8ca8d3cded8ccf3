import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import type {StopReason} from './engine.js'
import {CONSEQUENCES} from './failures.js'

const WORDS = {
  tries: {1: 'no', 2: 'once more'},
  backsOff: {true: 'yes', false: 'no'},
  putsAside: {null: 'no', 'until-changed': 'until key or config change', 'until-tomorrow': 'until the next day'},
  afterwards: {
    next: 'the next engine',
    fail: 'the turn fails with its message',
    'rebuild-once': 'flush and rebuild once, then the turn fails',
    end: 'the turn ends',
  },
} as const

describe('the table in docs/engines.md', () => {
  const docs = readFileSync(join(import.meta.dirname, '../../docs/engines.md'), 'utf8')
  const rows = new Map(
    docs
      .split('\n')
      .map((line) => line.split('|').map((cell) => cell.trim()))
      .flatMap(([, name, , ...cells]) => {
        const reason = /^`([a-z-]+)`$/.exec(name ?? '')?.[1]
        return reason === undefined ? [] : [[reason, cells.slice(0, 4)] as const]
      }),
  )

  test('has a row for each reason', () => {
    expect([...rows.keys()].filter((reason) => reason in CONSEQUENCES)).toEqual(Object.keys(CONSEQUENCES))
  })

  test.each(Object.keys(CONSEQUENCES) as StopReason[])('says what follows from "%s"', (reason) => {
    const {tries, backsOff, putsAside, then} = CONSEQUENCES[reason]
    expect(rows.get(reason)).toEqual([
      WORDS.tries[tries],
      WORDS.backsOff[`${backsOff}`],
      WORDS.putsAside[`${putsAside}`],
      WORDS.afterwards[then],
    ])
  })
})

test.each([
  ['429, 529, 5xx', 'overloaded', [2, true, null, 'next']],
  ['a refused connection', 'unreachable', [2, true, null, 'next']],
  ['silence and the deadline', 'silent', [2, false, null, 'next']],
  ['a cut, HTML, garbage', 'cut', [2, false, null, 'next']],
  ['a bad key', 'unauthorized', [1, false, 'until-changed', 'next']],
  ['a spend limit', 'spent', [1, false, 'until-tomorrow', 'next']],
  ['a request that is wrong', 'invalid', [1, false, null, 'fail']],
  ['too much context', 'too-long', [1, false, null, 'rebuild-once']],
  ['an interruption', 'interrupted', [1, false, null, 'end']],
] as const)('%s has one consequence', (_, reason, expected) => {
  const {tries, backsOff, putsAside, then} = CONSEQUENCES[reason]
  expect([tries, backsOff, putsAside, then]).toEqual(expected)
})
