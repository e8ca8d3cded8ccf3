import {mkdirSync, readdirSync, readFileSync} from 'node:fs'
import {createServer, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {join} from 'node:path'
import {beforeEach, describe, expect, onTestFinished, test} from 'vitest'
import {startTelegramServer, type TelegramServer} from '../../../testing/telegram-server/server.js'
import {tempFolder} from '../../../testing/temp-folder.js'
import {fixedClock} from '../../kit/clock.js'
import {type Folder, openFolder} from '../../kit/folder.js'
import {type DeliverOptions, deliverPage, deliverWaiting} from '../deliver.js'
import type {Delivery, Page} from '../delivery.js'
import {claimPage, findPage, pagePath, recordPage} from '../outbox.js'
import {fitMessage} from './message-text.js'

const TOKEN = '123456:AAtest-token_of_nobody-at-all'
const page: Page = {
  key: 'donna-http-1',
  fleet: 'northwind',
  agent: 'donna',
  title: 'app.example.com *is* down',
  text: 'It answered 503. <b>See</b> [here](http://x.example)',
  at: '2026-11-21T08:00:00.000Z',
}

let home: string
let mcos: Folder

beforeEach(() => {
  home = tempFolder()
  mkdirSync(join(home, '.mcos'))
  mcos = openFolder(join(home, '.mcos'))
})

async function open(): Promise<TelegramServer> {
  const server = await startTelegramServer({token: TOKEN, chats: ['-100123', '-100999']})
  onTestFinished(() => server.close())
  return server
}

function options(baseUrl: string, more: Partial<DeliverOptions> & {chat?: string} = {}): DeliverOptions {
  const {chat = '-100123', ...rest} = more
  return {
    channels: {founders: {kind: 'telegram', token: {source: 'env', value: 'T'}, chat, baseUrl}},
    clock: fixedClock('2026-11-21T08:01:00Z'),
    env: {},
    signal: new AbortController().signal,
    secret: () => TOKEN,
    timeoutMs: 60_000,
    retryAfterMs: 10,
    ...rest,
  }
}

function send(server: {readonly url: string}, more: Parameters<typeof options>[1] = {}): Promise<Delivery> {
  recordPage(mcos, page, 'founders')
  return deliverPage(mcos, page.key, options(server.url, more))
}

/** Everything that was written below `.mcos`. */
function everythingWritten(): string {
  const files = readdirSync(mcos.dir, {recursive: true, withFileTypes: true}).filter((entry) => entry.isFile())
  return files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')).join('\n')
}

describe('a page over Telegram', () => {
  test('arrives once, as plain text without a preview', async () => {
    const server = await open()
    expect(await send(server)).toEqual({outcome: 'sent', detail: 'Telegram took it'})
    expect(await deliverPage(mcos, page.key, options(server.url))).toMatchObject({outcome: 'sent'})
    expect(server.shown.map(({text}) => text)).toEqual([
      'app.example.com *is* down\n\nIt answered 503. <b>See</b> [here](http://x.example)\n\nnorthwind 2026-11-21T08:00:00.000Z',
    ])
    expect(server.calls[0]?.params).not.toHaveProperty('parse_mode')
    expect(server.calls[0]?.params).toMatchObject({link_preview_options: {is_disabled: true}})
  })

  test('is sent by one of two beats that try at once', async () => {
    const server = await open()
    recordPage(mcos, page, 'founders')
    const ends = await Promise.all([1, 2, 3].map(() => deliverPage(mcos, page.key, options(server.url))))
    expect(ends.map(({outcome}) => outcome).sort()).toEqual(['sent', 'unknown', 'unknown'])
    expect(server.shown).toHaveLength(1)
  })

  test.each([
    [
      'asked to wait',
      {what: 'refuse', code: 429, description: 'Too Many Requests: retry after 1', parameters: {retry_after: 0}},
    ],
    ['a server on its knees', {what: 'refuse', code: 500, description: 'Internal Server Error'}],
    ['a portal in between', {what: 'raw', status: 200, body: '<html>Sign in</html>'}],
  ] as const)('is tried once more after %s', async (_, mischief) => {
    const server = await open()
    server.misbehave(mischief)
    expect(await send(server)).toMatchObject({outcome: 'sent'})
    expect(server.shown).toHaveLength(1)
  })

  test('that has to wait long is left to the next beat', async () => {
    const server = await open()
    server.misbehave({what: 'refuse', code: 429, description: 'Too Many Requests', parameters: {retry_after: 40}})
    const delivery = await send(server)
    expect(delivery).toMatchObject({outcome: 'failed', detail: expect.stringContaining('(for 40 s)')})
    expect(server.shown).toHaveLength(0)
    expect(await deliverWaiting(mcos, options(server.url))).toMatchObject([{delivery: {outcome: 'sent'}}])
    expect(server.shown).toHaveLength(1)
  })

  test.each([
    ['cut after it was taken', {what: 'cut', when: 'after'}, 1],
    ['cut before it was taken', {what: 'cut', when: 'before'}, 0],
    ['broken off', {what: 'half'}, 1],
    ['late', {what: 'slow', ms: 900}, 1, 500],
  ] as const)(
    'whose answer is %s is not sent twice, and says that its end was not seen',
    async (_, mischief, arrived, timeoutMs: number = 60_000) => {
      const server = await open()
      server.misbehave(mischief)
      const delivery = await send(server, {timeoutMs})
      expect(delivery).toMatchObject({outcome: 'unknown', detail: expect.stringContaining('its end was not seen')})
      expect(await deliverWaiting(mcos, options(server.url))).toEqual([])
      expect(server.shown).toHaveLength(arrived)
      expect(findPage(mcos, page.key)).toMatchObject({state: 'sent', last: {outcome: 'unknown'}})
    },
  )

  test('that could not be begun is begun by the next beat', async () => {
    const refused = await send({url: 'http://127.0.0.1:1'})
    expect(refused).toEqual({outcome: 'failed', detail: '127.0.0.1:1 could not be reached (ECONNREFUSED)'})
    const server = await open()
    expect(await deliverWaiting(mcos, options(server.url))).toMatchObject([{delivery: {outcome: 'sent'}}])
  })

  test('that a killed beat had begun is not begun again', async () => {
    const server = await open()
    recordPage(mcos, page, 'founders')
    claimPage(mcos, page.key, {from: 'pending', to: 'started'})
    const path = pagePath('started', page.key)
    mcos.write(path, (mcos.readText(path) ?? '').replace(/"start": "\d+"/, '"start": "1"'))
    expect(await deliverPage(mcos, page.key, options(server.url))).toMatchObject({outcome: 'unknown'})
    expect(server.calls).toHaveLength(0)
  })

  test('follows a group that has become a supergroup, and says so', async () => {
    const server = await open()
    const description = 'Bad Request: group chat was upgraded to a supergroup chat'
    server.misbehave({what: 'refuse', code: 400, description, parameters: {migrate_to_chat_id: -100999}})
    expect(await send(server)).toEqual({
      outcome: 'sent',
      detail: 'Telegram took it; the chat is -100999 now: say so in mcos.yaml',
    })
    expect(server.shown).toMatchObject([{chat: '-100999'}])
  })

  test.each([
    ['a wrong token', {secret: (): string => `${TOKEN}x`}, '401: Unauthorized: the token is wrong or was revoked'],
    ['what is no token', {secret: (): string => 'hunter2-and-more'}, 'is no bot token'],
    ['a chat it is not in', {chat: '-5'}, '400: Bad Request: chat not found'],
  ] as const)('over %s fails and says why', async (_, more, why) => {
    const delivery = await send(await open(), more)
    expect(delivery).toMatchObject({outcome: 'failed', detail: expect.stringContaining(why)})
    expect(JSON.stringify(delivery) + everythingWritten()).not.toMatch(/AAtest|hunter2/)
  })
})

test('nobody gets the token to see, whatever the far side says or does', async () => {
  const echo: Server = createServer((request, response) => {
    request.resume()
    const description = `no such page: ${request.url} ${decodeURIComponent(request.url ?? '')} ${encodeURIComponent(TOKEN)} AAtest-token_of_nobody-at-all`
    response.writeHead(400).end(JSON.stringify({ok: false, error_code: 400, description}))
  })
  await new Promise<void>((done) => echo.listen(0, '127.0.0.1', done))
  onTestFinished(() => void echo.close())
  const delivery = await send({url: `http://127.0.0.1:${(echo.address() as AddressInfo).port}`})
  expect(delivery).toMatchObject({outcome: 'failed', detail: expect.stringContaining('[token]')})
  expect(JSON.stringify(delivery) + everythingWritten()).not.toContain('AAtest')
})

describe('a long text', () => {
  test('is cut after a line, says so and fits', () => {
    const cut = fitMessage(Array.from({length: 900}, (_, place) => `line ${place} 😀`).join('\n'))
    expect(cut.length).toBeLessThanOrEqual(4096)
    expect(cut).toMatch(/\nline \d+ 😀\n… \(cut: the rest does not fit into one message\)$/)
  })

  test('of one line is cut within it, and never within a character', () => {
    for (let lead = 0; lead < 2; lead++) {
      const cut = fitMessage('x'.repeat(lead) + '😀'.repeat(3000))
      expect(cut.length).toBeLessThanOrEqual(4096)
      expect(Buffer.from(cut).toString()).toBe(cut)
    }
  })
})
