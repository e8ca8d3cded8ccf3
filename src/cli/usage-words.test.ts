import {Args, Flags, Parser} from '@oclif/core'
import {expect, test} from 'vitest'
import {usageWords} from './usage-words.js'

const INPUT = {
  args: {
    level: Args.string({required: true, options: ['P0', 'P1'], description: 'How bad it is.'}),
    title: Args.string({required: true, description: 'What is wrong, in one line.'}),
  },
  flags: {
    since: Flags.string(),
    size: Flags.string({options: ['small', 'large']}),
    limit: Flags.integer({min: 1, max: 9}),
    move: Flags.boolean(),
    keep: Flags.boolean({exclusive: ['move']}),
    why: Flags.string({required: true}),
    turns: Flags.integer({dependsOn: ['since']}),
  },
}

test.each([
  ['', 'LEVEL is missing: How bad it is (P0, P1).\nTITLE is missing: What is wrong, in one line.'],
  ['P7 down', '"P7" is none of P0, P1.'],
  ['P1 it is down', '"is", "down" are words too many. TITLE is one argument: put quotes round it.'],
  ['P1 down', '--why is missing.'],
  ['P1 down --why x --nope', 'There is no flag --nope.'],
  ['P1 down --why', '--why takes a value, and none was given.'],
  ['P1 down --why x --size huge', '--size takes one of small, large, not "huge".'],
  ['P1 down --why x --limit 0', '--limit takes a number of at least 1, not "0".'],
  ['P1 down --why x --limit 10', '--limit takes a number of at most 9, not "10".'],
  ['P1 down --why x --limit few', '--limit takes a number, not "few".'],
  ['P1 down --why x --move --keep', '--move and --keep exclude each other.'],
  ['P1 down --why x --turns 3', '--turns goes only with --since.'],
])('%j: what oclif complains about is told in our words', async (line, expected) => {
  const error: unknown = await Parser.parse(line.split(' ').filter(Boolean), INPUT).catch((thrown: unknown) => thrown)
  if (!(error instanceof Error)) throw new Error('it was taken')
  expect(usageWords(error)).toBe(expected)
})

test('a text that begins with a dash is told how to be one', async () => {
  const argv = ['P1', '- the app\nis down', '--why', 'x']
  const error: unknown = await Parser.parse(argv, INPUT).catch((thrown: unknown) => thrown)
  if (!(error instanceof Error)) throw new Error('it was taken')
  const words =
    '"- the app is down" begins with a dash, so it was read as a flag. Put -- before it, and flags before that.'
  expect(usageWords(error)).toBe(words)
})

test('what nobody has put in our words yet keeps those of oclif, without its pointer to the help', () => {
  expect(usageWords(new Error('Something else\nSee more help with --help'))).toBe('Something else')
})
