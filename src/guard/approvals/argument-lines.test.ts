import {expect, test} from 'vitest'
import {argumentLines} from './argument-lines.js'

test('each argument has its line, and no text of several lines can pass for another argument', () => {
  const args = {
    to: ['ana', {name: 'ben'}],
    body: 'Dear Ana\nto: everybody\u001b[2J',
    empty: {},
    none: [],
    n: 3,
    no: null,
  }
  expect(argumentLines(args, '  ')).toEqual([
    '  to:',
    '    1: ana',
    '    2:',
    '      name: ben',
    '  body:',
    '    | Dear Ana',
    '    | to: everybody',
    '  empty:',
    '    {}',
    '  none:',
    '    []',
    '  n: 3',
    '  no: null',
  ])
  expect(argumentLines('one\u202e', '')).toEqual(['one'])
})
