import {expect, test} from 'vitest'
import type {MailHead} from './mail.js'
import {whyNoReply} from './may-reply.js'
import {headOf} from './parse/head-of.js'

const OWN = ['ada@northwind.example']

function head(from: string, more: Readonly<Record<string, string>> = {}): MailHead {
  return headOf([{name: 'From', value: from}, ...Object.entries(more).map(([name, value]) => ({name, value}))])
}

test.each([
  ['its sender', head('Ben <ben@partner.example>')],
  ['the same address', head('ben@partner.example', {'Reply-To': 'Ben <ben@partner.example>'})],
  ['somebody next door', head('ben@partner.example', {'Reply-To': 'desk@mail.partner.example'})],
])('a draft may go to %s', (_, mail) => {
  expect(whyNoReply(mail, OWN)).toBeNull()
})

test.each([
  ['another house', head('ben@partner.example', {'Reply-To': 'ben@evil.example'}), /another house/],
  [
    'a house that only ends alike',
    head('ben@partner.example', {'Reply-To': 'ben@evilpartner.example'}),
    /another house/,
  ],
  [
    'another house besides',
    head('ben@partner.example', {'Reply-To': 'ben@partner.example, x@evil.example'}),
    /another house/,
  ],
  ['a stranger where anybody has an address', head('ben@gmail.com', {'Reply-To': 'ben2@gmail.com'}), /another house/],
  ['a house that imitates', head('ben@bank.example', {'Reply-To': 'ben@b\u0430nk.example'}), /another house/],
  ['nobody', head('MAILER-DAEMON'), /nobody to answer/],
  ['us', head('Ada <ada@northwind.example>'), /the account itself/],
  ['us by a detour', head('ben@partner.example', {'Reply-To': 'ada@northwind.example'}), /the account itself/],
  ['nobody who reads', head('no-reply@partner.example'), /read by nobody/],
  ['a list', head('ben@partner.example', {'List-Id': '<all.partner.example>'}), /a list/],
  ['a machine', head('ben@partner.example', {'Auto-Submitted': 'auto-replied'}), /a machine/],
])('no draft goes to %s', (_, mail, why) => {
  expect(whyNoReply(mail, OWN)).toMatch(why)
})
