import type {AddressInfo} from 'node:net'
import {createConnection, createServer} from 'node:net'
import {afterAll, beforeAll, describe, expect, onTestFinished} from 'vitest'
import {type Dovecot, startDovecot} from '../../../testing/dovecot/server.js'
import {drain, imapAccount, mail, openDeps, openForTest, PASSWORD} from '../../../testing/imap-scene.js'
import {DOVECOT, testNeeding} from '../../../testing/needs.js'
import type {Incoming} from '../mail.js'
import type {Mailbox} from '../mailbox.js'
import type {MailTrouble} from '../trouble.js'

const test = testNeeding(...DOVECOT)

/** In what a server says: here it hangs up. */
const HANG_UP = '\0hang up\0'

describe('a server that can less', () => {
  let server: Dovecot
  let users = 0

  beforeAll(async () => {
    server = await startDovecot()
  })
  afterAll(() => server?.close())

  /** Stands before the server and changes what it says; counts what it is asked. */
  async function poorer(say: (text: string) => string): Promise<{port: number; asked: string[]}> {
    const asked: string[] = []
    const relay = createServer((client) => {
      const upstream = createConnection(server.port, server.host)
      client.on('data', (chunk: Buffer) => {
        asked.push(
          ...chunk
            .toString('latin1')
            .split('\r\n')
            .filter((line) => /^\w+ [A-Z]/.test(line)),
        )
        upstream.write(chunk)
      })
      upstream.on('data', (chunk: Buffer) => {
        const [text = '', ...rest] = say(chunk.toString('latin1')).split(HANG_UP)
        client.write(text, 'latin1', () => rest.length > 0 && client.destroy())
      })
      for (const [one, other] of [
        [client, upstream],
        [upstream, client],
      ] as const) {
        one.on('close', () => other.destroy())
        one.on('error', () => other.destroy())
      }
    })
    await new Promise<void>((done) => relay.listen(0, '127.0.0.1', done))
    onTestFinished(() => void relay.close())
    return {port: (relay.address() as AddressInfo).port, asked}
  }

  async function scene(
    say: (text: string) => string,
  ): Promise<{mailbox: Mailbox; one: Incoming; user: string; asked: string[]}> {
    const user = `user${++users}`
    server.user(user, PASSWORD)
    server.deliverAll(user, [mail('one'), mail('two')])
    const {port, asked} = await poorer(say)
    const mailbox = await openForTest(imapAccount(server, {user, port, tls: 'none'}))
    const {batches, error} = await drain(mailbox)
    if (error) throw error
    const one = batches[0]?.mails[0]
    if (!one) throw new Error('no mail')
    return {mailbox, one, user, asked}
  }

  test('gives the password with the question where the server takes it there, and else once it is asked', async () => {
    const {asked} = await scene((text) => text)
    expect(asked[0]).toMatch(/AUTHENTICATE PLAIN \S+$/)
    const {asked: later} = await scene((text) => text.replace(/ SASL-IR\b/g, ''))
    expect(later[0]).toMatch(/AUTHENTICATE PLAIN$/)
  })

  test('says goodbye without waiting for an answer', async () => {
    const {mailbox, asked} = await scene((text) => text.replace(/\* BYE [\s\S]*/, ''))
    await mailbox.close()
    await expect.poll(() => asked, {timeout: 20_000}).toContainEqual(expect.stringMatching(/LOGOUT$/))
  })

  test('finds a moved mail by its Message-ID where the server does not say where it went', async () => {
    const {mailbox, one} = await scene((text) => text.replace(/\[COPYUID [^\]]*\] /g, ''))
    const moved = await mailbox.change(one.ref, {kind: 'move', to: 'Archive'})
    expect(moved).toMatchObject({state: 'done', ref: {folder: 'Archive', key: expect.stringMatching(/^\d+:1$/)}})
    expect((await mailbox.fetch(moved.ref, null))?.head.subject).toBe('one')
  })

  test('moves nothing where a move would be a copy and an expunge', async () => {
    const {mailbox, one, user, asked} = await scene((text) => text.replace(/ MOVE\b/g, ''))
    await expect(mailbox.change(one.ref, {kind: 'move', to: 'Archive'})).rejects.toMatchObject({kind: 'protocol'})
    expect(server.read(user)).toHaveLength(2)
    expect(asked.join('\n')).not.toMatch(/COPY|STORE|EXPUNGE/)
  })

  test('says so where labels are not kept', async () => {
    const {mailbox, one} = await scene((text) => text.replace(/ \\\*\)\]/g, ')]'))
    await expect(mailbox.change(one.ref, {kind: 'label', label: 'x', on: true})).rejects.toMatchObject({
      kind: 'protocol',
      options: {fix: 'Let the rule flag or move instead of label'},
    })
    expect((await mailbox.change(one.ref, {kind: 'flag', on: true})).state).toBe('done')
  })

  test('finds the draft that it laid where the server does not number it', async () => {
    const {mailbox, one} = await scene((text) => text.replace(/\[APPENDUID [^\]]*\] /g, ''))
    const reply = {mark: 'd-1', to: one, text: 'Yes.', quote: ''}
    const laid = await mailbox.draft(reply)
    expect(laid).toMatchObject({state: 'done', ref: {folder: 'Drafts', key: expect.stringMatching(/^\d+:1$/)}})
    expect(await mailbox.draft(reply)).toEqual({...laid, state: 'there'})
  })

  test('reads the same without CONDSTORE, and without being told what comes next', async () => {
    const {mailbox, user, asked} = await scene((text) =>
      text
        .replace(/ (?:CONDSTORE|QRESYNC|ESEARCH)\b/g, '')
        .replace(/\* OK \[(?:HIGHESTMODSEQ|UIDNEXT) .*\r\n/g, '')
        .replace(/ (?:HIGHESTMODSEQ|UIDNEXT) \d+/g, ''),
    )
    const {cursor, subjects} = await drain(mailbox)
    expect(subjects).toEqual(['one', 'two'])
    expect(cursor).toMatchObject({folders: {INBOX: {uidNext: 3, modSeq: null}}})
    expect((await drain(mailbox, {cursor})).subjects).toEqual([])
    server.deliver(user, mail('three'))
    expect((await drain(mailbox, {cursor})).subjects).toEqual(['three'])
    expect(asked.filter((line) => /ENABLE|NAMESPACE|\bID\b|IDLE/.test(line))).toEqual([])
  })

  test('reads the others of a batch when the server refuses one of them', async () => {
    let refused = false
    const {mailbox, user} = await scene((text) => {
      if (!/BODY\[\][\s\S]*poison/.test(text)) return text
      refused = true
      const tag = /^(\w+) OK /m.exec(text)?.[1] ?? 'x'
      return `${tag} NO [SERVERBUG] Internal error occurred\r\n`
    })
    const {cursor} = await drain(mailbox)
    server.deliverAll(user, [mail('three'), mail('four', {body: 'poison'}), mail('five')])
    const {batches, subjects, error} = await drain(mailbox, {cursor})
    expect(refused).toBe(true)
    expect(error).toBeNull()
    expect(subjects).toEqual(['three', 'five'])
    expect(batches[0]?.broken).toMatchObject([{ref: {folder: 'INBOX', key: expect.stringMatching(/:4$/)}}])
    expect(batches[0]?.cursor).toMatchObject({folders: {INBOX: {uidNext: 6}}})
  })

  test('takes no single mail for bad when the server gives nothing at all', async () => {
    let isIll = false
    const refusal = 'NO [SERVERBUG] Internal error occurred'
    const {mailbox, user} = await scene((text) => {
      if (!isIll || !/BODY\[\]/.test(text)) return text
      return `${/^(\w+) OK /m.exec(text)?.[1] ?? 'x'} ${refusal}\r\n`
    })
    const {cursor} = await drain(mailbox)
    server.deliverAll(user, [mail('three'), mail('four')])
    isIll = true
    const ill = await drain(mailbox, {cursor})
    expect(ill).toMatchObject({batches: [], error: {name: 'MailTrouble'}})
    isIll = false
    expect((await drain(mailbox, {cursor})).subjects).toEqual(['three', 'four'])
  })

  test('reads a mail by its headers alone once three readings have ended at it, and goes on', async () => {
    const user = `user${++users}`
    server.user(user, PASSWORD)
    server.deliver(user, mail('one'))
    const first = await drain(await openForTest(imapAccount(server, {user})))
    server.deliverAll(user, [mail('three'), mail('poison', {body: 'Cut here.'}), mail('five')])
    const {port} = await poorer((text) => {
      const at = text.indexOf('Cut here.')
      return at === -1 ? text : `${text.slice(0, text.lastIndexOf('* ', at))}${HANG_UP}`
    })
    const account = imapAccount(server, {user, port, tls: 'none'})
    const deps = openDeps()
    const readings = []
    let {cursor} = first
    for (let run = 0; run < 4; run++) {
      const reading = await drain(await openForTest(account, deps), {cursor})
      readings.push([...reading.subjects, reading.error === null ? 'done' : (reading.error as MailTrouble).kind])
      cursor = reading.cursor
      if (run === 3)
        expect(reading.batches[0]?.mails[0]?.parts).toMatchObject({
          isCut: true,
          trouble: 'the server gives no more of it than its headers',
        })
    }
    expect(readings).toEqual([['three', 'cut'], ['cut'], ['cut'], ['poison', 'five', 'done']])
  })

  test('sends no password when the server takes STARTTLS back', async () => {
    const user = `user${++users}`
    server.user(user, PASSWORD)
    const {port, asked} = await poorer((text) => text.replace(/ STARTTLS\b/g, ''))
    const opening = openForTest(imapAccount(server, {user, port, tls: 'starttls'}))
    await expect(opening).rejects.toMatchObject({name: 'MailTrouble', kind: 'protocol'})
    expect(asked.filter((line) => /AUTH|LOGIN/.test(line))).toEqual([])
  })

  test('asks to be left alone for a while, and is', async () => {
    const user = `user${++users}`
    server.user(user, PASSWORD)
    const {port} = await poorer((text) =>
      text.replace(/^(\w+) OK \[CAPABILITY[\s\S]*Logged in/m, '$1 NO [UNAVAILABLE] Come back later'),
    )
    const opening = openForTest(imapAccount(server, {user, port, tls: 'none'}))
    await expect(opening).rejects.toMatchObject({kind: 'throttled', options: {retryAfterMs: 60_000}})
  })
})
