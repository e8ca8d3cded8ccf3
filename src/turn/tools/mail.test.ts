import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import type {Scene} from '../../../testing/heartbeat-scene.js'
import {openToolScene, type ToolScene} from '../../../testing/tool-scene.js'
import {parseRecords} from '../../mail/ledger/parse.js'
import type {MailRecord} from '../../mail/ledger/record.js'
import type {Contract} from '../../workspace/soul.js'

const NOW = '2026-11-21T08:30:00Z'
const MAIL = [
  'From: Mia <mia@customer.example>',
  'To: ada@northwind.example',
  'Subject: When do you come',
  'Message-ID: <when@customer.example>',
  'Date: Sat, 21 Nov 2026 08:00:00 +0000',
  '',
  'Could you tell me when?',
  '',
].join('\r\n')

const LEDGER = 'workspaces/donna/mail/2026-11-21.jsonl'

/** A turn of donna after a beat that has triaged one mail. */
async function open(
  contract: Partial<Contract> = {may: ['message', 'mail.*']},
): Promise<ToolScene & {readonly id: string}> {
  const opened = await openToolScene({
    at: NOW,
    contract,
    files: {
      'mcos.yaml':
        'version: 1\nname: northwind\nmail:\n  accounts:\n    home: { kind: maildir, path: Mail, agent: donna, addresses: [ada@northwind.example] }\n    hers: { kind: maildir, path: Hers, agent: jarvis }\n',
      'workspaces/donna/HEARTBEAT.md': '# HEARTBEAT.md\n\n## Mail (every heartbeat)\n`mail`\n',
      '.gitignore': '/Mail\n.mcos/\n',
    },
    before: async (scene) => {
      deliver(scene)
      await scene.beatOne('donna')
    },
  })
  const [mail] = records(opened).filter((record) => record.kind === 'mail')
  return {...opened, id: mail?.kind === 'mail' ? mail.id : ''}
}

function deliver({dir}: Scene): void {
  for (const box of ['Mail', 'Mail/.Drafts', 'Mail/.Trash', 'Mail/.Archive'])
    for (const folder of ['cur', 'new', 'tmp']) mkdirSync(join(dir, box, folder), {recursive: true})
  writeFileSync(join(dir, 'Mail/new/1.host'), MAIL)
}

function records({context, planned}: Pick<ToolScene, 'context' | 'planned'>): readonly MailRecord[] {
  return parseRecords(planned(LEDGER) ?? context.fleet.home.files.readText(LEDGER) ?? '', LEDGER).records
}

test('a mail is read as data from outside, and taints the turn', async () => {
  const {call, id} = await open()
  const {done, effect} = await call('mail_read', {id})
  expect(effect).toBeNull()
  expect(done).toMatchObject({taint: 'mail from mia@customer.example', line: `read mail ${id}`})
  expect(done?.text).toContain('Could you tell me when?')
})

test('a draft lies ready in the thread, once, and ledger and page of the turn say so', async () => {
  const scene = await open()
  const {call, id, planned, context} = scene
  const first = await call('mail_do', {id, action: 'draft', value: 'On Monday at nine.'})
  expect(first).toMatchObject({effect: 'allow', refusal: null})
  expect(await call('mail_do', {id, action: 'draft', value: 'On Tuesday.'})).toMatchObject({refusal: null})
  expect(
    context.fleet.home.files.list('Mail/.Drafts/cur').length + context.fleet.home.files.list('Mail/.Drafts/new').length,
  ).toBe(1)
  const actions = records(scene).filter((record) => record.kind === 'action')
  expect(actions).toMatchObject([
    {n: 0, state: 'done', wish: {kind: 'draft'}},
    {n: 1, state: 'already', wish: {kind: 'draft'}},
  ])
  expect(planned('workspaces/donna/mail/2026-11-21.md')).toContain('draft')
})

test.each([
  ['what the contract has no word for', {may: ['message']}, {action: 'draft', value: 'x'}, 'mail.draft'],
  ['a draft without its text', {may: ['mail.*']}, {action: 'draft'}, '"value"'],
  ['what is no action', {may: ['mail.*']}, {action: 'send', value: 'x'}, '"action"'],
  ['a folder that is not there', {may: ['mail.*']}, {action: 'move', value: 'Nowhere'}, 'Nowhere'],
])('%s is refused with its reason', async (_, contract, input, reason) => {
  const {call, id} = await open(contract)
  expect((await call('mail_do', {id, ...input})).refusal).toContain(reason)
})

test("a mail that nobody has recorded, or another's, is nobody's to act on", async () => {
  const {call} = await open()
  expect((await call('mail_read', {id: 'm_000000000000'})).refusal).toContain('no mail')
})

test('after a secret was read nothing leaves by a mailbox', async () => {
  const {context, id} = await open()
  const {act} = await import('../act.js')
  const {loadTools} = await import('../tool-list.js')
  const facts = {...context.facts, secrets: ['.env'], taint: ['mail from mia@customer.example']}
  const call = {id: '1', tool: 'mail_do', input: {id, action: 'label', value: 'x'}}
  expect((await act(call, await loadTools(), {...context, facts})).effect).toBe('deny')
})
