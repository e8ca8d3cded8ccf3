import {createServer, type IncomingMessage, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import {isRecord} from '../../kit/is-record.js'

/** What a program asked of the model that it takes this for. */
export interface ModelRequest {
  readonly method: string
  /** Without what follows a `?`. */
  readonly path: string
  readonly body: Readonly<Record<string, unknown>>
}

/** An answer: events of a stream, or one document. */
export type ModelAnswer =
  | {readonly events: readonly {readonly name?: string; readonly data: unknown}[]}
  | {readonly document: unknown}

/** A model's wire with a script behind it. It counts what it was asked, so it serves one run only. */
export interface ScriptedWire {
  /** null: nothing of this wire. */
  answer(request: ModelRequest): ModelAnswer | null
  /** How many of the script's calls have come back with what became of them. */
  answered(): number
}

export interface ScriptedModel {
  readonly url: string
  close(): Promise<void>
}

/** A model on the loopback that says what its script says. As a proxy it lets nothing through to anywhere else. */
export async function startScriptedModel(wire: ScriptedWire): Promise<ScriptedModel> {
  const server = createServer((request, response) => {
    serve(wire, request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined)
    })
  })
  server.on('connect', (_request, socket) => socket.destroy())
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const {port} = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

async function serve(wire: ScriptedWire, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array))
  const path = (request.url ?? '').replace(/\?.*/, '')
  const answer = wire.answer({method: request.method ?? '', path, body: parse(Buffer.concat(chunks).toString('utf8'))})
  if (answer === null) {
    response.writeHead(404, {'content-type': 'application/json'})
    response.end('{}')
    return
  }
  const isStream = 'events' in answer
  response.writeHead(200, {'content-type': isStream ? 'text/event-stream' : 'application/json'})
  response.end(isStream ? answer.events.map(formatEvent).join('') : JSON.stringify(answer.document))
}

function formatEvent({name, data}: {readonly name?: string; readonly data: unknown}): string {
  return `${name === undefined ? '' : `event: ${name}\n`}data: ${JSON.stringify(data)}\n\n`
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : {}
  } catch {
    // A request without a body.
    return {}
  }
}
