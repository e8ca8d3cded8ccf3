import {StreamableHTTPClientTransport} from '@modelcontextprotocol/sdk/client/streamableHttp.js'

export interface AddressOptions {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly messageBytes: number
}

/** A server over streamable HTTP. It is not followed to another address, which would be handed its secrets too. */
export function openAddress({url, headers, messageBytes}: AddressOptions): StreamableHTTPClientTransport {
  return new StreamableHTTPClientTransport(new URL(url), {
    requestInit: {headers: {...headers}, redirect: 'error'},
    fetch: async (target, init) => bounded(await fetch(target, {...init, redirect: 'error'}), messageBytes),
    reconnectionOptions: {
      initialReconnectionDelay: 500,
      maxReconnectionDelay: 500,
      reconnectionDelayGrowFactor: 1,
      maxRetries: 0,
    },
  })
}

/** An answer that ends in an error once it is longer than it may be, whatever its header says. */
function bounded(response: Response, maxBytes: number): Response {
  if (response.body === null) return response
  let left = maxBytes
  const limit = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      left -= chunk.byteLength
      if (left < 0) controller.error(new Error(`it sent more than ${maxBytes} bytes in one answer`))
      else controller.enqueue(chunk)
    },
  })
  const {status, statusText, headers} = response
  return new Response(response.body.pipeThrough(limit), {status, statusText, headers})
}
