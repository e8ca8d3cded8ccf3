import type {Context, Middleware} from '@microsoft/microsoft-graph-client'
import type {GraphAccount} from '../../workspace/config.js'
import {accessToken} from '../oauth/access-token.js'
import {type Answer, type Ask, openExchange} from '../oauth/exchange.js'
import {retryAfterMs} from '../oauth/retry-after.js'
import type {OpenDeps} from '../open-deps.js'
import {MailTrouble} from '../trouble.js'
import {type Asked, refusalOf} from './graph-trouble.js'
import {openPatience} from './patience.js'

/** Requests about one mailbox; throws `MailTrouble`, of which `GraphRefusal` is one. */
export interface Graph {
  readonly asked: Asked
  /** Below the mailbox, such as /mailFolders, or a whole link that the server has given. */
  get(path: string, options?: GetOptions): Promise<unknown>
  post(path: string, body: object): Promise<unknown>
  patch(path: string, body: object): Promise<unknown>
  /** The first bytes of what isn't JSON. */
  bytes(path: string, cutAt: number): Promise<Buffer>
  /** What nobody expects of this server, in words of ours. */
  strange(what: string): MailTrouble
  close(): void
}

interface GetOptions {
  /** Rows on a page. */
  readonly pageSize?: number
}

const GRAPH = 'https://graph.microsoft.com'
/** Ids that stay when a mail is moved, but only if each single request says so. */
const IMMUTABLE = 'IdType="ImmutableId"'
const BUSY: readonly number[] = [429, 502, 503, 504, 509]

/** Opens no connection yet, but insists on a token: who has to log in first is told before anything else. */
export async function openRequests(account: GraphAccount, deps: OpenDeps): Promise<Graph> {
  const origin = new URL(account.baseUrl ?? GRAPH).origin
  const asked: Asked = {name: deps.name, account, host: new URL(origin).host}
  const door = await openDoor(origin, asked, deps)
  const {Client, ResponseType} = await import('@microsoft/microsoft-graph-client')
  const client = Client.initWithMiddleware({baseUrl: `${origin}/`, defaultVersion: 'v1.0', middleware: door})
  const root = account.clientSecret === null ? '/me' : `/users/${encodeURIComponent(account.user)}`

  async function ask(path: string, {pageSize, cutAt, ...what}: Asking): Promise<unknown> {
    const carried: Carried = {}
    const prefer = pageSize === undefined ? IMMUTABLE : `${IMMUTABLE}, odata.maxpagesize=${pageSize}`
    const request = client
      .api(path.startsWith('/') ? `${root}${path}` : path)
      .header('Prefer', prefer)
      .options({carried, cutAt})
      .responseType(cutAt === undefined ? ResponseType.JSON : ResponseType.ARRAYBUFFER)
    try {
      return await (what.method === 'GET' ? request.get() : request[what.method](what.body))
    } catch (error) {
      if ('error' in carried) throw carried.error
      const {statusCode, code} = error as {readonly statusCode?: number; readonly code?: string | null}
      throw refusalOf(statusCode ?? 0, code ?? '', asked)
    }
  }

  return {
    asked,
    get: (path, options = {}) => ask(path, {method: 'GET', ...options}),
    post: (path, body) => ask(path, {method: 'post', body}),
    patch: (path, body) => ask(path, {method: 'patch', body}),
    bytes: async (path, cutAt) => Buffer.from((await ask(path, {method: 'GET', cutAt})) as ArrayBuffer),
    strange: (what) =>
      new MailTrouble('protocol', `${asked.host} answers ${asked.name} with ${what}`, {
        fix: `mcos email check ${asked.name}`,
      }),
    close: () => door.close(),
  }
}

type Asking = GetOptions & {readonly cutAt?: number} & (
    | {readonly method: 'GET'}
    | {readonly method: 'post' | 'patch'; readonly body: object}
  )

/** The client makes an error of its own of everything; what really happened is carried past it. */
interface Carried {
  error?: unknown
}

/**
 * The only link of the client's chain. The one it comes with would sleep for minutes on Retry-After, follow redirects
 * with the token, and tell Microsoft about each request; and fetch can't be told of another certificate authority.
 */
async function openDoor(origin: string, asked: Asked, deps: OpenDeps): Promise<Middleware & {close(): void}> {
  const {account, host, name} = asked
  const exchange = openExchange(account, deps)
  const patience = openPatience()
  let token = await accessToken(account, deps)
  let renewing: Promise<string> | null = null
  let closed: MailTrouble | null = null

  /** Several requests may hear at once that the token is no longer good; it is renewed once. */
  async function renewed(refused: string): Promise<void> {
    if (token !== refused) return
    renewing ??= accessToken(account, deps, refused).finally(() => {
      renewing = null
    })
    token = await renewing
  }

  async function answerTo(ask: Ask): Promise<Answer> {
    if (new URL(ask.url).origin !== origin) throw refusalOf(0, 'ForeignLink', asked)
    for (let refused: string | null = null; ; ) {
      if (closed) throw closed
      const used = token
      const headers = {...ask.headers, authorization: `Bearer ${used}`}
      const answer = await patience.inTurn(deps.signal, () => exchange.ask({...ask, headers}, deps.signal))
      if (answer.status === 401 && refused === null) {
        refused = used
        await renewed(used)
      } else if (BUSY.includes(answer.status)) {
        const ms = retryAfterMs(answer.headers['retry-after'], deps.clock.now())
        // What was perhaps done already isn't done again: only 429 says for certain that it was not.
        const isAgain = ask.method !== 'POST' || answer.status === 429
        if (isAgain && patience.wait(ms)) continue
        closed = busy(host, name, {ms, status: answer.status})
      } else return answer
    }
  }

  return {
    async execute(context: Context) {
      const {method = 'GET', headers, body, carried, cutAt} = (context.options ?? {}) as Options
      try {
        const ask = {method, url: String(context.request), headers: {...headers}}
        const more = {...(body === undefined ? {} : {body}), ...(cutAt === undefined ? {} : {cutAt})}
        const answer = await answerTo({...ask, ...more})
        const hasBody = answer.body.length > 0
        context.response = new Response(hasBody ? new Uint8Array(answer.body) : null, {
          status: answer.status,
          headers: answer.headers,
        })
      } catch (error) {
        carried.error = error
        throw error
      }
    },
    close() {
      closed ??= new MailTrouble('cut', `${name} was closed`, {fix: `mcos email check ${name}`})
      exchange.close()
    },
  }
}

interface Options {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly carried: Carried
  readonly cutAt?: number
}

function busy(host: string, name: string, {ms, status}: {readonly ms: number; readonly status: number}): MailTrouble {
  return new MailTrouble('throttled', `${host} asks to be left alone for ${Math.ceil(ms / 1000)} s (HTTP ${status})`, {
    fix: `wait: ${name} is read again at the first beat after that`,
    retryAfterMs: ms,
  })
}
