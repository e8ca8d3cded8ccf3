import {readFileSync} from 'node:fs'
import {request} from 'node:https'
import {ConfidentialClientApplication, type INetworkModule, PublicClientApplication} from '@azure/msal-node'
import {
  AuthenticationHandler,
  Client,
  type Context,
  type Middleware,
  RetryHandler,
} from '@microsoft/microsoft-graph-client'
import {describe, expect, onTestFinished} from 'vitest'
import {type Need, testNeeding} from '../needs.js'
import {tempFolder} from '../temp-folder.js'
import {type GraphServer, type GraphServerOptions, startGraphServer} from './server.js'

const OPENSSL: Need = {program: 'openssl'}
const test = testNeeding(OPENSSL)
const ADA = 'ada@northwind.example'
const BEN = 'ben@northwind.example'
const IMMUTABLE = 'IdType="ImmutableId"'

async function open(options: Partial<GraphServerOptions> = {}): Promise<GraphServer> {
  const server = await startGraphServer({dir: tempFolder(), users: [ADA, BEN], ...options})
  onTestFinished(() => server.close())
  return server
}

function mail(subject: string, more = '', body = 'Hello.'): string {
  const id = subject.replace(/\W/g, '')
  const head = ['From: Cleo <cleo@customer.example>', 'To: ada@northwind.example', `Subject: ${subject}`, more]
  return [...head, `Message-ID: <${id}@customer.example>`, '', body]
    .filter((line, at) => line !== '' || at > 4)
    .join('\r\n')
}

interface Sent {
  readonly status: number
  readonly headers: Record<string, string>
  readonly body: Buffer
}

/** What any client does that trusts only the server's own authority. */
function ask(url: string, {ca, method = 'GET', headers = {}, body}: AskOptions): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const sending = request(url, {method, headers, ca: readFileSync(ca), agent: false}, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const flat = Object.entries(response.headers).map(([name, value]) => [name, String(value)])
        resolve({status: response.statusCode ?? 0, headers: Object.fromEntries(flat), body: Buffer.concat(chunks)})
      })
    })
    sending.on('error', reject)
    sending.end(body)
  })
}

interface AskOptions {
  readonly ca: string
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body?: string
}

/** The official client, but for its last step, which knows the authority. */
function clientOf(server: GraphServer, token = server.token(ADA)): Client {
  const last: Middleware = {
    execute: async (context: Context) => {
      const url = typeof context.request === 'string' ? context.request : context.request.url
      const {method = 'GET', headers, body} = context.options ?? {}
      const flat = Object.fromEntries(new Headers(headers as ConstructorParameters<typeof Headers>[0]).entries())
      const sent = await ask(url, {ca: server.ca, method, headers: flat, ...(body ? {body: String(body)} : {})})
      context.response = new Response(sent.status === 204 ? null : new Uint8Array(sent.body), sent)
    },
  }
  const auth = new AuthenticationHandler({getAccessToken: async () => token})
  const retry = new RetryHandler()
  auth.setNext(retry)
  retry.setNext(last)
  const host = new URL(server.baseUrl).hostname
  return Client.initWithMiddleware({baseUrl: server.baseUrl, customHosts: new Set([host]), middleware: auth})
}

interface Row {
  readonly id: string
  readonly subject?: string
  readonly '@removed'?: unknown
}

interface Page {
  readonly value: readonly Row[]
  readonly '@odata.nextLink'?: string
  readonly '@odata.deltaLink'?: string
}

/** Follows a folder to the end of what is new. */
async function follow(client: Client, from: string, size = 50): Promise<{rows: Row[]; link: string; pages: number}> {
  const rows: Row[] = []
  for (let [url, pages] = [from, 1]; ; pages++) {
    const page: Page = await client.api(url).header('Prefer', `${IMMUTABLE}, odata.maxpagesize=${size}`).get()
    rows.push(...page.value)
    const link = page['@odata.deltaLink']
    if (link !== undefined) return {rows, link, pages}
    url = page['@odata.nextLink'] ?? ''
  }
}

const subjects = (rows: readonly Row[]): (string | undefined)[] => rows.map(({subject}) => subject).sort()
const INBOX = '/me/mailFolders/inbox/messages/delta?$select=subject,receivedDateTime'

describe('delta', () => {
  test('tells everything, then only what is new, page by page', async () => {
    const server = await open()
    for (const name of ['a', 'b', 'c', 'd', 'e']) await server.deliver(ADA, mail(name))
    const client = clientOf(server)
    const first = await follow(client, INBOX, 2)
    expect([subjects(first.rows), first.pages]).toEqual([['a', 'b', 'c', 'd', 'e'], 3])
    expect((await follow(client, first.link)).rows).toEqual([])

    await server.deliver(ADA, mail('f'))
    const [a] = first.rows.filter(({subject}) => subject === 'a')
    await client.api(`/me/messages/${a?.id}`).patch({isRead: true})
    const second = await follow(client, first.link)
    expect(subjects(second.rows)).toEqual(['f', undefined])
    server.tricks.replays = 1
    server.tricks.emptyPages = 2
    const third = await follow(client, second.link)
    expect([subjects(third.rows), third.pages]).toEqual([['f', undefined], 3])

    await client.api(`/me/messages/${a?.id}/move`).post({destinationId: 'archive'})
    const {rows} = await follow(client, third.link)
    expect(rows).toEqual([{id: a?.id, '@removed': {reason: 'deleted'}}])
  })

  test('begins where it is told to, and forgets what was read when told to', async () => {
    const server = await open()
    await server.deliver(ADA, mail('old'), {received: new Date('2026-01-01T00:00:00Z')})
    await server.deliver(ADA, mail('new'), {received: new Date('2026-02-02T00:00:00Z')})
    const client = clientOf(server)
    const {rows, link} = await follow(client, `${INBOX}&$filter=receivedDateTime ge 2026-02-01T00:00:00Z`)
    expect(subjects(rows)).toEqual(['new'])
    server.forget(ADA)
    const gone = await follow(client, link).catch((error: unknown) => error)
    expect(gone).toMatchObject({statusCode: 410, code: 'SyncStateNotFound'})
    const location = (gone as {headers: Headers}).headers.get('location') ?? ''
    expect(location).toMatch(/delta\?\$deltatoken=$/)
    expect(subjects((await follow(client, location)).rows)).toEqual(['new', 'old'].sort())
    await expect(follow(client, `${INBOX}&$filter=isRead eq false`)).rejects.toMatchObject({statusCode: 400})
    await expect(follow(client, `${INBOX}&$search="x"`)).rejects.toMatchObject({statusCode: 400})
    expect(server.strange).toHaveLength(2)
  })
})

describe('a mail', () => {
  test('has another id after it was moved, unless each request asks for the one that stays', async () => {
    const server = await open()
    const staying = await server.deliver(ADA, mail('a'))
    const client = clientOf(server)
    const {value} = (await client.api('/me/messages').get()) as Page
    const [{id: before = ''} = {id: ''}] = value
    expect(before).not.toBe(staying)
    const moved = (await client.api(`/me/messages/${before}/move`).post({destinationId: 'archive'})) as Row
    expect(moved.id).not.toBe(before)
    await expect(client.api(`/me/messages/${before}`).get()).rejects.toMatchObject({
      statusCode: 404,
      code: 'ErrorItemNotFound',
    })
    const found = (await client.api(`/me/messages/${staying}`).header('Prefer', IMMUTABLE).get()) as Row
    expect(found.id).toBe(staying)
  })

  test('keeps its headers, its bytes and its attachments', async () => {
    const server = await open()
    const raw = mail('=?utf-8?q?caf=C3=A9?=', 'List-Id: <news.example>')
    const id = await server.deliver(ADA, raw)
    const client = clientOf(server)
    const shown = await client.api(`/me/messages/${id}?$select=subject,internetMessageHeaders,from`).get()
    expect(shown).toMatchObject({
      subject: 'café',
      from: {emailAddress: {address: 'cleo@customer.example'}},
      internetMessageHeaders: expect.arrayContaining([{name: 'List-Id', value: '<news.example>'}]),
    })
    const {body} = await ask(`${server.baseUrl}/v1.0/me/messages/${id}/$value`, {
      ca: server.ca,
      headers: {authorization: `Bearer ${server.token(ADA)}`},
    })
    expect(body.toString()).toBe(raw)
    expect((await client.api(`/me/messages/${id}/attachments`).get()).value).toEqual([])
  })

  test('is answered by a draft and never by more', async () => {
    const server = await open()
    const id = await server.deliver(ADA, mail('A question'))
    const client = clientOf(server)
    const reply = client.api(`/me/messages/${id}/createReply`)
    await expect(
      reply.post({comment: 'a', message: {body: {contentType: 'text', content: 'b'}}}),
    ).rejects.toMatchObject({
      statusCode: 400,
    })
    const draft = await reply.post({comment: 'Tomorrow.'})
    expect(draft).toMatchObject({
      isDraft: true,
      subject: 'RE: A question',
      toRecipients: [{emailAddress: {address: 'cleo@customer.example'}}],
    })
    expect(server.mailbox(ADA).in(server.mailbox(ADA).folder('drafts').id)).toHaveLength(1)
    await expect(client.api(`/me/messages/${id}`).patch({subject: 'x'})).rejects.toMatchObject({statusCode: 400})
    const stale = client.api(`/me/messages/${draft.id}`).header('If-Match', 'W/"other"')
    await expect(stale.patch({categories: ['x']})).rejects.toMatchObject({statusCode: 412})
    expect(server.sends).toEqual([])
    await client.api(`/me/messages/${id}/reply`).post({comment: 'x'})
    expect(server.sends).toHaveLength(1)
  })
})

describe('a batch', () => {
  test('answers each of at most twenty by itself, also that one has to wait', async () => {
    const server = await open()
    await server.deliver(ADA, mail('a'))
    const client = clientOf(server)
    const requests = Array.from({length: 21}, (_, index) => ({
      id: `${index}`,
      method: 'GET',
      url: '/me/messages?$top=1',
    }))
    await expect(client.api('/$batch').post({requests})).rejects.toMatchObject({statusCode: 400})
    server.misbehave({what: 'throttle', retryAfter: 7})
    const {responses} = await client.api('/$batch').post({requests: requests.slice(0, 2)})
    expect(responses).toMatchObject([
      {id: '1', status: 200, body: {value: [{subject: 'a'}]}},
      {id: '0', status: 429, headers: {'Retry-After': '7'}},
    ])
  })
})

describe('too much', () => {
  test('is refused for a while: five at once, or when told to', async () => {
    const server = await open({latencyMs: 300})
    const token = {authorization: `Bearer ${server.token(ADA)}`}
    const many = Array.from({length: 5}, () =>
      ask(`${server.baseUrl}/v1.0/me/messages`, {ca: server.ca, headers: token}),
    )
    const statuses = (await Promise.all(many)).map(({status}) => status).sort()
    expect(statuses).toEqual([200, 200, 200, 200, 429])
    server.misbehave({what: 'throttle', retryAfter: 9})
    const {status, headers, body} = await ask(`${server.baseUrl}/v1.0/me`, {ca: server.ca, headers: token})
    expect([status, headers['retry-after']]).toEqual([429, '9'])
    expect(JSON.parse(body.toString())).toMatchObject({error: {code: 'ApplicationThrottled'}})
  })

  test('breaks, stalls and lies as a network does', async () => {
    const server = await open()
    const get = () =>
      ask(`${server.baseUrl}/v1.0/me`, {ca: server.ca, headers: {authorization: `Bearer ${server.token(ADA)}`}})
    server.misbehave({what: 'cut', when: 'before'}, {what: 'half'}, {what: 'html', status: 200})
    await expect(get()).rejects.toThrow()
    await expect(get()).rejects.toThrow()
    expect((await get()).body.toString()).toContain('<html>')
    expect((await get()).status).toBe(200)
  })
})

/** What msal-node is given instead of its own network, which would not know the authority. */
function network(server: GraphServer): INetworkModule {
  const send = async <T>(
    url: string,
    method: string,
    options: {headers?: Record<string, string>; body?: string} = {},
  ) => {
    const {status, headers, body} = await ask(url, {ca: server.ca, method, ...options})
    return {status, headers, body: JSON.parse(body.toString()) as T}
  }
  return {
    sendGetRequestAsync: (url, options) => send(url, 'GET', options),
    sendPostRequestAsync: (url, options) => send(url, 'POST', options),
  }
}

function person(server: GraphServer): PublicClientApplication {
  const {host} = new URL(server.baseUrl)
  return new PublicClientApplication({
    auth: {clientId: server.client.id, authority: server.authorityUrl, knownAuthorities: [host]},
    system: {networkClient: network(server)},
  })
}

async function login(server: GraphServer, app: PublicClientApplication) {
  return app.acquireTokenByDeviceCode({
    scopes: ['Mail.ReadWrite', 'offline_access'],
    deviceCodeCallback: ({userCode}) => server.authority.approve(userCode, ADA),
  })
}

function msalTests(): void {
  test('gives a person in by a code, and again and again by what it left behind', async () => {
    const server = await open()
    const app = person(server)
    const first = await login(server, app)
    expect(first?.account?.username).toBe(ADA)
    expect((await clientOf(server, first?.accessToken).api('/me').get()).mail).toBe(ADA)
    if (!first?.account) throw new Error('nobody is logged in')
    const again = await app.acquireTokenSilent({account: first.account, scopes: ['Mail.ReadWrite'], forceRefresh: true})
    expect(again?.accessToken).not.toBe(first.accessToken)
    server.authority.tokens.expire()
    await expect(clientOf(server, again?.accessToken).api('/me').get()).rejects.toMatchObject({statusCode: 401})
    for (const [why, code] of [
      ['consent', 'AADSTS65001'],
      ['unused', 'AADSTS700082'],
      // Last, as msal-node throws its refresh token away when it hears this.
      ['password', 'AADSTS50173'],
    ] as const) {
      server.authority.tokens.revoke(ADA, why)
      const silent = app.acquireTokenSilent({account: first.account, scopes: ['Mail.ReadWrite'], forceRefresh: true})
      await expect(silent).rejects.toMatchObject({message: expect.stringContaining(code)})
    }
    expect([...server.authority.scopesAsked].filter((scope) => /send/i.test(scope))).toEqual([])
  })

  test('waits for a person, who may decline', async () => {
    const server = await open()
    const waiting = person(server).acquireTokenByDeviceCode({
      scopes: ['Mail.ReadWrite'],
      deviceCodeCallback: ({userCode}) => void setTimeout(() => server.authority.refuse(userCode, 'declined'), 100),
    })
    await expect(waiting).rejects.toThrow(/authorization_declined/)
  })

  test('lets a program in by its secret, to any mailbox but nobody’s own', async () => {
    const server = await open()
    await server.deliver(BEN, mail('a'))
    const {host} = new URL(server.baseUrl)
    const app = (clientSecret: string) =>
      new ConfidentialClientApplication({
        auth: {clientId: server.client.id, clientSecret, authority: server.authorityUrl, knownAuthorities: [host]},
        system: {networkClient: network(server)},
      })
    const scopes = ['https://graph.microsoft.com/.default']
    const token = await app(server.client.secret ?? '').acquireTokenByClientCredential({scopes})
    const client = clientOf(server, token?.accessToken)
    expect((await client.api(`/users/${BEN}/messages`).get()).value).toMatchObject([{subject: 'a'}])
    await expect(client.api('/me/messages').get()).rejects.toMatchObject({statusCode: 400})
    await expect(app('wrong').acquireTokenByClientCredential({scopes})).rejects.toMatchObject({
      errorCode: 'invalid_client',
      errorMessage: expect.stringContaining('AADSTS7000215'),
    })
  })
}

describe('the login', msalTests)
