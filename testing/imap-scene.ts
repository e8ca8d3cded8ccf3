import {mkdirSync} from 'node:fs'
import {join} from 'node:path'
import {onTestFinished} from 'vitest'
import {fixedClock} from '../src/kit/clock.js'
import {UserError} from '../src/kit/errors.js'
import {openFolder} from '../src/kit/folder.js'
import type {Cursor} from '../src/mail/cursor.js'
import {openImap} from '../src/mail/imap/open-imap.js'
import type {Batch, Mailbox, ReadOptions} from '../src/mail/mailbox.js'
import type {OpenDeps} from '../src/mail/open-deps.js'
import type {ImapAccount} from '../src/workspace/config.js'
import type {Dovecot} from './dovecot/server.js'
import {tempFolder} from './temp-folder.js'

/** The password of every user in these tests. */
export const PASSWORD = 'a secret'

const NOW = Date.parse('2026-11-21T12:00:00Z')

/** What an account is opened with in a test: a home of its own, and a secret behind each env: reference. */
export function openDeps(changes: Partial<OpenDeps> = {}): OpenDeps {
  const dir = tempFolder()
  mkdirSync(join(dir, '.mcos'))
  return {
    name: 'home',
    home: openFolder(dir),
    mcos: openFolder(join(dir, '.mcos')),
    clock: fixedClock(NOW),
    env: {HOME: dir},
    signal: new AbortController().signal,
    secret: async ({source, value}) => {
      if (source === 'env') return value === 'WRONG' ? 'not it' : PASSWORD
      throw new UserError(`The secret ${source}:${value} is not there.`, {
        code: 'SECRET_EMPTY',
        fix: 'mcos secrets set X',
      })
    },
    ...changes,
  }
}

/** An account at a test's own server, over TLS with the test's own authority. */
export function imapAccount(server: Pick<Dovecot, 'ca' | 'tlsPort'>, changes: Partial<ImapAccount> = {}): ImapAccount {
  return {
    kind: 'imap',
    host: '127.0.0.1',
    port: server.tlsPort,
    user: 'ada',
    login: {kind: 'password', ref: {source: 'env', value: 'HOME_MAIL'}},
    tls: 'implicit',
    ca: server.ca,
    agent: 'donna',
    escalate: null,
    folders: [],
    digest: [],
    rate: null,
    sinceMs: null,
    timeoutMs: 60_000,
    addresses: ['ada@northwind.example'],
    authserv: null,
    ...changes,
  }
}

/** Opens it for one test. */
export async function openForTest(account: ImapAccount, deps: OpenDeps = openDeps()): Promise<Mailbox> {
  const mailbox = await openImap(account, deps)
  onTestFinished(() => mailbox.close())
  return mailbox
}

/** All that a reading gives; what ends it early is thrown behind it. */
export interface Drained {
  readonly batches: readonly Batch[]
  readonly subjects: readonly string[]
  readonly cursor: Cursor | null
  readonly error: unknown
}

/** Reads to the end as the triage does. */
export async function drain(mailbox: Mailbox, changes: Partial<ReadOptions> = {}): Promise<Drained> {
  const batches: Batch[] = []
  let error: unknown = null
  const options = {cursor: null, since: 0, most: 200, signal: new AbortController().signal, ...changes}
  try {
    for await (const batch of mailbox.read(options)) batches.push(batch)
  } catch (caught) {
    error = caught
  }
  const subjects = batches.flatMap(({mails}) => mails.map(({head}) => head.subject))
  return {batches, subjects, cursor: batches.at(-1)?.cursor ?? options.cursor, error}
}

/** A mail as simple as they come. */
export function mail(subject: string, {body = 'Hello.', more = ''}: {body?: string; more?: string} = {}): string {
  const id = subject.replace(/\W+/g, '-')
  return [
    'From: Ben <ben@partner.example>',
    'To: ada@northwind.example',
    `Subject: ${subject}`,
    'Date: Sat, 21 Nov 2026 10:00:00 +0000',
    `Message-ID: <${id}@partner.example>`,
    ...(more === '' ? [] : [more]),
    '',
    body,
    '',
  ].join('\r\n')
}
