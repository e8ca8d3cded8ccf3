import fc from 'fast-check'
import {expect, test} from 'vitest'
import {fixedClock} from '../kit/clock.js'
import {newId, newTurnId} from '../kit/ids.js'
import {
  type ApprovalAnswer,
  type ApprovalRequest,
  approvalHash,
  formatAnswer,
  formatRequest,
  formatUse,
  judgeApproval,
  parseAnswer,
  parseRequest,
  parseUse,
} from './approval-file.js'

const clock = fixedClock('2026-11-21T08:00:00Z')
const CONTRACT = `sha256:${'a'.repeat(64)}`
const deed = {verb: 'mail.send', target: 'ana@partner.example', args: {subject: 'Hi', n: 1}, contract: CONTRACT}
const request: ApprovalRequest = {
  id: newId(clock),
  at: '2026-11-21T08:00:00Z',
  agent: 'donna',
  turn: newTurnId(clock),
  ...deed,
  hash: approvalHash(deed),
  expires: '2026-11-22T08:00:00Z',
  body: 'Donna wants to answer Ana.\n\nAfter a yes the mail goes out.',
  unknown: [],
}
const yes: ApprovalAnswer = {
  by: 'ada',
  via: 'terminal',
  at: '2026-11-21T09:00:00Z',
  answer: 'yes',
  hash: request.hash,
  why: null,
  sig: `${'a'.repeat(86)}==`,
}
const context = {
  now: Date.parse('2026-11-21T10:00:00Z'),
  contract: CONTRACT,
  mayApprove: (person: string) => person === 'ada',
  whyNotSigned: ({sig}: ApprovalAnswer) => (sig === null ? 'it bears no signature' : null),
}
const judge = (
  answer: ApprovalAnswer | null,
  more: Partial<ApprovalRequest> = {},
  rules: Partial<typeof context> = {},
) => judgeApproval({request: {...request, ...more}, answer, use: null}, {...context, ...rules})

test('a yes to just this, in time, by one who may, is a yes', () => {
  expect(judge(null)).toEqual({status: 'waiting', reason: null})
  expect(judge(yes)).toEqual({status: 'approved', reason: null})
})

test.each([
  ['no', judge({...yes, answer: 'no'}), 'refused', 'ada said no'],
  [
    'the target was edited after the yes',
    judge(yes, {target: 'all@partner.example'}),
    'void',
    'the request was changed after it was made',
  ],
  [
    'an argument was edited',
    judge(yes, {args: {subject: 'Hi', n: 2}}),
    'void',
    'the request was changed after it was made',
  ],
  ['the yes was to another', judge({...yes, hash: CONTRACT}), 'void', 'the answer is to another request'],
  ['the yes bears no signature', judge({...yes, sig: null}), 'void', 'it bears no signature'],
  ['nobody who may', judge({...yes, by: 'ben'}), 'void', 'ben may not approve mail.send'],
  [
    'the contract changed',
    judge(yes, {}, {contract: `sha256:${'b'.repeat(64)}`}),
    'void',
    'the contract has changed since',
  ],
  ['too late', judge(yes, {}, {now: Date.parse('2026-11-22T08:00:00Z')}), 'expired', 'expired at 2026-11-22T08:00:00Z'],
  ['an answer too late', judge({...yes, at: '2026-11-23T08:00:00Z'}), 'expired', 'expired at 2026-11-22T08:00:00Z'],
])('%s', (_, state, status, reason) => {
  expect(state).toEqual({status, reason})
})

test('what was used is never used again', () => {
  const use = {at: '2026-11-21T09:30:00Z', turn: request.turn, key: 'k1'}
  expect(judgeApproval({request, answer: yes, use}, context)).toEqual({
    status: 'used',
    reason: 'used at 2026-11-21T09:30:00Z',
  })
})

test('the order of arguments is no difference, their values are', () => {
  expect(approvalHash({...deed, args: {n: 1, subject: 'Hi'}})).toBe(request.hash)
  expect(approvalHash({...deed, verb: 'mail.sen', target: `d${deed.target}`})).not.toBe(request.hash)
})

test('all three files are read back as they were written, and the hash with them', () => {
  const words = fc.string({minLength: 1, unit: 'binary'}).filter((text) => text.trim() !== '')
  const json = fc.dictionary(
    fc.stringMatching(/^[a-z]{1,8}$/),
    fc.oneof(fc.string({unit: 'binary'}), fc.integer(), fc.boolean(), fc.array(words, {maxLength: 3})),
    {noNullPrototype: true},
  )
  fc.assert(
    fc.property(words, words, json, words, (verb, target, args, body) => {
      const made = {
        ...request,
        verb,
        target,
        args,
        body: body.replaceAll('\r', ''),
        hash: approvalHash({...deed, verb, target, args}),
      }
      const read = parseRequest(formatRequest(made), 'request.md')
      expect(read).toEqual(made)
      expect(approvalHash(read)).toBe(read.hash)
      const answer = {...yes, via: verb}
      expect(parseAnswer(formatAnswer(answer), 'answer.md')).toEqual(answer)
      const use = {at: yes.at, turn: request.turn, key: target}
      expect(parseUse(formatUse(use), 'used.md')).toEqual(use)
    }),
    {numRuns: 150},
  )
})
