import {expect, test} from 'vitest'
import {approversOf, mayApprove} from './domains.js'

const people = {
  ada: {approves: ['all'], via: ['terminal', 'telegram:1']},
  ben: {approves: ['mail', 'money.*'], via: ['telegram:777']},
  eve: {approves: [], via: ['telegram:666']},
}

test.each([
  ['ada', 'http.post', true],
  ['ada', 'alert', true],
  ['ben', 'mail', true],
  ['ben', 'mail.send', true],
  ['ben', 'MAIL.send', true],
  ['ben', 'money.transfer', true],
  ['ben', 'mailbox', false],
  ['ben', 'memory.add', false],
  ['eve', 'mail.send', false],
  ['nobody', 'mail.send', false],
  ['constructor', 'mail.send', false],
])('%s says yes to %s: %s', (name, verb, isSo) => {
  expect(mayApprove(people, name, verb)).toBe(isSo)
})

test('all who may are told in the order of mcos.yaml, with how they are reached', () => {
  expect(approversOf(people, 'mail.send')).toEqual([
    {name: 'ada', via: ['terminal', 'telegram:1']},
    {name: 'ben', via: ['telegram:777']},
  ])
  expect(approversOf(people, 'deploy').map(({name}) => name)).toEqual(['ada'])
})
