import {expect, test} from 'vitest'
import {readAddresses} from './addresses.js'
import {headOf} from './head-of.js'
import {readMailDate} from './mail-date.js'

test.each([
  ['a plain address', 'Ana@Partner.Example', [{name: '', address: 'ana@partner.example'}]],
  ['a name before it', 'Ana Lopes <ana@partner.example>', [{name: 'Ana Lopes', address: 'ana@partner.example'}]],
  [
    'a comment for a name',
    'ana@partner.example (Ana (the boss))',
    [{name: 'Ana (the boss)', address: 'ana@partner.example'}],
  ],
  ['a comment between', 'Ana (a, b) <ana@partner.example>', [{name: 'Ana', address: 'ana@partner.example'}]],
  [
    'a quoted name with a comma',
    '"Lopes, Ana" <ana@p.example>, Ben <ben@p.example>',
    [
      {name: 'Lopes, Ana', address: 'ana@p.example'},
      {name: 'Ben', address: 'ben@p.example'},
    ],
  ],
  [
    'a name that is another address',
    '"ceo@bank.example" <evil@x.example>',
    [{name: 'ceo@bank.example', address: 'evil@x.example'}],
  ],
  [
    'the same without quotes',
    'ceo@bank.example <evil@x.example>',
    [{name: 'ceo@bank.example', address: 'evil@x.example'}],
  ],
  [
    'brackets in a quoted name',
    '"Bank <ceo@bank.example>" <evil@x.example>',
    [{name: 'Bank <ceo@bank.example>', address: 'evil@x.example'}],
  ],
  [
    'an encoded word that holds an address',
    '=?utf-8?q?ceo=40bank=2Eexample=3E?= <evil@x.example>',
    [{name: 'ceo@bank.example>', address: 'evil@x.example'}],
  ],
  ['an encoded address alone', '=?utf-8?q?ceo=40bank=2Eexample?=', [{name: 'ceo@bank.example', address: ''}]],
  [
    'a group',
    'Team: ana@p.example, Ben <ben@p.example>;, eve@p.example',
    [
      {name: '', address: 'ana@p.example'},
      {name: 'Ben', address: 'ben@p.example'},
      {name: '', address: 'eve@p.example'},
    ],
  ],
  ['nobody', 'undisclosed-recipients:;', []],
  ['empty brackets', '<>', []],
  ['a daemon without a host', 'MAILER-DAEMON (Mail Delivery)', [{name: 'MAILER-DAEMON', address: ''}]],
  ['no closing bracket', 'Ana <ana@p.example', [{name: 'Ana', address: 'ana@p.example'}]],
  [
    'a comma in an encoded word',
    '=?utf-8?q?Lopes,_Ana?= <ana@p.example>',
    [{name: 'Lopes, Ana', address: 'ana@p.example'}],
  ],
  [
    'letters that look like others',
    'Bank <pay@b\u0430nk.example>',
    [{name: 'Bank', address: 'pay@xn--bnk-6cd.example'}],
  ],
  ['a host of letters that are not ASCII', 'x@München.example', [{name: '', address: 'x@xn--mnchen-3ya.example'}]],
  ['invisible characters', 'Ana <a\u200bna@p.example\u202e>', [{name: 'Ana', address: 'ana@p.example'}]],
  ['a local part in quotes', '"john.doe"@p.example', [{name: '', address: '"john.doe"@p.example'}]],
])('reads %s', (_, text, addresses) => {
  expect(readAddresses(text)).toEqual(addresses)
})

test('an encoded word adds no address, no line and nothing invisible', () => {
  const [from, ...more] = readAddresses('=?utf-8?q?Ana=0D=0ABcc:_x=40y.example,_=1B[2Jq=40z.example?= <ana@p.example>')
  expect([from, more]).toEqual([{name: 'Ana Bcc: x@y.example, q@z.example', address: 'ana@p.example'}, []])
})

test.each([
  ['Fri, 20 Nov 2026 09:05:07 +0200', '2026-11-20T07:05:07.000Z'],
  ['20 Nov 2026 09:05 EST', '2026-11-20T14:05:00.000Z'],
  ['Fri, 20 Nov 26 09:05:07 GMT (a comment)', '2026-11-20T09:05:07.000Z'],
  ['Sat Mar  1 12:00:00 2003', '2003-03-01T12:00:00.000Z'],
  ['2026-11-20T09:05:07Z', '2026-11-20T09:05:07.000Z'],
  ['20-Nov-2026 09.05.07 -0330', '2026-11-20T12:35:07.000Z'],
  ['Fri, 31 Feb 2026 09:05:07 +0000', null],
  ['Fri, 20 Nov 2026 25:05:07 +0000', null],
  ['1 Jan 1969 00:00:00 +0000', null],
  ['foo 8', null],
  ['', null],
  ['Thu, 99 Foo 99999 99:99:99 +9999', null],
])('reads the date %j as %j', (text, iso) => {
  expect(readMailDate(text)).toBe(iso)
})

test('of duplicated headers the first counts, and several senders are kept to be judged', () => {
  const head = headOf([
    {name: 'FROM', value: 'Real <real@a.example>'},
    {name: 'From', value: 'Other <other@b.example>'},
    {name: 'subject', value: 'one'},
    {name: 'Subject', value: 'two'},
    {name: 'To', value: 'x@a.example'},
    {name: 'To', value: 'y@a.example'},
    {name: 'Authentication-Results', value: 'mx.a.example; dmarc=pass'},
    {name: 'Authentication-Results', value: 'mx.forged.example; dmarc=fail'},
  ])
  expect(head).toMatchObject({from: {name: 'Real', address: 'real@a.example'}, subject: 'one'})
  expect(head.to.map(({address}) => address)).toEqual(['x@a.example', 'y@a.example'])
  expect(head.headers).toEqual({
    from: ['Real <real@a.example>', 'Other <other@b.example>'],
    'authentication-results': ['mx.a.example; dmarc=pass', 'mx.forged.example; dmarc=fail'],
  })
})

test('a From line with several addresses is kept too', () => {
  const head = headOf([{name: 'From', value: 'a@a.example, b@b.example'}])
  expect([head.from.address, head.headers['from']]).toEqual(['a@a.example', ['a@a.example, b@b.example']])
})

test('no header at all is a head of nobody', () => {
  expect(headOf([])).toEqual({
    messageId: null,
    from: {name: '', address: ''},
    sender: null,
    replyTo: [],
    to: [],
    cc: [],
    subject: '',
    date: null,
    references: [],
    inReplyTo: null,
    headers: {},
  })
})

test('ids lose their brackets, and of too many the oldest names the thread', () => {
  const many = Array.from({length: 300}, (_, index) => `<${index}@a.example>`).join(' ')
  const head = headOf([
    {name: 'Message-ID', value: ' <one@a.example> (added by x)'},
    {name: 'In-Reply-To', value: 'Your mail of Monday <two@a.example>'},
    {name: 'References', value: many},
  ])
  expect([head.messageId, head.inReplyTo]).toEqual(['one@a.example', 'two@a.example'])
  expect([head.references.length, head.references[0], head.references.at(-1)]).toEqual([
    100,
    '0@a.example',
    '299@a.example',
  ])
})

test.each([
  ['a letter split between two words', '=?utf-8?b?4oI=?= =?utf-8?b?rA==?=', '€'],
  ['words of several charsets', '=?koi8-r?b?8NLJ18XU?= =?iso-2022-jp?b?GyRCRnxLXBsoQg==?=', 'Привет日本'],
  ['a language tag', '=?utf-8*de?q?Gr=C3=BC=C3=9Fe?=', 'Grüße'],
  ['an unknown charset', '=?x-nothing?q?caf=E9?=', 'café'],
  ['a wrong charset', '=?us-ascii?q?caf=C3=A9?=', 'café'],
  ['spaces inside', '=?utf-8?q?two words here?= end', 'two words here end'],
  ['utf-7', '=?utf-7?q?+AOQ-?=', 'ä'],
  ['no end', '=?utf-8?q?never', '=?utf-8?q?never'],
  ['gb18030', '=?gb18030?b?1tDOxA==?=', '中文'],
  ['typographic marks of Windows', '=?windows-1252?q?L=92eau_=80?=', 'L’eau €'],
])('reads %s in a subject', (_, value, subject) => {
  expect(headOf([{name: 'Subject', value}]).subject).toBe(subject)
})

test.each([
  '*@*',
  'x@*.example',
  '*@bank.example, x',
  'a@b@bank.example',
  'a@bank.example>',
  'a b@bank.example',
  '"a b"@bank.example',
  'x@[*]',
  'x@bank.example/evil',
])('no address that a rule or a draft goes by holds more than one could write to: %s', (text) => {
  for (const {address} of readAddresses(`<${text}>`)) expect(address).toMatch(/^(?:\S+@[\w.-]+)?$/)
  expect(readAddresses(`<${text}>`).map(({address}) => address)).not.toContain('a@b@bank.example')
})
