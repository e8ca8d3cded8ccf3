import {spawn} from 'node:child_process'
import {chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {createServer, type IncomingHttpHeaders, type Server, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import {join} from 'node:path'
import {setTimeout as wait} from 'node:timers/promises'
import {fileURLToPath} from 'node:url'
import {beforeEach, describe, expect, onTestFinished, test} from 'vitest'
import {tempFolder} from '../../testing/temp-folder.js'
import {fixedClock} from '../kit/clock.js'
import {type Folder, openFolder} from '../kit/folder.js'
import type {Channel} from '../workspace/config.js'
import {type DeliverOptions, deliverPage, deliverWaiting} from './deliver.js'
import type {Page} from './delivery.js'
import {claimPage, findPage, listPages, pagePath, prunePages, recordPage} from './outbox.js'

const page: Page = {
  key: 'donna-check-http-1763712000000',
  fleet: 'northwind',
  agent: 'donna',
  title: 'app.example.com \u001b[31mis down',
  text: 'It answered 503.\nRecovery did not help.',
  at: '2026-11-21T08:00:00.000Z',
}

let home: string
let mcos: Folder

beforeEach(() => {
  home = tempFolder()
  mkdirSync(join(home, '.mcos'))
  mcos = openFolder(join(home, '.mcos'))
})

function options(channel: Channel, more: Partial<DeliverOptions> = {}): DeliverOptions {
  return {
    channels: {founders: channel},
    clock: fixedClock('2026-11-21T08:01:00Z'),
    env: {...process.env, WEBHOOK: 'http://127.0.0.1:1/'},
    signal: new AbortController().signal,
    secret: ({value}) => process.env[value] ?? '',
    timeoutMs: 60_000,
    retryAfterMs: 10,
    ...more,
  }
}

interface Received {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

async function receiver(
  answer: (response: ServerResponse, place: number) => void,
): Promise<{url: string; received: Received[]}> {
  const received: Received[] = []
  const server: Server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      received.push({headers: request.headers, body})
      answer(response, received.length)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return {url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, received}
}

function respond(status: number): (response: ServerResponse) => void {
  return (response) => {
    response.writeHead(status).end()
  }
}

/** A program that keeps what it was given, one file a call. */
function program(more = ''): {channel: Channel; calls: () => string[]} {
  const script = join(home, 'page.sh')
  const log = join(home, 'calls')
  writeFileSync(
    script,
    `#!/bin/sh\n{ echo "$MCOS_PAGE_KEY|$MCOS_PAGE_AGENT|$1"; cat; echo ---; } >> '${log}'\n${more}\n`,
  )
  chmodSync(script, 0o755)
  return {
    channel: {kind: 'command', command: [script, 'a b']},
    calls: () => (existsSync(log) ? readFileSync(log, 'utf8').split('---\n').slice(0, -1) : []),
  }
}

describe('a webhook', () => {
  test('gets the page as JSON under its key, once', async () => {
    const {url, received} = await receiver(respond(204))
    recordPage(mcos, page, 'founders')
    const first = await deliverPage(mcos, page.key, options({kind: 'webhook', url}))
    const again = await deliverPage(mcos, page.key, options({kind: 'webhook', url}))
    expect([first.outcome, again.outcome]).toEqual(['sent', 'sent'])
    expect(received).toHaveLength(1)
    expect(received[0]?.headers['idempotency-key']).toBe(page.key)
    expect(JSON.parse(received[0]?.body ?? '')).toEqual({...page, title: 'app.example.com is down'})
    expect(findPage(mcos, page.key)).toMatchObject({state: 'sent', attempts: 1})
  })

  test('is asked once more when it stumbles, under the same key', async () => {
    const {url, received} = await receiver((response, place) => respond(place === 1 ? 503 : 200)(response))
    recordPage(mcos, page, 'founders')
    expect(await deliverPage(mcos, page.key, options({kind: 'webhook', url}))).toMatchObject({outcome: 'sent'})
    expect(received.map(({headers}) => headers['idempotency-key'])).toEqual([page.key, page.key])
  })

  test('that refuses is not asked again in this beat, but in the next', async () => {
    const {url, received} = await receiver((response, place) => respond(place === 1 ? 404 : 200)(response))
    const channel = {kind: 'webhook', url} as const
    recordPage(mcos, page, 'founders')
    expect(await deliverPage(mcos, page.key, options(channel))).toMatchObject({outcome: 'failed'})
    expect(received).toHaveLength(1)
    expect(findPage(mcos, page.key)).toMatchObject({state: 'failed', attempts: 1})
    expect(await deliverWaiting(mcos, options(channel))).toMatchObject([{key: page.key, delivery: {outcome: 'sent'}}])
    expect(await deliverWaiting(mcos, options(channel))).toEqual([])
    expect(listPages(mcos)).toMatchObject([{state: 'sent', attempts: 2}])
  })

  test('that hangs is given up in time, and its address is not told', async () => {
    const {url} = await receiver(() => undefined)
    recordPage(mcos, page, 'founders')
    const channel = {kind: 'webhook', url: `${url}/secret-path`} as const
    const delivery = await deliverPage(mcos, page.key, options(channel, {timeoutMs: 100}))
    expect(delivery.outcome).toBe('failed')
    expect(delivery.detail).toContain('did not answer within 0.1 s')
    expect(delivery.detail).not.toContain('secret-path')
  })

  test('may be named by a reference; what resolves to no address is not told either', async () => {
    const {url, received} = await receiver(respond(200))
    const channel: Channel = {
      kind: 'webhook',
      url: {source: 'env', value: 'HOOK'},
      headers: {Authorization: {source: 'env', value: 'TOKEN'}, 'Idempotency-Key': 'mine'},
    }
    recordPage(mcos, page, 'founders')
    const secret = ({value}: {value: string}) => (value === 'HOOK' ? url : 'Bearer abc')
    await deliverPage(mcos, page.key, options(channel, {secret}))
    expect(received[0]?.headers).toMatchObject({authorization: 'Bearer abc', 'idempotency-key': page.key})
    recordPage(mcos, {...page, key: 'other'}, 'founders')
    const failed = await deliverPage(mcos, 'other', options(channel, {secret: () => 'hunter2'}))
    expect(failed).toEqual({outcome: 'failed', detail: "the webhook's url is no web address"})
  })

  test('that a killed beat had begun is asked again under the same key', async () => {
    const {url, received} = await receiver(respond(200))
    recordPage(mcos, page, 'founders')
    claimPage(mcos, page.key, {from: 'pending', to: 'started'})
    const path = pagePath('started', page.key)
    expect(await deliverPage(mcos, page.key, options({kind: 'webhook', url}))).toMatchObject({outcome: 'unknown'})
    expect(received).toHaveLength(0)
    mcos.write(path, (mcos.readText(path) ?? '').replace(/"start": "\d+"/, '"start": "1"'))
    expect(await deliverPage(mcos, page.key, options({kind: 'webhook', url}))).toMatchObject({outcome: 'sent'})
    expect(received).toHaveLength(1)
  })
})

describe('a program', () => {
  test('gets the text on its standard input and the key in its environment, once', async () => {
    const {channel, calls} = program()
    recordPage(mcos, page, 'founders')
    const both = await Promise.all([
      deliverPage(mcos, page.key, options(channel)),
      deliverPage(mcos, page.key, options(channel)),
    ])
    expect(both.map(({outcome}) => outcome).sort()).toEqual(['sent', 'unknown'])
    expect(await deliverPage(mcos, page.key, options(channel))).toMatchObject({outcome: 'sent'})
    expect(calls()).toEqual([
      `${page.key}|donna|a b\napp.example.com is down\n\nIt answered 503.\nRecovery did not help.\n`,
    ])
  })

  test('knows nothing of our keys', async () => {
    const seen = join(home, 'seen')
    recordPage(mcos, page, 'founders')
    const channel: Channel = {kind: 'command', command: ['/bin/sh', '-c', `env > '${seen}'`]}
    await deliverPage(mcos, page.key, options(channel, {env: {...process.env, ANTHROPIC_API_KEY: 'hunter2'}}))
    expect(readFileSync(seen, 'utf8')).not.toContain('hunter2')
  })

  test.each([
    ['fails', ['/bin/sh', '-c', 'echo "no \u001b[1mroute" >&2; exit 3'], '/bin/sh ended with exit 3: no route', 60_000],
    ['fails as one that lost the claim would', ['/bin/sh', '-c', 'exit 75'], '/bin/sh ended with exit 75', 60_000],
    ['is missing', ['/nowhere/page', 'x'], '/nowhere/page is not installed here', 60_000],
    ['hangs', ['sleep', '60'], 'sleep did not end within 0.3 s', 300],
  ])('that %s leaves a page that is tried again', async (_, command, detail, timeoutMs) => {
    recordPage(mcos, page, 'founders')
    const delivery = await deliverPage(mcos, page.key, options({kind: 'command', command}, {timeoutMs}))
    expect(delivery).toEqual({outcome: 'failed', detail})
    const {channel, calls} = program()
    expect(await deliverWaiting(mcos, options(channel))).toMatchObject([{delivery: {outcome: 'sent'}}])
    expect(calls()).toHaveLength(1)
  })

  test('that a killed beat had begun is not begun again, and goes on', async () => {
    const {channel, calls} = program('sleep 1; echo x >> ended')
    const sender = fileURLToPath(new URL('../../testing/send-page.ts', import.meta.url))
    const child = spawn(process.execPath, ['--import', 'tsx', sender, mcos.dir, JSON.stringify({page, channel})])
    while (!existsSync(join(mcos.dir, pagePath('started', page.key)))) await wait(5)
    child.kill('SIGKILL')
    await new Promise((resolve) => child.once('exit', resolve))
    expect(findPage(mcos, page.key)?.state).toBe('started')
    expect(await deliverPage(mcos, page.key, options(channel))).toMatchObject({outcome: 'unknown'})
    expect(await deliverWaiting(mcos, options(channel))).toEqual([])
    expect(listPages(mcos)).toMatchObject([{state: 'sent', last: {outcome: 'unknown'}}])
    while (!existsSync(join(home, 'ended'))) await wait(20)
    expect(calls()).toHaveLength(1)
  })
})

test('a page that was recorded and never begun is sent by the next beat', async () => {
  const {channel, calls} = program()
  expect(recordPage(mcos, page, 'founders')).toBe('pending')
  expect(recordPage(mcos, {...page, title: 'again'}, 'founders')).toBe('pending')
  await deliverWaiting(mcos, options(channel))
  expect(recordPage(mcos, page, 'founders')).toBe('sent')
  expect(calls()).toHaveLength(1)
})

test('a beat that is ending sends nothing and keeps the page', async () => {
  const {channel, calls} = program()
  recordPage(mcos, page, 'founders')
  const signal = AbortSignal.abort()
  expect(await deliverPage(mcos, page.key, options(channel, {signal}))).toMatchObject({outcome: 'failed'})
  expect(findPage(mcos, page.key)?.state).toBe('pending')
  expect(calls()).toEqual([])
})

test('a channel that is not there fails and says so', async () => {
  recordPage(mcos, page, 'founders')
  const delivery = await deliverPage(mcos, page.key, options({kind: 'command', command: []}, {channels: {}}))
  expect(delivery).toEqual({outcome: 'failed', detail: 'mcos.yaml has no channel founders'})
})

test('keys of any text keep apart and stay inside the outbox', () => {
  const keys = ['a/b', 'a:b', '../../x', '.hidden', 'constructor', 'é'.repeat(300), 'a'.repeat(300)]
  for (const key of keys) recordPage(mcos, {...page, key}, 'founders')
  expect(new Set(mcos.list('outbox/pending').map(({name}) => name)).size).toBe(keys.length)
  for (const key of keys) expect(findPage(mcos, key)?.page.key).toBe(key)
  expect(existsSync(join(home, 'x.json'))).toBe(false)
})

test('a damaged record is not sent, and the same page can be recorded anew', async () => {
  const {channel, calls} = program()
  mcos.write(pagePath('pending', page.key), '{"page": ')
  expect(await deliverWaiting(mcos, options(channel))).toEqual([])
  expect(recordPage(mcos, page, 'founders')).toBe('pending')
  await deliverWaiting(mcos, options(channel))
  expect(calls()).toHaveLength(1)
})

test('what is long settled is forgotten, what waits is not', async () => {
  const {channel} = program()
  recordPage(mcos, page, 'founders')
  await deliverWaiting(mcos, options(channel))
  recordPage(mcos, {...page, key: 'waiting'}, 'founders')
  expect(prunePages(mcos, '2026-11-21T00:00:00.000Z')).toBe(0)
  expect(prunePages(mcos, '2027-01-01T00:00:00.000Z')).toBe(1)
  expect(listPages(mcos)).toMatchObject([{state: 'pending', page: {key: 'waiting'}}])
})
