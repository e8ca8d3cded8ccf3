import {afterAll, beforeAll, describe, expect} from 'vitest'
import {type Dovecot, startDovecot} from '../../../testing/dovecot/server.js'
import {expectSoon} from '../../../testing/expect-soon.js'
import {startFaultProxy} from '../../../testing/fault-proxy.js'
import {drain, imapAccount, mail, openForTest, PASSWORD} from '../../../testing/imap-scene.js'
import {DOVECOT, testNeeding} from '../../../testing/needs.js'
import {MailTrouble} from '../trouble.js'

const test = testNeeding(...DOVECOT)

describe('reading an IMAP account', () => {
  let server: Dovecot
  let users = 0

  beforeAll(async () => {
    server = await startDovecot()
  })
  afterAll(() => server?.close())

  /** A user of the test's own, with these mails. */
  function someone(...subjects: readonly string[]): string {
    const user = `user${++users}`
    server.user(user, PASSWORD)
    server.deliverAll(
      user,
      subjects.map((subject) => mail(subject)),
    )
    return user
  }

  test('takes the newest of its window at a first contact, and says what it leaves', async () => {
    const user = someone()
    server.deliver(user, mail('long ago'), {internalDate: new Date('2026-10-01T00:00:00Z')})
    server.deliverAll(
      user,
      ['one', 'two', 'three'].map((subject) => mail(subject)),
    )
    const mailbox = await openForTest(imapAccount(server, {user}))
    const {batches, subjects, cursor} = await drain(mailbox, {since: Date.parse('2026-10-20T00:00:00Z'), most: 2})
    expect(subjects).toEqual(['two', 'three'])
    expect(batches).toHaveLength(1)
    expect(batches[0]).toMatchObject({left: 2, waiting: 0, broken: [], isReset: false})
    expect(cursor).toMatchObject({kind: 'imap', folders: {INBOX: {uidNext: 5}}})
    expect((await drain(mailbox, {cursor})).batches).toEqual([])
  })

  test('leaves out what its server took in before the window, by the moment and not by the day', async () => {
    const user = someone()
    server.deliver(user, mail('at nine'), {internalDate: new Date('2026-11-20T09:00:00Z')})
    server.deliver(user, mail('at eleven'), {internalDate: new Date('2026-11-20T11:00:00Z')})
    const mailbox = await openForTest(imapAccount(server, {user}))
    const {batches, subjects} = await drain(mailbox, {since: Date.parse('2026-11-20T10:00:00Z')})
    expect(subjects).toEqual(['at eleven'])
    expect(batches[0]?.left).toBe(1)
  })

  test('reads the empty mailbox of a newcomer, and what comes into it afterwards', async () => {
    const user = someone()
    const mailbox = await openForTest(imapAccount(server, {user}))
    const first = await drain(mailbox)
    expect(first.batches).toHaveLength(1)
    server.deliver(user, mail('first of all'))
    expect((await drain(mailbox, {cursor: first.cursor})).subjects).toEqual(['first of all'])
  })

  test('reads what is new in the order of its coming, over gaps, and never the last old mail again', async () => {
    const user = someone('one', 'two', 'three')
    const mailbox = await openForTest(imapAccount(server, {user}))
    const {cursor} = await drain(mailbox)
    server.deliverAll(
      user,
      ['four', 'five', 'six'].map((subject) => mail(subject)),
    )
    server.remove(user, 'INBOX', (raw) => /Subject: (?:five|two)/.test(raw))
    const next = await drain(mailbox, {cursor})
    expect(next.subjects).toEqual(['four', 'six'])
    expect(next.batches[0]?.mails[0]?.ref).toMatchObject({folder: 'INBOX', key: expect.stringMatching(/^\d+:4$/)})
    expect((await drain(mailbox, {cursor: next.cursor})).batches).toEqual([])
  })

  test('moves its cursor past new mails that are gone before it looks', async () => {
    const user = someone('one')
    const mailbox = await openForTest(imapAccount(server, {user}))
    const {cursor} = await drain(mailbox)
    server.deliver(user, mail('gone'))
    const other = await openForTest(imapAccount(server, {user}))
    await drain(other, {cursor})
    server.remove(user, 'INBOX', (raw) => raw.includes('Subject: gone'))
    const next = await drain(mailbox, {cursor})
    expect(next.subjects).toEqual([])
    expect(next.cursor).toMatchObject({folders: {INBOX: {uidNext: 3}}})
  })

  test('reads a backlog from the oldest on, in batches that each have their own cursor, and says what waits', async () => {
    const user = someone('first')
    const mailbox = await openForTest(imapAccount(server, {user}))
    const {cursor} = await drain(mailbox)
    const subjects = Array.from({length: 130}, (_, index) => `mail ${index}`)
    server.deliverAll(
      user,
      subjects.map((subject) => mail(subject)),
    )
    const next = await drain(mailbox, {cursor, most: 120})
    expect(next.batches.map(({mails, waiting}) => [mails.length, waiting])).toEqual([
      [50, 80],
      [70, 10],
    ])
    expect(next.subjects).toEqual(subjects.slice(0, 120))
    const after = await drain(mailbox, {cursor: next.batches[0]?.cursor ?? null})
    expect(after.subjects).toEqual(subjects.slice(50))
    const last = await drain(mailbox, {cursor: next.cursor})
    expect(last.subjects).toEqual(subjects.slice(120))
    expect(last.batches.at(-1)?.waiting).toBe(0)
  })

  test('reads a folder that was numbered anew again from the window on, and says so', async () => {
    const user = someone()
    server.deliver(user, mail('old'), {internalDate: new Date('2026-10-01T00:00:00Z')})
    server.deliverAll(
      user,
      ['one', 'two'].map((subject) => mail(subject)),
    )
    const mailbox = await openForTest(imapAccount(server, {user}))
    const {cursor} = await drain(mailbox)
    await mailbox.close()
    server.bumpUidValidity(user)
    const again = await openForTest(imapAccount(server, {user}))
    const since = Date.parse('2026-10-20T00:00:00Z')
    const part = await drain(again, {cursor, since, most: 1})
    expect(part.subjects).toEqual(['one'])
    expect(part.batches[0]).toMatchObject({isReset: true, left: 1, waiting: 1})
    const rest = await drain(again, {cursor: part.cursor, since})
    expect(rest.subjects).toEqual(['two'])
    expect(rest.batches[0]?.isReset).toBe(false)
  })

  test('reads several folders, the one with the least first, and goes on where each ended', async () => {
    const user = someone('one', 'two', 'three')
    server.deliver(user, mail('filed'), {folder: 'Bills/März'})
    const mailbox = await openForTest(imapAccount(server, {user, folders: ['INBOX', 'Bills/März']}))
    const {subjects, cursor} = await drain(mailbox, {most: 3})
    expect(subjects).toEqual(['filed', 'two', 'three'])
    server.deliver(user, mail('another'), {folder: 'Bills/März'})
    const next = await drain(mailbox, {cursor})
    expect(next.subjects).toEqual(['another'])
    expect(next.batches[0]?.mails[0]?.ref.folder).toBe('Bills/März')
  })

  test('names a folder that is not there only after the others were read', async () => {
    const user = someone('one')
    const mailbox = await openForTest(imapAccount(server, {user, folders: ['Nowhere', 'INBOX']}))
    const {subjects, error} = await drain(mailbox)
    expect(subjects).toEqual(['one'])
    expect(error).toBeInstanceOf(MailTrouble)
    expect(error).toMatchObject({kind: 'folder', message: 'there is no folder Nowhere'})
    expect((error as MailTrouble).options.fix).toContain('INBOX')
  })

  test('changes nothing: what was unseen stays unseen', async () => {
    const user = someone('one')
    const mailbox = await openForTest(imapAccount(server, {user}))
    await drain(mailbox)
    expect(server.read(user).map(({flags}) => flags)).toEqual([[]])
  })

  test('reads 64 KiB of a large mail and says that there is more', async () => {
    const user = someone()
    server.deliver(user, mail('large', {body: `${'All work and no play.\r\n'.repeat(8_000)}The end.`}))
    server.deliver(user, mail('small'))
    const mailbox = await openForTest(imapAccount(server, {user}))
    const [large, small] = (await drain(mailbox)).batches[0]?.mails ?? []
    expect(large?.parts.isCut).toBe(true)
    expect(large?.parts.text?.length).toBeGreaterThan(60_000)
    expect(large?.parts.text).not.toContain('The end.')
    expect(small?.parts.isCut).toBe(false)
  })

  test('keeps what came before the line was cut, and reads the rest the next time', async () => {
    const user = someone('first')
    const proxy = await startFaultProxy({host: server.host, port: server.port})
    const account = imapAccount(server, {user, port: proxy.port, tls: 'none'})
    const {cursor} = await drain(await openForTest(imapAccount(server, {user})))
    const subjects = Array.from({length: 60}, (_, index) => `mail ${index}`)
    server.deliverAll(
      user,
      subjects.map((subject) => mail(subject, {body: 'x'.repeat(500)})),
    )
    proxy.next({cutAfter: 20_000}, {stallAfter: 20_000})
    const cut = await drain(await openForTest(account), {cursor})
    expect(cut.error).toMatchObject({name: 'MailTrouble', kind: 'cut'})
    expect(cut.subjects.length).toBeGreaterThan(5)
    const stalled = await drain(await openForTest({...account, timeoutMs: 1_000}), {cursor: cut.cursor})
    expect(stalled.error).toMatchObject({name: 'MailTrouble', kind: 'timeout'})
    const rest = await drain(await openForTest(account), {cursor: stalled.cursor})
    expect(rest.error).toBeNull()
    expect([...cut.subjects, ...stalled.subjects, ...rest.subjects]).toEqual(subjects)
    await proxy.close()
  })

  test('costs less than 2 KB beyond the login when nothing is new', async () => {
    const user = someone('one')
    const proxy = await startFaultProxy({host: server.host, port: server.port})
    const {cursor} = await drain(await openForTest(imapAccount(server, {user})))
    const mailbox = await openForTest(imapAccount(server, {user, port: proxy.port, tls: 'none'}))
    expect((await drain(mailbox, {cursor})).batches).toEqual([])
    await mailbox.close()
    expect(proxy.connections).toHaveLength(1)
    expect(proxy.connections[0]?.receivedBeyondLogin).toBeLessThan(500)
    await proxy.close()
  })

  test('ends at once when it is told to', async () => {
    const user = someone('one')
    const proxy = await startFaultProxy({host: server.host, port: server.port})
    proxy.always({stallAfter: 3_000})
    const {cursor} = await drain(await openForTest(imapAccount(server, {user})))
    server.deliver(user, mail('large', {body: 'x'.repeat(10_000)}))
    const mailbox = await openForTest(imapAccount(server, {user, port: proxy.port, tls: 'none'}))
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 50)
    const start = Date.now()
    expect((await drain(mailbox, {cursor, signal: stop.signal})).error).toMatchObject({kind: 'cut'})
    expectSoon(Date.now() - start, 20_000)
    await proxy.close()
  })

  test('comes back after its server has dropped it between two readings', async () => {
    const user = someone('one')
    const proxy = await startFaultProxy({host: server.host, port: server.port})
    const mailbox = await openForTest(imapAccount(server, {user, port: proxy.port, tls: 'none'}))
    const {cursor} = await drain(mailbox)
    proxy.resetAll()
    server.deliver(user, mail('two'))
    // A reading that begins before word of the reset has come ends with it; the one after it has a new connection.
    const first = await drain(mailbox, {cursor})
    const next = first.error === null ? first : await drain(mailbox, {cursor})
    expect(next.subjects).toEqual(['two'])
    await proxy.close()
  })
})
