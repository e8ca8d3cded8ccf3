import {Client} from '@modelcontextprotocol/sdk/client/index.js'
import {StreamableHTTPError} from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import {ResultSchema} from '@modelcontextprotocol/sdk/types.js'
import {type AddressOptions, openAddress} from './address.js'
import {type ProgramOptions, ProgramTransport} from './program.js'

/** A started server, from which one asks by method. */
export interface Connection {
  ask(
    method: string,
    params: Readonly<Record<string, unknown>>,
    how: {readonly timeoutMs: number; readonly signal?: AbortSignal},
  ): Promise<Readonly<Record<string, unknown>>>
  /** Why it can't be asked any more; null as long as it can. */
  trouble(): string | null
  close(): Promise<void>
}

const CLOSE_MS = 1_000

/** Starts a server's program, or reaches its address, and greets it. */
export async function connect(
  options: ProgramOptions | AddressOptions,
  {startMs, signal}: {readonly startMs: number; readonly signal?: AbortSignal},
): Promise<Connection> {
  const transport = 'argv' in options ? new ProgramTransport(options) : openAddress(options)
  const client = new Client({name: 'mcos', version: '1'}, {capabilities: {}})
  let hasClosed = false
  const trouble = (): string | null => {
    if (transport instanceof ProgramTransport) return transport.trouble
    return hasClosed ? 'it was closed' : null
  }
  client.onclose = () => {
    hasClosed = true
  }
  // Told by the request that it makes fail; anything else is noise of the line.
  client.onerror = () => undefined
  const close = async (): Promise<void> => {
    if ('terminateSession' in transport) await atMost(CLOSE_MS, transport.terminateSession())
    await transport.close()
  }
  // It keeps listening to what it was given, so it is given one that nobody fires after the greeting.
  const greeting = new AbortController()
  const end = (): void => greeting.abort()
  signal?.addEventListener('abort', end, {once: true})
  if (signal?.aborted) end()
  try {
    await client.connect(transport, {timeout: startMs, maxTotalTimeout: startMs, signal: greeting.signal})
  } catch (error) {
    const why = transport instanceof ProgramTransport ? transport.trouble : null
    await close()
    throw why === null ? withStatus(error) : new Error(why, {cause: error})
  } finally {
    signal?.removeEventListener('abort', end)
  }
  return {
    ask: async (method, params, {timeoutMs, signal}) => {
      const asked = client.request({method, params: {...params}}, ResultSchema, {
        timeout: timeoutMs,
        maxTotalTimeout: timeoutMs,
        // Never told to let go of the signal it is given, so it gets one of its own.
        ...(signal ? {signal: AbortSignal.any([signal])} : {}),
      })
      return await asked.catch((error: unknown) => {
        throw withStatus(error)
      })
    },
    trouble,
    close,
  }
}

/** The SDK tells what was answered, and not under which status. */
function withStatus(error: unknown): unknown {
  if (!(error instanceof StreamableHTTPError) || !error.code || error.code < 0) return error
  return new Error(`HTTP ${error.code}: ${error.message}`, {cause: error})
}

/** Politeness that a server may fail to answer: it is closed all the same. */
async function atMost(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([work.catch(() => undefined), late])
  clearTimeout(timer)
}
