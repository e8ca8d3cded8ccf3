import {describe, expect, onTestFinished, test} from 'vitest'
import {startTelegramServer, type TelegramServer, type TelegramServerOptions} from './server.js'

const TOKEN = '123456:AAtest-token_of_nobody-at-all'

async function open(options: Partial<TelegramServerOptions> = {}): Promise<TelegramServer> {
  const server = await startTelegramServer({token: TOKEN, chats: ['7', '-100'], ...options})
  onTestFinished(() => server.close())
  return server
}

async function call(server: TelegramServer, method: string, params: object = {}, token = TOKEN) {
  const response = await fetch(`${server.url}/bot${token}/${method}`, {method: 'POST', body: JSON.stringify(params)})
  return {status: response.status, body: (await response.json()) as Record<string, unknown>}
}

describe('the envelope', () => {
  test('is ok and a result, or a number and a description', async () => {
    const server = await open()
    expect(await call(server, 'getMe')).toMatchObject({
      status: 200,
      body: {ok: true, result: {id: 123456, is_bot: true}},
    })
    expect(await call(server, 'getMe', {}, `${TOKEN}x`)).toEqual({
      status: 401,
      body: {ok: false, error_code: 401, description: 'Unauthorized'},
    })
    expect((await call(server, 'getMe', {}, 'no-token')).status).toBe(404)
    expect((await call(server, 'sendMessage', {chat_id: '8', text: 'x'})).body).toMatchObject({
      description: 'Bad Request: chat not found',
    })
    server.blocked.add('7')
    expect((await call(server, 'sendMessage', {chat_id: '7', text: 'x'})).status).toBe(403)
  })

  test.each([
    ['an empty text', {text: ' \n '}],
    ['a text too long', {text: 'x'.repeat(4097)}],
    [
      'a button that says too much',
      {text: 'x', reply_markup: {inline_keyboard: [[{text: 'a', callback_data: 'é'.repeat(33)}]]}},
    ],
  ])('refuses %s', async (_, params) => {
    expect((await call(await open(), 'sendMessage', {chat_id: '7', ...params})).status).toBe(400)
  })
})

describe('updates', () => {
  test('stay until a higher offset confirms them', async () => {
    const server = await open({first: 10})
    for (const text of ['a', 'b', 'c']) server.say(text, {from: 7})
    const ids = async (params: object) =>
      ((await call(server, 'getUpdates', params)).body['result'] as {update_id: number}[]).map((one) => one.update_id)
    expect(await ids({})).toEqual([10, 11, 12])
    expect(await ids({limit: 2})).toEqual([10, 11])
    expect(await ids({offset: 11})).toEqual([11, 12])
    expect(await ids({})).toEqual([11, 12])
    expect(await ids({offset: 13})).toEqual([])
    expect(server.queue.unconfirmed()).toEqual([])
  })

  test('are waited for, and a second one who asks throws the first out', async () => {
    const server = await open()
    const first = call(server, 'getUpdates', {timeout: 20})
    while (!server.queue.isPolled()) await new Promise((resolve) => setTimeout(resolve, 5))
    const second = call(server, 'getUpdates', {timeout: 20})
    expect((await first).body).toMatchObject({
      error_code: 409,
      description: expect.stringContaining('terminated by other'),
    })
    server.say('hello', {from: 7})
    expect((await second).body).toMatchObject({ok: true, result: [{message: {text: 'hello', from: {id: 7}}}]})
  })

  test('are not for asking while a webhook is set', async () => {
    const server = await open()
    server.queue.hasWebhook = true
    expect((await call(server, 'getUpdates')).status).toBe(409)
  })
})

test('a pressed button is answered once, and a message is edited to something else', async () => {
  const server = await open()
  await call(server, 'sendMessage', {chat_id: '7', text: 'Yes?'})
  const [message] = server.shown
  server.press('a:b', {from: 7, ...(message ? {message} : {})})
  const {body} = await call(server, 'getUpdates')
  const [{callback_query: query}] = body['result'] as [{callback_query: {id: string; data: string}}]
  expect(query.data).toBe('a:b')
  expect((await call(server, 'answerCallbackQuery', {callback_query_id: query.id})).status).toBe(200)
  expect((await call(server, 'answerCallbackQuery', {callback_query_id: query.id})).status).toBe(400)
  expect((await call(server, 'editMessageText', {chat_id: '7', message_id: 1, text: 'Yes?'})).status).toBe(400)
  expect((await call(server, 'editMessageText', {chat_id: '7', message_id: 1, text: 'Yes.'})).status).toBe(200)
  expect(server.shown).toMatchObject([{text: 'Yes.'}])
})
