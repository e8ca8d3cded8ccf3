import {readFileSync} from 'node:fs'
import {ImapFlow, type ImapFlowOptions} from 'imapflow'
import {expect, onTestFinished} from 'vitest'
import {DOVECOT, testNeeding} from '../needs.js'
import {type Dovecot, type DovecotOptions, startDovecot} from './server.js'

const test = testNeeding(...DOVECOT)

async function open(options: DovecotOptions = {users: {ada: 'secret'}}): Promise<Dovecot> {
  const server = await startDovecot(options)
  onTestFinished(() => server.close())
  return server
}

async function connect(server: Dovecot, auth: ImapFlowOptions['auth'] = {user: 'ada', pass: 'secret'}) {
  const tls = {ca: readFileSync(server.ca, 'utf8')}
  const {host, tlsPort: port} = server
  const client = new ImapFlow({host, port, secure: true, auth, tls, logger: false, disableAutoIdle: true})
  client.on('error', () => {
    // Said by whatever command was under way.
  })
  onTestFinished(() => client.close())
  await client.connect()
  return client
}

async function list(client: ImapFlow, folder: string) {
  const {uidValidity} = await client.mailboxOpen(folder, {readOnly: true})
  const mails: {uid: number; subject: string | undefined; flags: string[]; date: string}[] = []
  for await (const {uid, envelope, flags, internalDate} of client.fetch('1:*', {
    envelope: true,
    flags: true,
    internalDate: true,
  }))
    mails.push({
      uid,
      subject: envelope?.subject,
      flags: [...(flags ?? [])].filter((flag) => flag !== '\\Recent'),
      date: internalDate instanceof Date ? internalDate.toISOString() : String(internalDate),
    })
  return {uidValidity, mails}
}

test('shows what was delivered, in its order, and numbers a folder anew when told to', async () => {
  const server = await open()
  const at = new Date('2026-01-02T03:04:05Z')
  server.deliver('ada', 'Subject: one\r\n\r\nx\r\n', {flags: ['\\Seen', '\\Flagged'], internalDate: at})
  server.deliverAll('ada', ['Subject: two\r\n\r\nx\r\n', 'Subject: three\r\n\r\nx\r\n'])
  server.deliver('ada', 'Subject: a bill\r\n\r\nx\r\n', {folder: 'Bills & more/März'})
  const client = await connect(server)
  const before = await list(client, 'INBOX')
  expect(before.mails).toMatchObject([
    {uid: 1, subject: 'one', flags: expect.arrayContaining(['\\Seen', '\\Flagged']), date: at.toISOString()},
    {uid: 2, subject: 'two', flags: []},
    {uid: 3, subject: 'three'},
  ])
  expect((await list(client, 'Bills & more/März')).mails).toMatchObject([{subject: 'a bill'}])
  expect((await client.list()).find(({path}) => path === 'Drafts')?.specialUse).toBe('\\Drafts')
  await client.logout()

  server.remove('ada', 'INBOX', (raw) => raw.includes('Subject: one'))
  server.bumpUidValidity('ada')
  const after = await list(await connect(server), 'INBOX')
  expect(after.uidValidity).not.toBe(before.uidValidity)
  expect(after.mails).toMatchObject([
    {uid: 1, subject: 'two'},
    {uid: 2, subject: 'three'},
  ])
})

test('lets in who has the password or the token of now', async () => {
  const server = await open()
  server.user('ada', 'another')
  await expect(connect(server)).rejects.toMatchObject({authenticationFailed: true})
  await (await connect(server, {user: 'ada', pass: 'another'})).logout()

  server.issueToken('tok-1', 'ada')
  server.issueToken('tok-2', 'ben')
  await (await connect(server, {user: 'ada', accessToken: 'tok-1'})).logout()
  await expect(connect(server, {user: 'ada', accessToken: 'tok-2'})).rejects.toMatchObject({authenticationFailed: true})
  server.revokeToken('tok-1')
  await expect(connect(server, {user: 'ada', accessToken: 'tok-1'})).rejects.toMatchObject({
    oauthError: {status: 'invalid_token'},
  })
})

test('comes back as it was, under any certificate', async () => {
  const server = await open()
  server.deliver('ada', 'Subject: one\r\n\r\nx\r\n')
  const client = await connect(server)
  const {uidValidity} = await list(client, 'INBOX')
  for (const [kind, code] of [
    ['self-signed', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['wrong-host', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['expired', 'CERT_HAS_EXPIRED'],
  ] as const) {
    server.showCertificate(kind)
    await server.restart()
    await expect(connect(server)).rejects.toMatchObject({code})
  }
  server.showCertificate('good')
  await server.restart()
  expect(await list(await connect(server), 'INBOX')).toMatchObject({uidValidity, mails: [{uid: 1, subject: 'one'}]})
})

test('reads back what a client changed', async () => {
  const server = await open()
  server.deliver('ada', 'Subject: one\r\n\r\nx\r\n')
  const client = await connect(server)
  await client.mailboxOpen('INBOX')
  await client.messageFlagsAdd('1', ['\\Flagged'])
  await client.append('Drafts', 'Subject: Re: one\r\n\r\ny\r\n', ['\\Draft'])
  await client.messageMove('1', 'Archive')
  expect(server.read('ada')).toEqual([])
  expect(server.read('ada', 'Archive')).toMatchObject([{flags: ['\\Flagged']}])
  expect(server.read('ada', 'Drafts').map(({raw}) => raw.toString())).toEqual(['Subject: Re: one\n\ny\n'])
})
