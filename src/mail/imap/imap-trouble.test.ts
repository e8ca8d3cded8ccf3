import {afterAll, beforeAll, describe, expect} from 'vitest'
import {type Dovecot, startDovecot} from '../../../testing/dovecot/server.js'
import {expectSoon} from '../../../testing/expect-soon.js'
import {startFaultProxy} from '../../../testing/fault-proxy.js'
import {freePorts} from '../../../testing/free-ports.js'
import {drain, imapAccount, openDeps, openForTest, PASSWORD} from '../../../testing/imap-scene.js'
import {DOVECOT, testNeeding} from '../../../testing/needs.js'
import type {ImapAccount} from '../../workspace/config.js'
import {MailTrouble} from '../trouble.js'

const test = testNeeding(...DOVECOT)

describe('an IMAP account that does not open', () => {
  let server: Dovecot

  beforeAll(async () => {
    server = await startDovecot({users: {ada: PASSWORD}})
  })
  afterAll(() => server?.close())

  async function troubleWith(changes: Partial<ImapAccount>, account = imapAccount(server)): Promise<MailTrouble> {
    const error = await openForTest({...account, ...changes}).then(
      () => null,
      (caught) => caught,
    )
    if (!(error instanceof MailTrouble)) throw new Error('no MailTrouble', {cause: error})
    expect(error.message).not.toMatch(/\n/)
    expect(`${error.message} ${error.options.fix}`).not.toContain(PASSWORD)
    return error
  }

  test('names the wrong password by its reference, and what to do', async () => {
    const error = await troubleWith({login: {kind: 'password', ref: {source: 'env', value: 'WRONG'}}})
    expect(error).toMatchObject({
      kind: 'credentials',
      message: expect.stringContaining('127.0.0.1 refuses the password of ada'),
    })
    expect(error.options.fix).toBe('put the right password behind env:WRONG, then: mcos email check home')
  })

  test('logs in with a token, and says when it is not taken any more', async () => {
    server.issueToken('a-token', 'ada')
    const deps = openDeps({secret: async () => 'a-token'})
    const account = imapAccount(server, {login: {kind: 'token', ref: {source: 'command', value: 'token-of ada'}}})
    expect((await drain(await openForTest(account, deps))).error).toBeNull()
    server.revokeToken('a-token')
    await expect(openForTest(account, deps)).rejects.toMatchObject({
      kind: 'credentials',
      message: expect.stringContaining('refuses the token of ada'),
    })
  })

  test('names a secret that is not there', async () => {
    const error = await troubleWith({login: {kind: 'password', ref: {source: 'keyring', value: 'X'}}})
    expect(error).toMatchObject({kind: 'secret', message: 'The secret keyring:X is not there.'})
    expect(error.options.fix).toBe('mcos secrets set X')
  })

  test('names a host that does not exist', async () => {
    const error = await troubleWith({host: 'imap.invalid'})
    expect(error).toMatchObject({kind: 'unknown-host', message: 'there is no imap.invalid'})
  })

  test('names a port where nobody listens', async () => {
    const [port = 1] = await freePorts(1)
    expect(await troubleWith({port})).toMatchObject({kind: 'refused'})
  })

  test('believes no certificate of an authority that nobody named', async () => {
    const error = await troubleWith({ca: null})
    expect(error).toMatchObject({kind: 'certificate'})
    expect(error.options.fix).toContain('ca: of mail account home')
  })

  test('says whose certificate is wrong, and how', async () => {
    const shown = []
    for (const kind of ['wrong-host', 'expired', 'self-signed'] as const) {
      server.showCertificate(kind)
      await server.restart()
      const error = await troubleWith({})
      expect(error.kind).toBe('certificate')
      shown.push(/\((.*)\)/.exec(error.message)?.[1])
    }
    server.showCertificate('good')
    await server.restart()
    expect(shown).toEqual(['made out for another host', 'expired', 'signed by itself'])
  })

  test('goes on to TLS on the plain port where starttls is said, and believes the same certificates', async () => {
    const account = imapAccount(server, {port: server.port, tls: 'starttls'})
    expect((await drain(await openForTest(account))).error).toBeNull()
    expect(await troubleWith({ca: null}, account)).toMatchObject({kind: 'certificate'})
  })

  test('says so when TLS is spoken to a port that knows none', async () => {
    expect(await troubleWith({port: server.port})).toMatchObject({kind: 'protocol'})
  })

  test('sends no password in the clear to another machine', async () => {
    expect(await troubleWith({host: 'imap.example', tls: 'none'})).toMatchObject({
      kind: 'certificate',
      message: 'tls: none would send the password to imap.example in the clear',
    })
  })

  test('names the ca file that cannot be read', async () => {
    expect(await troubleWith({ca: 'no-such.pem'})).toMatchObject({kind: 'certificate'})
  })

  test('waits no longer than its time-out for a server that says nothing, and tells a cut from it', async () => {
    const proxy = await startFaultProxy({host: server.host, port: server.port})
    const account = imapAccount(server, {port: proxy.port, tls: 'none', timeoutMs: 600})
    proxy.next({stallAfter: 0}, {stallAfter: 60}, {cutAfter: 60})
    expect(await troubleWith({}, account)).toMatchObject({kind: 'timeout'})
    expect(await troubleWith({}, account)).toMatchObject({kind: 'timeout'})
    expect(await troubleWith({timeoutMs: 60_000}, account)).toMatchObject({kind: 'cut'})
    await proxy.close()
  })

  test('ends a login at once when it is told to', async () => {
    const proxy = await startFaultProxy({host: server.host, port: server.port})
    proxy.always({stallAfter: 0})
    const stop = new AbortController()
    setTimeout(() => stop.abort(new DOMException('The time is over.', 'TimeoutError')), 50)
    const account = imapAccount(server, {port: proxy.port, tls: 'none'})
    const start = Date.now()
    await expect(openForTest(account, openDeps({signal: stop.signal}))).rejects.toMatchObject({kind: 'timeout'})
    expectSoon(Date.now() - start, 20_000)
    await proxy.close()
  })
})
