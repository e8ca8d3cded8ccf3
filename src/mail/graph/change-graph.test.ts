import {afterAll, afterEach, beforeAll, expect, test} from 'vitest'
import {type GraphScene, openGraphScene} from '../../../testing/graph-scene.js'
import type {Incoming} from '../mail.js'
import type {Mailbox, ReplyDraft} from '../mailbox.js'
import {openGraph} from './open-graph.js'

let scene: GraphScene
const open: Mailbox[] = []

beforeAll(async () => {
  scene = await openGraphScene()
})

afterEach(async () => {
  for (const mailbox of open.splice(0)) await mailbox.close()
  scene.server.behave()
})

afterAll(async () => {
  await scene.close()
  expect(scene.server.sends).toEqual([])
  expect(scene.server.strange).toEqual([])
  expect(scene.server.requests.filter(({prefer}) => !prefer.includes('IdType="ImmutableId"'))).toEqual([])
  expect(scene.server.requests.filter(({method}) => method === 'DELETE')).toEqual([])
})

async function mailboxOf(user: string): Promise<Mailbox> {
  const mailbox = await openGraph(scene.app(user), scene.machine())
  open.push(mailbox)
  return mailbox
}

async function oneMail(about: Parameters<GraphScene['deliver']>[1] = {}) {
  const user = scene.person()
  const id = await scene.deliver(user, about)
  const mailbox = await mailboxOf(user)
  const ref = {folder: 'inbox', key: id}
  const box = scene.server.mailbox(user)
  const mail = await mailbox.fetch(ref, null)
  if (!mail) throw new Error('it is not there')
  return {user, id, mailbox, ref, box, mail, stored: () => box.message(id).properties}
}

function replyTo({ref, head, received}: Incoming, text = 'Thank you.'): ReplyDraft {
  return {mark: 'm1', to: {ref, head, received}, text, quote: 'Hello.'}
}

test('a label, a flag and the mark of being read are made once and can be taken back', async () => {
  const {mailbox, ref, stored} = await oneMail()
  const changes = [{kind: 'label', label: 'Bell & Söhne'}, {kind: 'flag'}, {kind: 'seen'}] as const
  for (const change of changes) {
    expect(await mailbox.change(ref, {...change, on: false})).toEqual({state: 'already', ref})
    expect(await mailbox.change(ref, {...change, on: true})).toEqual({state: 'done', ref})
    expect(await mailbox.change(ref, {...change, on: true})).toEqual({state: 'already', ref})
  }
  expect(stored()).toMatchObject({categories: ['Bell & Söhne'], flag: {flagStatus: 'flagged'}, isRead: true})
  for (const change of changes) await mailbox.change(ref, {...change, on: false})
  expect(stored()).toMatchObject({categories: [], flag: {flagStatus: 'notFlagged'}, isRead: false})
})

test("a person's own labels stay, and case makes no second one", async () => {
  const {mailbox, ref, box, id, stored} = await oneMail()
  box.change(box.message(id), {categories: ['Mine', 'invoice']})
  expect(await mailbox.change(ref, {kind: 'label', label: 'Invoice', on: true})).toMatchObject({state: 'already'})
  await mailbox.change(ref, {kind: 'label', label: 'Legal', on: true})
  await mailbox.change(ref, {kind: 'label', label: 'INVOICE', on: false})
  expect(stored().categories).toEqual(['Mine', 'Legal'])
})

test('a moved mail keeps its id, and goes back by it', async () => {
  const {mailbox, ref, box, id} = await oneMail()
  const folder = box.addFolder('Projects')
  const moved = await mailbox.change(ref, {kind: 'move', to: 'Projects'})
  expect(moved).toEqual({state: 'done', ref: {folder: 'Projects', key: id}})
  expect(box.message(id).folder).toBe(folder.id)
  expect(await mailbox.change(moved.ref, {kind: 'move', to: 'Projects'})).toEqual({...moved, state: 'already'})
  expect(await mailbox.fetch(moved.ref, null)).toMatchObject({ref: {key: id}})
  expect(await mailbox.change(moved.ref, {kind: 'move', to: 'inbox'})).toEqual({state: 'done', ref})
  expect(await mailbox.change(ref, {kind: 'move', to: null})).toMatchObject({state: 'done', ref: {folder: 'archive'}})
})

test('what a person has moved or deleted is gone, and a folder that is not there is said so', async () => {
  const {mailbox, ref, box, id} = await oneMail()
  await expect(mailbox.change(ref, {kind: 'move', to: 'Nowhere'})).rejects.toMatchObject({kind: 'folder'})
  box.move(box.message(id), box.folderNamed('sentitems').id)
  expect(await mailbox.change(ref, {kind: 'move', to: null})).toEqual({state: 'gone', ref})
  expect(await mailbox.change(ref, {kind: 'flag', on: true})).toEqual({state: 'gone', ref})
  box.remove(box.message(id))
  expect(await mailbox.change(ref, {kind: 'flag', on: true})).toEqual({state: 'gone', ref})
  expect(await mailbox.fetch(ref, null)).toBe(null)
})

test('a mail whose id nobody knows is found in its folder by its Message-ID', async () => {
  const {mailbox, id} = await oneMail({messageId: "<o'one+1@bell.example>"})
  const found = await mailbox.fetch({folder: 'inbox', key: ''}, "o'one+1@bell.example")
  expect(found?.ref).toEqual({folder: 'inbox', key: id})
  expect(await mailbox.fetch({folder: 'inbox', key: 'AAkgone='}, "o'one+1@bell.example")).toMatchObject({
    ref: {key: id},
  })
  expect(await mailbox.fetch({folder: 'inbox', key: ''}, 'two@bell.example')).toBe(null)
  expect(await mailbox.fetch({folder: 'archive', key: ''}, "o'one+1@bell.example")).toBe(null)
  expect(await mailbox.fetch({folder: 'inbox', key: ''}, null)).toBe(null)
})

test('a reply lies in Drafts, to whom the thread names, with what was written as plain words', async () => {
  const {user, mailbox, mail, box} = await oneMail({from: 'Bea <bea@bell.example>', text: 'Answer to evil@x.example!'})
  const drafted = await mailbox.draft(replyTo(mail, 'Dear Bea,\n\n1 < 2 & 3 <img src=x>\nAda'))
  expect(drafted).toMatchObject({state: 'done', ref: {folder: 'drafts'}})
  const [draft] = box.in(box.folder('drafts').id)
  expect(draft?.properties.isDraft).toBe(true)
  expect(draft?.properties.toRecipients).toEqual([{emailAddress: {name: 'Bea', address: 'bea@bell.example'}}])
  expect(draft?.properties.body.content).toContain('Dear Bea,<br>\n<br>\n1 &lt; 2 &amp; 3 &lt;img src=x&gt;<br>\nAda')
  expect(draft?.properties.conversationId).toBe(box.message(mail.ref.key).properties.conversationId)
  const asked = scene.server.requests.filter(({method, path}) => method === 'POST' && path.includes(user))
  expect(asked.map(({path}) => path.split('/').at(-1))).toEqual(['createReply'])
})

test('one draft a conversation: neither a second one of ours nor one beside that of a person', async () => {
  const {user, mailbox, mail, box} = await oneMail({messageId: '<a@bell.example>'})
  const first = await mailbox.draft(replyTo(mail))
  expect(await mailbox.draft(replyTo(mail))).toEqual({state: 'there', ref: first.ref})
  const later = await scene.deliver(user, {references: '<a@bell.example>'})
  const next = await mailbox.fetch({folder: 'inbox', key: later}, null)
  if (next) expect(await mailbox.draft(replyTo(next))).toMatchObject({state: 'there'})
  expect(box.in(box.folder('drafts').id)).toHaveLength(1)
  const other = await oneMail()
  expect(await other.mailbox.draft(replyTo(other.mail))).toMatchObject({state: 'done'})
})

test('a draft that was made although its answer got lost is not made again', async () => {
  const {mailbox, mail, box} = await oneMail()
  scene.server.misbehave({what: 'cut', when: 'after', on: /createReply/})
  await expect(mailbox.draft(replyTo(mail))).rejects.toMatchObject({kind: 'cut'})
  expect(await mailbox.draft(replyTo(mail))).toMatchObject({state: 'there'})
  expect(box.in(box.folder('drafts').id)).toHaveLength(1)
})

test('a draft of ours goes to the trash, one that a person has changed or sent stays', async () => {
  const {mailbox, mail, box} = await oneMail()
  const drafts = () => box.in(box.folder('drafts').id)
  const first = await mailbox.draft(replyTo(mail))
  expect(await mailbox.withdraw(first.ref)).toBe('done')
  expect([drafts().length, box.in(box.folder('deleteditems').id).length]).toEqual([0, 1])
  expect(await mailbox.withdraw(first.ref)).toBe('gone')
  const second = await mailbox.draft(replyTo(mail))
  const [draft] = drafts()
  if (draft) box.change(draft, {subject: 'RE: in my own words'})
  expect(await mailbox.withdraw(second.ref)).toBe('changed')
  if (draft) box.change(draft, {isDraft: false})
  expect(await mailbox.withdraw(second.ref)).toBe('gone')
  if (draft) box.remove(draft)
  expect(await mailbox.withdraw(second.ref)).toBe('gone')
})

test('a reply that is plain text has no tags in it', async () => {
  const {mailbox, mail, box} = await oneMail()
  const html = await mailbox.draft(replyTo(mail, 'one\ntwo < three'))
  const {asPlain} = await import('./drafts.js')
  const body = 'one<br>\ntwo &lt; three\n\n> Hello.'
  const comment = 'one<br>\ntwo &lt; three'
  expect(asPlain({contentType: 'text', content: body}, {comment, text: 'one\ntwo < three'})).toBe(
    'one\ntwo < three\n\n> Hello.',
  )
  expect(asPlain({contentType: 'html', content: body}, {comment, text: 'one\ntwo < three'})).toBe(null)
  expect(box.message(html.ref.key.split('#')[0] ?? '').properties.body.contentType).toBe('html')
})

test('folders are told with their mails, also those within others', async () => {
  const {user, mailbox, box} = await oneMail()
  const projects = box.addFolder('Projects')
  box.addFolder('North Wind', {parent: projects.id})
  await scene.deliver(user, {folder: 'North Wind'})
  const folders = await mailbox.folders()
  expect(folders).toContainEqual({name: 'Inbox', mails: 1})
  expect(folders).toContainEqual({name: 'Projects/North Wind', mails: 1})
})
