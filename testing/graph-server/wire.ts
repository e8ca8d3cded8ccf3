import type {IncomingMessage, ServerResponse} from 'node:http'
import type {Answer} from './exchange.js'
import type {Mischief} from './mischief.js'
import {badRequest, badToken} from './refusal.js'

/** The token that a request comes with. */
export function bearer({headers}: IncomingMessage): string {
  const token = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1]
  if (token === undefined) throw badToken('Access token is empty.')
  return token
}

/** Answers as mischief wants it. */
export function play(response: ServerResponse, trick: Mischief, done: Answer): void {
  switch (trick.what) {
    case 'silence':
      return
    case 'cut':
      response.socket?.destroy()
      return
    case 'html':
      response.writeHead(trick.status, {'content-type': 'text/html'}).end('<html><h1>A proxy speaks</h1></html>')
      return
    case 'half': {
      const bytes = bytesOf(done)
      response.writeHead(done.status, {...headOf(done), 'content-length': String(bytes.length)})
      response.write(bytes.subarray(0, bytes.length / 2), () => response.socket?.destroy())
      return
    }
    default:
      send(response, done)
  }
}

/** Answers as it should be. */
export function send(response: ServerResponse, answer: Answer): void {
  response.writeHead(answer.status, headOf(answer)).end(bytesOf(answer))
}

function headOf({headers, body}: Answer): Record<string, string> {
  const type = body === undefined || Buffer.isBuffer(body) ? 'text/plain' : 'application/json; odata.metadata=minimal'
  return {'content-type': type, 'request-id': 'r', ...headers}
}

function bytesOf({body}: Answer): Buffer {
  if (body === undefined) return Buffer.alloc(0)
  return Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body))
}

/** What a request says, as JSON; null: nothing. */
export function parsed(raw: Buffer): unknown {
  if (raw.length === 0) return null
  try {
    return JSON.parse(raw.toString('utf8')) as unknown
  } catch {
    throw badRequest('Unable to read JSON request payload.')
  }
}

/** All bytes of a request. */
export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array))
  return Buffer.concat(chunks)
}
