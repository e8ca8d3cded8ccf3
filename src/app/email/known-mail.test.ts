import {expect, test} from 'vitest'
import {accountWord, actionOn, correctionOf, seenMail, toldOf, urgentMail} from '../../../testing/mail-records.js'
import {openMailScene} from '../../../testing/mail-scene.js'
import type {MailRecord} from '../../mail/ledger/record.js'
import {listAccounts} from './accounts.js'
import {correctMail} from './correct.js'
import {findMail} from './find-mail.js'
import {showMail} from './show.js'

const PERSON = {kind: 'person'} as const
const DONNA = {kind: 'agent', name: 'donna', by: 'itself'} as const
const JARVIS = {kind: 'agent', name: 'jarvis', by: 'itself'} as const
const AT = '2026-11-21T08:00:00.000Z'
const DAY = '2026-11-21'
const LEDGER = `workspaces/donna/mail/${DAY}.jsonl`
const ACCOUNTS = {
  home: 'kind: imap, host: imap.example, user: ada, password: env:HOME_MAIL, agent: donna, escalate: jarvis',
  local: 'kind: maildir, path: Mail, agent: donna',
  team: 'kind: graph, user: team@northwind.example, tenant: t, client_id: c, agent: jarvis',
}
const signal = new AbortController().signal

const shop = seenMail('shop', {at: AT, account: 'home', from: 'deals@shop.example', actions: [{kind: 'flag'}]})
const outage = urgentMail('outage', {at: AT, account: 'home', from: 'bot@status.example'})

function scene(records: readonly MailRecord[] = [shop, outage]) {
  return openMailScene({accounts: ACCOUNTS, ledger: {[DAY]: records}})
}

test('a mail is found by any beginning of its id that is its alone, however old it is', async () => {
  const old = seenMail('old', {at: '2025-01-02T03:04:05.000Z'})
  const fleet = await openMailScene({ledger: {'2025-01-02': [old], [DAY]: [shop, outage]}}).open()
  const found = (typed: string) => findMail(fleet, typed, PERSON).entry.seen.id
  expect(found(shop.id)).toBe(shop.id)
  expect(found(shop.id.slice(0, 7))).toBe(shop.id)
  expect(found(shop.id.slice(2, 9).toUpperCase())).toBe(shop.id)
  expect(found(old.id.slice(0, 8))).toBe(old.id)
  expect(() => found('m_')).toThrow(/fits 2 of them/)
  expect(() => found('m_zzzz')).toThrow('There is no mail "m_zzzz".')
  expect(() => findMail(fleet, shop.id, JARVIS)).toThrow('There is no mail')
})

test('what is known of a mail is its verdict, what was done and who was told', async () => {
  const fleet = await scene([
    {...outage, actions: [{kind: 'flag'}, {kind: 'archive'}]},
    toldOf(outage, {at: AT}),
    actionOn(outage, 0, {at: AT, wish: {kind: 'flag'}}),
    correctionOf(outage, {at: AT, class: 'notification', urgency: 2}),
  ]).open()
  expect(await showMail(fleet, {id: outage.id, body: false, signal}, DONNA)).toMatchObject({
    mail: {id: outage.id, class: 'urgent'},
    class: 'notification',
    urgency: 2,
    corrected_by: 'ada',
    actions: [
      {n: 0, state: 'done'},
      {n: 1, state: 'proposed', wish: {kind: 'archive'}},
    ],
    told: [{to: 'jarvis', at: AT, state: 'urgent'}],
    body: null,
    no_body: null,
  })
})

test('the accounts are told as this machine and the ledger know them, without a network', async () => {
  const at = '2026-11-20T07:00:00.000Z'
  const failing = accountWord('failing', {at, since: at, account: 'local', detail: 'Mail is not there'})
  const home = openMailScene({accounts: ACCOUNTS, ledger: {'2026-11-20': [failing], [DAY]: [shop, outage]}})
  const failure = {
    kind: 'credentials',
    message: 'imap.example refuses the password of ada',
    fix: 'mcos secrets set HOME_MAIL',
    since: AT,
    notBefore: null,
    refused: 'x',
  }
  home.write('.mcos/mail/home.json', JSON.stringify({cursor: null, checked: AT, fresh: 3, failure}))
  const fleet = await home.open()
  const {accounts} = listAccounts(fleet, PERSON)
  expect(accounts).toMatchObject([
    {account: 'home', where: 'ada at imap.example', checked: AT, new: 3, week: 2, failing: AT, fix: failure.fix},
    {account: 'local', where: 'Mail', checked: null, failing: at, detail: 'Mail is not there', week: 0},
    {account: 'team', kind: 'graph', agent: 'jarvis', where: 'team@northwind.example at Microsoft 365', failing: null},
  ])
  expect(listAccounts(fleet, DONNA).accounts.map(({account}) => account)).toEqual(['home', 'local'])
})

test('a correction is a rule, a record and a page in one commit, and a second time nothing', async () => {
  const home = scene()
  const commits = home.countCommits()
  const corrected = correctMail(await home.open(), {id: shop.id, class: 'newsletter', urgency: null})
  expect(corrected).toMatchObject({
    was: {class: 'other', urgency: 1},
    is: {class: 'newsletter', urgency: 0},
    rule: expect.stringContaining('deals@shop.example'),
    file: 'workspaces/donna/MAIL.md',
  })
  expect(home.read('workspaces/donna/MAIL.md')).toContain(corrected.rule)
  expect(home.read(LEDGER)).toMatch(/"kind":"corrected".*"class":"newsletter"/)
  expect(home.read(`workspaces/donna/mail/${DAY}.md`)).toContain('1 newsletter')
  expect(home.countCommits()).toBe(commits + 1)
  expect(home.git('status', '--porcelain')).toBe('')
  const trailers = home.git('log', '-1', '--format=%(trailers:only,unfold)')
  expect(trailers).toContain('Mcos-Agent: donna')
  expect(trailers).toContain('Mcos-Trigger: person')
  const turn = /Mcos-Turn: (\S+)/.exec(trailers)?.[1]
  expect(home.read(LEDGER)).toContain(`"turn":"${turn}"`)

  const again = correctMail(await home.open(), {id: shop.id, class: 'newsletter', urgency: null})
  expect(again).toMatchObject({rule: null, commit: null})
  expect(home.countCommits()).toBe(commits + 1)
})

test('a correction of a mail of an earlier day is written down today', async () => {
  const home = openMailScene({accounts: ACCOUNTS, ledger: {'2026-11-19': [{...shop, at: '2026-11-19T08:00:00.000Z'}]}})
  correctMail(await home.open(), {id: shop.id, class: 'urgent', urgency: 2})
  expect(home.read(LEDGER)).toMatch(/"class":"urgent","urgency":2/)
  expect(home.read(`workspaces/donna/mail/${DAY}.md`)).toContain('New words on earlier mail')
  expect(home.list('workspaces/donna/mail')).toEqual(['2026-11-19.jsonl', `${DAY}.jsonl`, `${DAY}.md`])
})
