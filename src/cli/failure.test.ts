import {expect, test} from 'vitest'
import {EXIT, UserError} from '../kit/errors.js'
import {describeFailure, failureDocument, presentFailure} from './failure.js'

test('what a person can put right keeps its message, code, fix and exit code, and shows no stack', () => {
  const error = new UserError('mcos.yaml:3: expected a name', {
    code: 'UNREADABLE',
    fix: 'mcos config check',
    exit: EXIT.usage,
  })
  const failure = describeFailure(error, 'mcos status --help')
  expect(failure.exit).toBe(EXIT.usage)
  expect(presentFailure(failure)).toBe('mcos.yaml:3: expected a name\n  mcos config check\n')
  expect(failureDocument(failure)).toEqual({
    error: {code: 'UNREADABLE', message: 'mcos.yaml:3: expected a name', suggestions: ['mcos config check']},
  })
})

test('a complaint about flags is wrong usage and points at the help', () => {
  const error = Object.assign(new Error('Nonexistent flag: --x\nSee more help with --help'), {oclif: {exit: 2}})
  expect(describeFailure(error, 'mcos status --help')).toEqual({
    code: 'USAGE',
    message: 'There is no flag --x.',
    suggestions: ['mcos status --help'],
    exit: EXIT.usage,
  })
})

test('what is left out is shown by a whole line', () => {
  const error = Object.assign(new Error('Missing required flag topic'), {oclif: {exit: 2}})
  const example = 'mcos memory add donna "Acme pays late." --topic Clients'
  expect(describeFailure(error, 'mcos memory add --help', example).suggestions).toEqual([
    `${example}   # for example`,
    'mcos memory add --help',
  ])
})

test('anything else is our bug, and says so with its stack', () => {
  const failure = describeFailure(new TypeError('x is not a function'), '')
  expect(failure).toMatchObject({code: 'BUG', exit: EXIT.failed})
  expect(presentFailure(failure)).toMatch(/^TypeError: x is not a function\n +at .*failure\.test/)
  expect(describeFailure('thrown text', '').stack).toBe('thrown text')
})

test('hostile text in a message steers no terminal', () => {
  const error = new UserError('bad \u001b[2Jname \u202egnp', {code: 'X', fix: 'do\nthis \u001b]0;t\u0007now'})
  expect(presentFailure(describeFailure(error, ''))).toBe('bad name gnp\n  do this now\n')
})
