import {mkdtempSync, realpathSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {systemClock} from '../src/kit/clock.js'
import {UserError} from '../src/kit/errors.js'
import {openFolder} from '../src/kit/folder.js'
import type {OpenDeps} from '../src/mail/open-deps.js'
import type {GraphAccount} from '../src/workspace/config.js'
import {formatSecretRef} from '../src/workspace/secret-ref.js'
import {readMime} from './graph-server/read-mime.js'
import {type GraphServer, type GraphServerOptions, startGraphServer} from './graph-server/server.js'
import {tempFolder} from './temp-folder.js'

/** A Graph server for all tests of a file, with a mailbox of its own for each of them. */
export interface GraphScene {
  readonly server: GraphServer
  /** A person whose mailbox nobody has used yet. */
  person(): string
  /** An account that proves itself by the application's secret. */
  app(user: string, over?: Partial<GraphAccount>): GraphAccount
  /** An account that a person has to log in to. */
  own(user: string, over?: Partial<GraphAccount>): GraphAccount
  /** A machine of its own for one account; further calls with its folder are further processes on it. */
  machine(over?: Partial<OpenDeps> & {readonly dir?: string}): OpenDeps
  /** A small mail comes in; answers its immutable id. */
  deliver(user: string, about: Partial<SmallMail>): Promise<string>
  /** So many that differ in nothing but their number, without being taken apart one by one. */
  deliverMany(user: string, count: number): Promise<void>
  close(): Promise<void>
}

export interface SmallMail {
  readonly subject: string
  readonly from: string
  readonly to: string
  readonly messageId: string
  readonly references: string
  readonly text: string
  readonly html: string
  readonly folder: string
  readonly received: Date
}

const PEOPLE = 60

export async function openGraphScene(options: Partial<GraphServerOptions> = {}): Promise<GraphScene> {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'mcos-graph-')))
  const users = Array.from({length: PEOPLE}, (_, index) => `person${index}@northwind.example`)
  const server = await startGraphServer({dir, users, intervalSeconds: 0.02, ...options})
  let used = 0
  let count = 0
  const common = {
    kind: 'graph',
    agent: 'donna',
    escalate: null,
    folders: [],
    digest: [],
    rate: null,
    sinceMs: null,
    timeoutMs: 60_000,
    addresses: [],
    authserv: null,
    tenant: server.tenant,
    clientId: server.client.id,
    authority: server.authorityUrl,
    baseUrl: server.baseUrl,
    ca: server.ca,
  } as const
  return {
    server,
    person: () => users[used++] ?? '',
    own: (user, over = {}) => ({...common, user, clientSecret: null, ...over}),
    app: (user, over = {}) => ({...common, user, clientSecret: {source: 'env', value: 'GRAPH_SECRET'}, ...over}),
    machine: ({dir: home = tempFolder(), ...over} = {}) => {
      const env: OpenDeps['env'] = {GRAPH_SECRET: server.client.secret}
      const folder = openFolder(home)
      folder.makeFolder('.mcos')
      return {
        name: 'work',
        home: folder,
        mcos: openFolder(join(home, '.mcos')),
        clock: systemClock,
        env,
        signal: new AbortController().signal,
        secret: async (ref) => {
          const value = env[ref.value]
          if (value) return value
          throw new UserError(`The secret ${formatSecretRef(ref)} is not there.`, {
            code: 'SECRET_EMPTY',
            fix: 'Set it.',
          })
        },
        ...over,
      }
    },
    deliver(user, about) {
      const {folder = 'inbox', received = new Date(), ...rest} = about
      count++
      return server.deliver(user, written(rest, count), {folder, received})
    },
    async deliverMany(user, many) {
      const box = server.mailbox(user)
      const raw = Buffer.from(written({}, 0))
      const one = await readMime(raw, `${new Date().toISOString().slice(0, 19)}Z`)
      for (let number = 1; number <= many; number++) {
        const properties = {...one.properties, subject: `${number}`, internetMessageId: `<many-${number}@bell.example>`}
        box.add({...one, properties}, {raw, folder: box.folder('inbox').id})
      }
    },
    close: async () => {
      await server.close()
      rmSync(dir, {recursive: true, force: true})
    },
  }
}

function written(about: Partial<SmallMail>, number: number): string {
  const {subject = `Mail ${number}`, from = 'Bea Bell <bea@bell.example>', to = 'ada@northwind.example'} = about
  const {messageId = `<m${number}@bell.example>`, references, text = 'Hello.', html} = about
  return [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    `Message-ID: ${messageId}`,
    'Date: Fri, 20 Nov 2026 09:00:00 +0000',
    ...(references === undefined ? [] : [`References: ${references}`, `In-Reply-To: ${references.split(' ').at(-1)}`]),
    'MIME-Version: 1.0',
    `Content-Type: ${html === undefined ? 'text/plain' : 'text/html'}; charset=utf-8`,
    '',
    html ?? text,
    '',
  ].join('\r\n')
}
