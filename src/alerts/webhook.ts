import type {Channel} from '../workspace/config.js'
import type {SecretRef} from '../workspace/secret-ref.js'
import type {Delivery, Page, SendOptions} from './delivery.js'

type Webhook = Extract<Channel, {kind: 'webhook'}>

interface Attempt extends Delivery {
  /** Whether the same request may succeed a moment later. */
  readonly isPassing: boolean
}

interface Post {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** POSTs a page as JSON; 2xx is sent. What may pass (5xx, 429, no answer) is tried once more, under the same key. */
export async function postPage(channel: Webhook, page: Page, options: SendOptions): Promise<Delivery> {
  const post = await preparePost(channel, page, options)
  const first = await attempt(post, options)
  if (!first.isPassing || options.signal.aborted) return plain(first)
  await new Promise((resolve) => setTimeout(resolve, options.retryAfterMs ?? 1_000))
  if (options.signal.aborted) return plain(first)
  return plain(await attempt(post, options))
}

async function preparePost({url, headers = {}}: Webhook, page: Page, {secret}: SendOptions): Promise<Post> {
  const reveal = (value: SecretRef | string) => (typeof value === 'string' ? value : secret(value))
  const address = (await reveal(url)).trim()
  // The address itself is often the secret, so it is never told.
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) throw new Error("the webhook's url is no web address")
  const {key, fleet, agent, title, text, at} = page
  const body = JSON.stringify({key, fleet, agent, title, text, at})
  const own: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) own[name.toLowerCase()] = await reveal(value)
  return {
    url: new URL(address),
    body,
    headers: {
      ...own,
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      'idempotency-key': key.replace(/[^\x21-\x7e]/g, '_'),
      'user-agent': 'mcos',
    },
  }
}

async function attempt({url, headers, body}: Post, options: SendOptions): Promise<Attempt> {
  const door = url.protocol === 'https:' ? await import('node:https') : await import('node:http')
  const {signal, timeoutMs = 10_000} = options
  return new Promise((resolve) => {
    const end = (outcome: Delivery['outcome'], detail: string, isPassing = false) => {
      clearTimeout(timer)
      resolve({outcome, detail: `${url.host} ${detail}`, isPassing})
    }
    const request = door.request(url, {method: 'POST', headers, agent: false, signal})
    const timer = setTimeout(() => {
      end('failed', `did not answer within ${timeoutMs / 1000} s`, true)
      request.destroy()
    }, timeoutMs)
    request.on('error', (error) => {
      const code = 'code' in error ? String(error.code) : error.message
      end('failed', signal.aborted ? 'was not waited for: the beat ended' : `could not be reached (${code})`, true)
    })
    request.on('response', ({statusCode = 0}) => {
      const isSent = statusCode >= 200 && statusCode <= 299
      end(isSent ? 'sent' : 'failed', `answered ${statusCode}`, statusCode >= 500 || statusCode === 429)
      request.destroy()
    })
    request.end(body)
  })
}

function plain({outcome, detail}: Attempt): Delivery {
  return {outcome, detail}
}
