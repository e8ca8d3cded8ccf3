import {setMaxListeners} from 'node:events'
import type {Readable, Writable} from 'node:stream'
import {isUserError} from '../kit/errors.js'
import {isRecord} from '../kit/is-record.js'
import {cleanLine, shorten} from '../kit/text.js'
import {clientNameIn, encodeResult, eraOf} from './era.js'
import {
  type ClientMessage,
  formatFailure,
  formatNotification,
  formatResult,
  type Params,
  parseMessage,
  RPC,
  RpcError,
  type RpcFailure,
} from './message.js'
import {answer} from './methods.js'
import {type Line, LineReader} from './read-lines.js'
import type {Served} from './served.js'

/** Where messages come from and go to, and where trouble is told. */
export interface Wire {
  readonly input: Readable
  readonly output: Writable
  log(line: string): void
  /** Fires when the system ends it. */
  readonly signal: AbortSignal
}

/** So many requests are worked on at once; then reading waits, and with it whoever sends. */
const MOST_UNDERWAY = 64
/** What was asked before the stream ended is still answered, for so long. */
const LAST_WORDS_MS = 10_000

/** Serves one client until its stream ends. Nothing but messages is written to the output. */
export async function serve(served: Served, wire: Wire): Promise<void> {
  await new Conversation(served, wire).run()
}

class Conversation {
  private readonly reader = new LineReader()
  private readonly underway = new Map<string, AbortController>()
  private readonly works = new Set<Promise<void>>()
  private readonly ended = new AbortController()
  private client: string | null = null

  constructor(
    private readonly served: Served,
    private readonly wire: Wire,
  ) {
    // Each request listens to the one end.
    setMaxListeners(0, this.ended.signal)
  }

  async run(): Promise<void> {
    const {input, output, signal} = this.wire
    const end = (): void => {
      this.ended.abort()
      input.destroy()
    }
    signal.addEventListener('abort', end, {once: true})
    // A client that no longer reads is gone.
    output.on('error', end)
    if (signal.aborted) end()
    try {
      await this.read(input)
      await this.settle()
    } finally {
      signal.removeEventListener('abort', end)
      this.ended.abort()
    }
    await Promise.allSettled(this.works)
  }

  private async read(input: Readable): Promise<void> {
    try {
      for await (const chunk of input) {
        for (const line of this.reader.push(chunk as Uint8Array)) await this.take(line)
      }
      for (const line of this.reader.end()) await this.take(line)
    } catch (error) {
      // Ended from our side, or a stream that broke: either way nothing more comes.
      if (!this.ended.signal.aborted) this.wire.log(`the input broke off: ${String(error)}`)
    }
  }

  private async take(line: Line): Promise<void> {
    if (line.kind !== 'text') {
      const message = line.kind === 'too-long' ? 'this line is longer than 4 MiB' : 'this line is not UTF-8'
      return this.write(formatFailure(null, {code: RPC.parse, message}))
    }
    const message = parseMessage(line.text)
    switch (message.kind) {
      case 'broken':
        return this.write(formatFailure(message.id, message.failure))
      case 'notification':
        return this.hear(message.method, message.params)
      case 'response':
        return
      case 'request':
        return this.begin(message)
    }
  }

  private hear(method: string, params: Params): void {
    if (method !== 'notifications/cancelled') return
    this.underway.get(keyOf(params['requestId']))?.abort()
  }

  /** Resolves when there is room for the next one, which may be before this one is answered. */
  private async begin(request: ClientMessage & {kind: 'request'}): Promise<void> {
    const key = keyOf(request.id)
    if (this.underway.has(key)) {
      const failure = {code: RPC.invalidRequest, message: 'a request with this id is being worked on'}
      return this.write(formatFailure(request.id, failure))
    }
    this.client = clientNameIn(request.params) ?? this.client
    const own = new AbortController()
    this.underway.set(key, own)
    const work = this.work(request, own).finally(() => {
      this.underway.delete(key)
      this.works.delete(work)
    })
    this.works.add(work)
    if (this.works.size >= MOST_UNDERWAY) await Promise.race(this.works)
  }

  private async work(request: ClientMessage & {kind: 'request'}, own: AbortController): Promise<void> {
    const {id, method, params} = request
    const signal = AbortSignal.any([own.signal, this.ended.signal])
    const text = await this.answerTo({method, params, signal}).then(
      (result) => formatResult(id, result),
      (error: unknown) => formatFailure(id, this.failureOf(error, method)),
    )
    // Who has called a request off no longer waits for its answer.
    if (!own.signal.aborted) await this.write(text)
  }

  private async answerTo({
    method,
    params,
    signal,
  }: {
    readonly method: string
    readonly params: Params
    readonly signal: AbortSignal
  }): Promise<Params> {
    const {served} = this
    const era = eraOf(params)
    const client = this.client === null ? null : shorten(cleanLine(this.client), 80)
    const progress = this.progressOf(params, signal)
    return encodeResult(era, await answer(method, {params, era, served, client, signal, progress}), served.server)
  }

  /** Only who has asked to be told is told, and each time of more. */
  private progressOf({_meta: meta}: Params, signal: AbortSignal): (message: string) => void {
    const token = isRecord(meta) ? meta['progressToken'] : undefined
    if (typeof token !== 'string' && typeof token !== 'number') return () => undefined
    let progress = 0
    return (message) => {
      if (signal.aborted) return
      progress++
      void this.write(formatNotification('notifications/progress', {progressToken: token, progress, message}))
    }
  }

  private failureOf(error: unknown, method: string): RpcFailure {
    if (error instanceof RpcError) return error.failure
    if (isUserError(error)) {
      const {message, code, suggestions} = error
      return {code: RPC.internal, message, data: {code, suggestions}}
    }
    // A bug of ours: the person finds it on stderr, the client hears that it was not its fault.
    this.wire.log(`${method}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    return {code: RPC.internal, message: 'Internal error; the server has written to stderr what happened'}
  }

  /** Resolves when it is gone, so that answers nobody reads don't pile up; at the end nobody is waited for. */
  private write(text: string): Promise<void> {
    const {output} = this.wire
    const {signal} = this.ended
    if (output.destroyed || signal.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      const done = (): void => {
        signal.removeEventListener('abort', done)
        resolve()
      }
      signal.addEventListener('abort', done, {once: true})
      output.write(text, done)
    })
  }

  private async settle(): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, LAST_WORDS_MS)
    })
    await Promise.race([Promise.allSettled(this.works), late])
    clearTimeout(timer)
  }
}

function keyOf(id: unknown): string {
  return `${typeof id} ${String(id)}`
}
