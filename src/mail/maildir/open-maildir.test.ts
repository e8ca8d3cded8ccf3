import {mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, utimesSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {drain, mail, openDeps} from '../../../testing/imap-scene.js'
import type {MaildirAccount} from '../../workspace/config.js'
import type {Incoming} from '../mail.js'
import type {Mailbox, ReplyDraft} from '../mailbox.js'
import type {OpenDeps} from '../open-deps.js'
import {openMaildir} from './open-maildir.js'

function account(changes: Partial<MaildirAccount> = {}): MaildirAccount {
  return {
    kind: 'maildir',
    path: '~/Mail/INBOX',
    agent: 'donna',
    escalate: null,
    folders: [],
    digest: [],
    rate: null,
    sinceMs: null,
    timeoutMs: 5_000,
    addresses: ['ada@northwind.example'],
    authserv: null,
    ...changes,
  }
}

/** A home with maildirs of these names, below Mail/. */
function home(...folders: readonly string[]): {deps: OpenDeps; mails: string} {
  const deps = openDeps()
  const mails = join(deps.home.dir, 'Mail')
  for (const folder of folders) makeMaildir(join(mails, folder))
  return {deps, mails}
}

function makeMaildir(dir: string): void {
  for (const sub of ['cur', 'new', 'tmp']) mkdirSync(join(dir, sub), {recursive: true})
}

/** Lays a mail down, so long ago. */
function lay(path: string, text: string, ageSeconds = 60): void {
  writeFileSync(path, text)
  const at = new Date(Date.now() - ageSeconds * 1000)
  utimesSync(path, at, at)
}

/** Folders rest: what happened in them happened a while ago. */
function settle(dir: string, ageSeconds = 10): void {
  const at = new Date(Date.now() - ageSeconds * 1000)
  for (const sub of ['new', 'cur']) utimesSync(join(dir, sub), at, at)
}

async function firstOf(mailbox: Mailbox): Promise<Incoming> {
  const [first] = (await drain(mailbox)).batches[0]?.mails ?? []
  if (!first) throw new Error('no mail')
  return first
}

function reply(to: Incoming): ReplyDraft {
  return {mark: 'd-1', to, text: 'Thank you, Ben.', quote: 'Hello.'}
}

describe('reading a maildir', () => {
  test('takes the newest of the window at a first contact, from new and from cur, and says what it leaves', async () => {
    const {deps, mails} = home('INBOX')
    lay(join(mails, 'INBOX/cur/1.a:2,S'), mail('old'), 9_999_999)
    lay(join(mails, 'INBOX/cur/2.b:2,FS'), mail('one'), 300)
    lay(join(mails, 'INBOX/new/3.c'), mail('two'), 200)
    lay(join(mails, 'INBOX/new/4.d'), mail('three'), 100)
    const mailbox = await openMaildir(account(), deps)
    const {batches, subjects} = await drain(mailbox, {since: Date.now() - 86_400_000, most: 2})
    expect(subjects).toEqual(['two', 'three'])
    expect(batches[0]).toMatchObject({left: 2, waiting: 0, broken: []})
    expect(batches[0]?.mails[0]?.ref).toEqual({folder: 'INBOX', key: '3.c'})
  })

  test('leaves at a first contact what was copied today and taken in long ago, and nothing of that later', async () => {
    const {deps, mails} = home('INBOX')
    const past = (name: string) => `Received: from a by b; Tue, 5 May 2020 10:00:00 +0000\r\n${mail(name)}`
    lay(join(mails, 'INBOX/cur/1.a:2,S'), past('old'), 300)
    const hourAgo = new Date(Math.floor(Date.now() / 1000) * 1000 - 3_600_000)
    lay(join(mails, 'INBOX/new/2.b'), `Received: from a by b; ${hourAgo.toUTCString()}\r\n${mail('new')}`, 200)
    const mailbox = await openMaildir(account(), deps)
    const {batches, subjects, cursor} = await drain(mailbox, {since: Date.now() - 86_400_000})
    expect(subjects).toEqual(['new'])
    expect(batches[0]).toMatchObject({left: 1, waiting: 0, mails: [{received: hourAgo.toISOString()}]})
    lay(join(mails, 'INBOX/new/3.c'), past('late'), 100)
    expect((await drain(mailbox, {cursor})).subjects).toEqual(['late'])
  })

  test('reads what is new, and takes no mail for new because it was flagged or moved out of new', async () => {
    const {deps, mails} = home('INBOX')
    lay(join(mails, 'INBOX/new/1.a'), mail('one'))
    const mailbox = await openMaildir(account(), deps)
    const {cursor} = await drain(mailbox)
    renameSync(join(mails, 'INBOX/new/1.a'), join(mails, 'INBOX/cur/1.a:2,S'))
    lay(join(mails, 'INBOX/new/2.b'), mail('two'), 20)
    lay(join(mails, 'INBOX/new/3.c'), mail('three'), 10)
    const next = await drain(mailbox, {cursor, most: 1})
    expect(next.subjects).toEqual(['two'])
    expect(next.batches[0]?.waiting).toBe(1)
    expect((await drain(mailbox, {cursor: next.cursor})).subjects).toEqual(['three'])
  })

  test('does not even list a folder that rests, and believes no time that is too fresh', async () => {
    const {deps, mails} = home('INBOX')
    lay(join(mails, 'INBOX/new/1.a'), mail('one'))
    const mailbox = await openMaildir(account(), deps)
    const fresh = (await drain(mailbox)).cursor
    expect(fresh).toMatchObject({folders: {INBOX: {changed: ''}}})
    settle(join(mails, 'INBOX'))
    const rested = await drain(mailbox, {cursor: fresh})
    expect(rested.subjects).toEqual([])
    expect(rested.cursor).toMatchObject({folders: {INBOX: {changed: expect.stringMatching(/^\d+ \d+$/)}}})
    expect((await drain(mailbox, {cursor: rested.cursor})).batches).toEqual([])
    lay(join(mails, 'INBOX/new/2.b'), mail('two'))
    expect((await drain(mailbox, {cursor: rested.cursor})).subjects).toEqual(['two'])
  })

  test('reads several folders beside the inbox and inside it', async () => {
    const {deps, mails} = home('INBOX', 'Bills', 'INBOX/.M&AOQ-rz.Alt')
    lay(join(mails, 'Bills/new/1.a'), mail('a bill'))
    lay(join(mails, 'INBOX/.M&AOQ-rz.Alt/cur/1.a:2,'), mail('filed'))
    const mailbox = await openMaildir(account({folders: ['INBOX', 'Bills', 'März/Alt']}), deps)
    expect([...(await drain(mailbox)).subjects].sort()).toEqual(['a bill', 'filed'])
    expect(await mailbox.folders()).toEqual([
      {name: 'INBOX', mails: 0},
      {name: 'März/Alt', mails: 1},
      {name: 'Bills', mails: 1},
    ])
  })

  test('reads 64 KiB of a large mail, and passes over what can not be read', async () => {
    const {deps, mails} = home('INBOX')
    lay(join(mails, 'INBOX/new/1.a'), mail('large', {body: 'All work.\r\n'.repeat(10_000)}))
    symlinkSync('/etc/passwd', join(mails, 'INBOX/new/2.b'))
    lay(join(mails, 'INBOX/new/3.c'), '')
    const {batches} = await drain(await openMaildir(account(), deps))
    expect(batches[0]?.mails.map(({ref, parts}) => [ref.key, parts.isCut])).toEqual([
      ['1.a', true],
      ['3.c', false],
    ])
    expect(batches[0]?.broken).toMatchObject([{ref: {key: '2.b'}, why: expect.stringContaining('symbolic link')}])
  })

  test('finds the inbox among maildirs, and a path below the home', async () => {
    const {deps, mails} = home('INBOX')
    lay(join(mails, 'INBOX/new/1.a'), mail('one'))
    expect((await drain(await openMaildir(account({path: 'Mail'}), deps))).subjects).toEqual(['one'])
  })

  test('says what is wrong with a path that is no mail', async () => {
    const {deps} = home('Work')
    await expect(openMaildir(account({path: '~/Post'}), deps)).rejects.toMatchObject({
      kind: 'folder',
      message: expect.stringContaining('Post is not a folder'),
    })
    await expect(openMaildir(account({path: '~/Mail'}), deps)).rejects.toMatchObject({
      kind: 'folder',
      options: {fix: 'Point path: of mail account home at ~/Mail/Work'},
    })
    lay(join(deps.home.dir, 'Mail/Work/new/1.a'), mail('one'))
    const mailbox = await openMaildir(account({path: '~/Mail/Work', folders: ['../../etc', 'INBOX']}), deps)
    expect(await drain(mailbox)).toMatchObject({subjects: ['one'], error: {kind: 'folder'}})
  })
})

describe('changing a maildir', () => {
  test('flags and marks in the file name, and says when it was so already', async () => {
    const {deps, mails} = home('INBOX')
    lay(join(mails, 'INBOX/new/1.a,U=7'), mail('one'))
    const mailbox = await openMaildir(account(), deps)
    const {ref} = await firstOf(mailbox)
    expect(await mailbox.change(ref, {kind: 'seen', on: true})).toEqual({state: 'done', ref})
    expect(await mailbox.change(ref, {kind: 'flag', on: true})).toEqual({state: 'done', ref})
    expect(await mailbox.change(ref, {kind: 'flag', on: true})).toEqual({state: 'already', ref})
    expect(readdirSync(join(mails, 'INBOX/cur'))).toEqual(['1.a,U=7:2,FS'])
    await mailbox.change(ref, {kind: 'seen', on: false})
    expect(readdirSync(join(mails, 'INBOX/cur'))).toEqual(['1.a,U=7:2,F'])
    expect(await mailbox.change({...ref, key: '9.z'}, {kind: 'flag', on: true})).toMatchObject({state: 'gone'})
  })

  test('refuses labels, which a maildir does not have', async () => {
    const {deps, mails} = home('INBOX')
    lay(join(mails, 'INBOX/new/1.a'), mail('one'))
    const mailbox = await openMaildir(account(), deps)
    const {ref} = await firstOf(mailbox)
    await expect(mailbox.change(ref, {kind: 'label', label: 'x', on: true})).rejects.toMatchObject({kind: 'folder'})
  })

  test('moves and archives under a new name with the flags, and back', async () => {
    const {deps, mails} = home('INBOX', 'Archive')
    lay(join(mails, 'INBOX/cur/1.a,U=7:2,FS'), mail('one'))
    const mailbox = await openMaildir(account(), deps)
    const {ref} = await firstOf(mailbox)
    const moved = await mailbox.change(ref, {kind: 'move', to: null})
    expect(moved).toMatchObject({state: 'done', ref: {folder: 'Archive'}})
    const [name = ''] = readdirSync(join(mails, 'Archive/cur'))
    expect(name).toBe(`${moved.ref.key}:2,FS`)
    expect(name).not.toContain('U=7')
    expect((await mailbox.fetch(moved.ref, null))?.head.subject).toBe('one')
    expect(await mailbox.fetch(ref, 'one@partner.example')).toBeNull()
    expect(await mailbox.change(moved.ref, {kind: 'move', to: 'INBOX'})).toMatchObject({state: 'done'})
    expect(await mailbox.fetch(ref, 'one@partner.example')).not.toBeNull()
    await expect(mailbox.change(ref, {kind: 'move', to: 'Nowhere'})).resolves.toMatchObject({state: 'gone'})
    const {ref: now} = await firstOf(mailbox)
    await expect(mailbox.change(now, {kind: 'move', to: 'Nowhere'})).rejects.toMatchObject({
      kind: 'folder',
      message: 'there is no maildir Nowhere',
    })
  })

  test('lays a draft once and withdraws it to the trash, but not one that a person has changed', async () => {
    const {deps, mails} = home('INBOX', 'Drafts', 'Trash')
    lay(join(mails, 'INBOX/new/1.a'), mail('one'))
    const mailbox = await openMaildir(account(), deps)
    const one = await firstOf(mailbox)
    const laid = await mailbox.draft(reply(one))
    expect(laid).toMatchObject({state: 'done', ref: {folder: 'Drafts'}})
    expect(await mailbox.draft(reply(one))).toEqual({...laid, state: 'there'})
    const file = join(mails, 'Drafts/cur', `${laid.ref.key}:2,DS`)
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, text.replace('Thank you', 'No thanks'))
    expect(await mailbox.withdraw(laid.ref)).toBe('changed')
    writeFileSync(file, text)
    expect(await mailbox.withdraw(laid.ref)).toBe('done')
    expect(await mailbox.withdraw(laid.ref)).toBe('gone')
    expect(readdirSync(join(mails, 'Trash/cur'))).toHaveLength(1)
    expect(readdirSync(join(mails, 'Drafts/tmp'))).toEqual([])
  })

  test('lays none where a person has begun one in the thread, and says where drafts belong when there is no place', async () => {
    const {deps, mails} = home('INBOX')
    lay(join(mails, 'INBOX/new/1.a'), mail('one'))
    const mailbox = await openMaildir(account(), deps)
    const one = await firstOf(mailbox)
    await expect(mailbox.draft(reply(one))).rejects.toMatchObject({kind: 'folder'})
    makeMaildir(join(mails, 'Drafts'))
    lay(join(mails, 'Drafts/cur/1.z:2,D'), mail('Re: one', {more: 'In-Reply-To: <one@partner.example>'}))
    expect(await mailbox.draft(reply(one))).toEqual({state: 'there', ref: {folder: 'Drafts', key: '1.z'}})
  })
})

describe('a folder of .eml files', () => {
  test('is read like any other, and never changed', async () => {
    const deps = openDeps()
    const dir = join(deps.home.dir, 'sample')
    mkdirSync(dir)
    lay(join(dir, '01-first.eml'), mail('one'), 20)
    lay(join(dir, '02-second.eml'), mail('two'), 10)
    writeFileSync(join(dir, 'README.md'), '# Not a mail')
    const mailbox = await openMaildir(account({path: 'sample'}), deps)
    const {subjects, cursor, batches} = await drain(mailbox)
    expect(subjects).toEqual(['one', 'two'])
    const ref = batches[0]?.mails[0]?.ref ?? {folder: '', key: ''}
    expect(ref).toEqual({folder: 'INBOX', key: '01-first.eml'})
    lay(join(dir, '03-third.eml'), mail('three'), 5)
    expect((await drain(mailbox, {cursor})).subjects).toEqual(['three'])
    for (const change of [
      {kind: 'flag', on: true},
      {kind: 'move', to: null},
    ] as const) {
      await expect(mailbox.change(ref, change)).rejects.toMatchObject({name: 'MailTrouble', kind: 'storage'})
    }
    expect(await mailbox.folders()).toEqual([{name: 'INBOX', mails: 3}])
  })
})
