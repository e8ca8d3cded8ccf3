import {createServer, type IncomingMessage, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import {setTimeout as sleep} from 'node:timers/promises'
import {Chats, type ShownMessage} from './chats.js'
import {type Mischief, MischiefList} from './mischief.js'
import {Refusal} from './refusal.js'
import {UpdateQueue} from './updates.js'

export interface TelegramServerOptions {
  readonly token: string
  readonly username?: string
  /** Chats in which the bot may speak: a person's own has the person's number. */
  readonly chats?: readonly string[]
  /** The first update's number. */
  readonly first?: number
}

export interface Call {
  readonly method: string
  readonly params: Readonly<Record<string, unknown>>
}

/** Who says something and where; `more` are further fields of the message. */
export interface Saying {
  readonly from: number | null
  readonly chat?: number
  readonly isBot?: boolean
  readonly more?: Readonly<Record<string, unknown>>
}

export interface TelegramServer {
  readonly url: string
  /** Those with the right token, in their order. */
  readonly calls: readonly Call[]
  /** What stands in the chats now. */
  readonly shown: readonly ShownMessage[]
  readonly blocked: Set<string>
  readonly queue: UpdateQueue
  /** A message of somebody; answers its update's number. */
  say(text: string, saying: Saying): number
  /** Presses a button of a message of the bot, or one that somebody made up. */
  press(data: string, pressing: {from: number; message?: ShownMessage; chat?: number}): number
  misbehave(...mischief: readonly Mischief[]): void
  close(): Promise<void>
}

/** A server on the loopback that answers one bot as api.telegram.org does: the same envelope, numbers, offsets and refusals. */
export async function startTelegramServer(options: TelegramServerOptions): Promise<TelegramServer> {
  const {token, username = 'northwind_bot', chats: known = [], first = 1000} = options
  const bot = {id: Number(token.split(':')[0]), is_bot: true, first_name: 'Northwind', username}
  const blocked = new Set<string>()
  const chats = new Chats({known: new Set(known), blocked})
  const queue = new UpdateQueue(first)
  const mischief = new MischiefList()
  const calls: Call[] = []
  let said = 0

  const perform = async ({method, params}: Call, gone: AbortSignal): Promise<unknown> => {
    switch (method) {
      case 'getMe':
        return bot
      case 'getUpdates':
        return queue.get(params, gone)
      case 'sendMessage':
        return asMessage(chats.send(params))
      case 'editMessageText':
        return asMessage(chats.edit(params))
      case 'answerCallbackQuery':
        return chats.answer(params)
      default:
        throw new Refusal(404, 'Not Found')
    }
  }
  const asMessage = ({message_id: id, chat, text}: ShownMessage) => ({
    message_id: id,
    from: bot,
    chat: {id: Number(chat), type: Number(chat) < 0 ? 'supergroup' : 'private'},
    date: Math.floor(Date.now() / 1000),
    text,
  })
  const server = createServer((request, response) => {
    void handle(request, response).catch(() => response.destroy())
  })
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const gone = new AbortController()
    response.on('close', () => gone.abort())
    const raw = await bodyOf(request)
    const [, path = '', method = ''] = /^\/(bot[^/]*)\/(\w+)$/.exec(request.url ?? '') ?? []
    if (!/^bot\d+:[\w-]+$/.test(path)) return refuse(response, new Refusal(404, 'Not Found'))
    if (path !== `bot${token}`) return refuse(response, new Refusal(401, 'Unauthorized'))
    const call = {method, params: raw === '' ? {} : (JSON.parse(raw) as Call['params'])}
    calls.push(call)
    const trick = mischief.take(method)
    if (trick?.what === 'cut' && trick.when === 'before') return void response.socket?.destroy()
    if (trick?.what === 'raw')
      return void response.writeHead(trick.status, {'content-type': 'text/html'}).end(trick.body)
    try {
      if (trick?.what === 'refuse') throw new Refusal(trick.code, trick.description, trick.parameters)
      const body = JSON.stringify({ok: true, result: await perform(call, gone.signal)})
      if (trick?.what === 'slow') await sleep(trick.ms)
      if (trick?.what === 'cut') return void response.socket?.destroy()
      const head = {'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body))}
      if (trick?.what === 'half') {
        response.writeHead(200, head).write(body.slice(0, body.length / 2), () => response.socket?.destroy())
        return
      }
      response.writeHead(200, head).end(body)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      refuse(response, error)
    }
  }

  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    shown: chats.shown,
    blocked,
    queue,
    say: (text, {from, chat = from ?? -100, isBot = false, more = {}}) =>
      queue.push({
        message: {
          message_id: 500 + ++said,
          date: Math.floor(Date.now() / 1000),
          ...personFields(from, isBot),
          ...chatFields(chat),
          text,
          ...more,
        },
      }),
    press: (data, {from, message, chat = Number(message?.chat ?? from)}) => {
      const id = String(7_000_000 + ++said)
      chats.press(id)
      const shown = message ? {message: {...asMessage(message), ...chatFields(chat)}} : {}
      return queue.push({callback_query: {id, ...personFields(from, false), ...shown, chat_instance: '1', data}})
    },
    misbehave: (...tricks) => mischief.add(tricks),
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

function personFields(from: number | null, isBot: boolean): object {
  return from === null ? {} : {from: {id: from, is_bot: isBot, first_name: `User ${from}`, language_code: 'en'}}
}

function chatFields(chat: number): object {
  return {chat: {id: chat, type: chat < 0 ? 'supergroup' : 'private'}}
}

function refuse(response: ServerResponse, {code, message, parameters}: Refusal): void {
  const body = {ok: false, error_code: code, description: message, ...(parameters ? {parameters} : {})}
  response.writeHead(code, {'content-type': 'application/json'}).end(JSON.stringify(body))
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
