import {createServer, type IncomingMessage, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import {onTestFinished} from 'vitest'
import {answer} from './answers.mjs'

type Mode = 'json' | 'sse' | 'mute' | 'huge' | 'refuses' | 'redirects' | 'html'

export interface FakeAddress {
  readonly url: string
  /** What was asked: its method and the headers it came with. */
  readonly asked: {readonly method: string; readonly headers: Readonly<Record<string, unknown>>}[]
}

/** The fake server over streamable HTTP, on this machine alone, for one test. */
export async function openFakeAddress(mode: Mode = 'json'): Promise<FakeAddress> {
  const asked: FakeAddress['asked'] = []
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request)
    const message: {id?: number; method: string} = body === '' ? {method: request.method ?? ''} : JSON.parse(body)
    asked.push({method: message.method, headers: request.headers})
    reply(mode, message, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const {port} = server.address() as AddressInfo
  return {url: `http://127.0.0.1:${port}/mcp`, asked}
}

function reply(mode: Mode, message: {readonly id?: number; readonly method: string}, response: ServerResponse): void {
  if (message.method === 'GET') return void response.writeHead(405).end()
  if (message.method === 'DELETE') return void response.writeHead(200).end()
  if (mode === 'refuses') return void response.writeHead(401).end('no')
  if (mode === 'redirects') return void response.writeHead(307, {location: 'http://127.0.0.1:1/mcp'}).end()
  if (mode === 'html') return void response.writeHead(200, {'content-type': 'text/html'}).end('<html>no</html>')
  if (message.id === undefined) return void response.writeHead(202).end()
  if (mode === 'mute' && message.method === 'tools/call') return
  const given: unknown =
    mode === 'huge' && message.method === 'tools/call'
      ? {jsonrpc: '2.0', id: message.id, result: {content: [{type: 'text', text: 'x'.repeat(20_000_000)}]}}
      : answer(message)
  const text = JSON.stringify(given)
  const session = message.method === 'initialize' ? {'mcp-session-id': 'session-1'} : {}
  if (mode === 'sse') {
    response.writeHead(200, {'content-type': 'text/event-stream', ...session})
    return void response.end(`event: message\ndata: ${text}\n\n`)
  }
  response.writeHead(200, {'content-type': 'application/json', ...session}).end(text)
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}
