import {afterAll, beforeAll, describe, expect} from 'vitest'
import {type Dovecot, startDovecot} from '../../../testing/dovecot/server.js'
import {drain, imapAccount, mail, openForTest, PASSWORD} from '../../../testing/imap-scene.js'
import {DOVECOT, testNeeding} from '../../../testing/needs.js'
import type {Incoming} from '../mail.js'
import type {Mailbox, ReplyDraft} from '../mailbox.js'

const test = testNeeding(...DOVECOT)

describe('changing an IMAP account', () => {
  let server: Dovecot
  let users = 0

  beforeAll(async () => {
    server = await startDovecot()
  })
  afterAll(() => server?.close())

  interface Scene {
    readonly user: string
    readonly mailbox: Mailbox
    readonly one: Incoming
  }

  /** A user with two mails, of which the first has been read. */
  async function scene(): Promise<Scene> {
    const user = `user${++users}`
    server.user(user, PASSWORD)
    server.deliverAll(user, [mail('one'), mail('two')])
    const mailbox = await openForTest(imapAccount(server, {user}))
    const [one] = (await drain(mailbox)).batches[0]?.mails ?? []
    if (!one) throw new Error('no mail')
    return {user, mailbox, one}
  }

  function reply(to: Incoming, mark = 'd-1'): ReplyDraft {
    return {mark, to, text: 'Thank you, Ben.', quote: 'Hello.'}
  }

  test('flags and unflags, marks and unmarks, and says when it was so already', async () => {
    const {user, mailbox, one} = await scene()
    const states = []
    for (const [kind, on] of [
      ['flag', true],
      ['flag', true],
      ['seen', true],
      ['flag', false],
      ['flag', false],
    ] as const) {
      states.push((await mailbox.change(one.ref, {kind, on})).state)
    }
    expect(states).toEqual(['done', 'already', 'done', 'done', 'already'])
    expect(server.read(user).map(({flags}) => flags)).toEqual([['\\Seen'], []])
  })

  test('keeps a label as a keyword that every client sees, and takes it off again', async () => {
    const {mailbox, one} = await scene()
    const label = 'Needs reply: Grüße'
    expect(await mailbox.change(one.ref, {kind: 'label', label, on: true})).toEqual({state: 'done', ref: one.ref})
    expect((await mailbox.change(one.ref, {kind: 'label', label, on: true})).state).toBe('already')
    expect((await mailbox.change(one.ref, {kind: 'label', label, on: false})).state).toBe('done')
    const none = mailbox.change(one.ref, {kind: 'label', label: '\r\n* ', on: true})
    await expect(none).rejects.toMatchObject({name: 'MailTrouble', kind: 'protocol'})
  })

  test('says of a mail that is gone that it is gone, whatever is asked of it', async () => {
    const {user, mailbox, one} = await scene()
    server.remove(user, 'INBOX', (raw) => raw.includes('Subject: one'))
    for (const change of [
      {kind: 'flag', on: true},
      {kind: 'label', label: 'x', on: true},
      {kind: 'move', to: 'Archive'},
    ] as const) {
      expect(await mailbox.change(one.ref, change)).toEqual({state: 'gone', ref: one.ref})
    }
    expect(await mailbox.change({...one.ref, key: 'nonsense'}, {kind: 'flag', on: true})).toMatchObject({state: 'gone'})
    expect(await mailbox.change({...one.ref, key: '1:1'}, {kind: 'flag', on: true})).toMatchObject({state: 'gone'})
  })

  test('archives and moves, says where the mail is then, and moves it back', async () => {
    const {user, mailbox, one} = await scene()
    const archived = await mailbox.change(one.ref, {kind: 'move', to: null})
    expect(archived).toMatchObject({state: 'done', ref: {folder: 'Archive', key: expect.stringMatching(/^\d+:1$/)}})
    expect((await mailbox.fetch(archived.ref, null))?.head.subject).toBe('one')
    expect(server.read(user)).toHaveLength(1)
    const back = await mailbox.change(archived.ref, {kind: 'move', to: 'INBOX'})
    expect(back).toMatchObject({state: 'done', ref: {folder: 'INBOX'}})
    expect(await mailbox.change(back.ref, {kind: 'move', to: 'INBOX'})).toEqual({state: 'already', ref: back.ref})
    expect(server.read(user, 'Archive')).toHaveLength(0)
    expect(server.read(user)).toHaveLength(2)
  })

  test('moves nothing to a folder that is not there, and names those that are', async () => {
    const {user, mailbox, one} = await scene()
    const moving = mailbox.change(one.ref, {kind: 'move', to: 'Nowhere'})
    await expect(moving).rejects.toMatchObject({kind: 'folder', message: 'there is no folder Nowhere'})
    await expect(moving).rejects.toHaveProperty('options.fix', expect.stringContaining('Archive'))
    expect(server.read(user)).toHaveLength(2)
  })

  test('finds a mail again by its Message-ID after its folder was numbered anew', async () => {
    const {user, mailbox, one} = await scene()
    await mailbox.close()
    server.bumpUidValidity(user)
    const again = await openForTest(imapAccount(server, {user}))
    expect(await again.fetch(one.ref, null)).toBeNull()
    const found = await again.fetch(one.ref, one.head.messageId)
    expect(found?.head.subject).toBe('one')
    expect(found?.ref.key).not.toBe(one.ref.key)
    expect(await again.fetch(one.ref, 'no-such@id.example')).toBeNull()
  })

  test('lays a draft once, in the drafts of the account and marked as one', async () => {
    const {user, mailbox, one} = await scene()
    const laid = await mailbox.draft(reply(one))
    expect(laid).toMatchObject({state: 'done', ref: {folder: 'Drafts'}})
    expect(await mailbox.draft(reply(one))).toEqual({...laid, state: 'there'})
    const [draft] = server.read(user, 'Drafts')
    expect(server.read(user, 'Drafts')).toHaveLength(1)
    expect(draft?.flags).toContain('\\Draft')
    expect(draft?.raw.toString()).toContain('In-Reply-To: <one@partner.example>')
  })

  test('lays none where a person has begun one in the thread', async () => {
    const {user, mailbox, one} = await scene()
    server.deliver(user, mail('Re: one', {more: 'In-Reply-To: <one@partner.example>'}), {folder: 'Drafts'})
    expect(await mailbox.draft(reply(one))).toMatchObject({state: 'there', ref: {folder: 'Drafts'}})
    expect(server.read(user, 'Drafts')).toHaveLength(1)
  })

  test('withdraws a draft to the trash, and once', async () => {
    const {user, mailbox, one} = await scene()
    const {ref} = await mailbox.draft(reply(one))
    expect(await mailbox.withdraw(ref)).toBe('done')
    expect(server.read(user, 'Drafts')).toHaveLength(0)
    expect(server.read(user, 'Trash')).toHaveLength(1)
    expect(await mailbox.withdraw(ref)).toBe('gone')
  })

  test('leaves a draft alone that a person has changed', async () => {
    const {user, mailbox, one} = await scene()
    const {ref} = await mailbox.draft(reply(one))
    const [draft] = server.read(user, 'Drafts')
    const changed = draft?.raw.toString().replace('Thank you', 'No thanks') ?? ''
    server.deliver(user, changed, {folder: 'Drafts', flags: ['\\Draft']})
    const theirs = {...ref, key: ref.key.replace(/:\d+$/, ':2')}
    expect(await mailbox.withdraw(theirs)).toBe('changed')
    expect(server.read(user, 'Drafts')).toHaveLength(2)
  })

  test('keeps apart what is asked for at once in several folders', async () => {
    const {user, mailbox, one} = await scene()
    server.deliver(user, mail('filed'), {folder: 'Bills'})
    const changes = await Promise.all([
      mailbox.change(one.ref, {kind: 'flag', on: true}),
      mailbox.draft(reply(one)),
      mailbox.folders(),
      mailbox.fetch(one.ref, null),
      mailbox.change(one.ref, {kind: 'seen', on: true}),
    ])
    expect(changes).toMatchObject([{state: 'done'}, {state: 'done'}, {}, {head: {subject: 'one'}}, {state: 'done'}])
    expect(server.read(user).map(({flags}) => flags)).toEqual([['\\Flagged', '\\Seen'], []])
    expect(server.read(user, 'Bills').map(({flags}) => flags)).toEqual([[]])
  })

  test('tells the folders with how many mails are in each', async () => {
    const {mailbox} = await scene()
    expect(await mailbox.folders()).toContainEqual({name: 'INBOX', mails: 2})
    expect(await mailbox.folders()).toContainEqual({name: 'Archive', mails: 0})
  })
})
