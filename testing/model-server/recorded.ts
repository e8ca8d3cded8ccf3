import type {IncomingHttpHeaders} from 'node:http'

/** A request as it came in; `body` is null where it was no JSON object. */
export interface RecordedRequest {
  readonly path: string
  readonly wire: Wire
  readonly headers: IncomingHttpHeaders
  readonly body: Readonly<Record<string, unknown>> | null
  readonly raw: Buffer
  /** Milliseconds since the epoch, by the server's clock. */
  readonly at: number
  /** Why it was refused as malformed before the script was asked; null: it was not. */
  refused: string | null
}

/** Which API a path belongs to. */
export type Wire = 'messages' | 'count' | 'chat' | 'none'

export function wireOf(path: string): Wire {
  if (path === '/v1/messages') return 'messages'
  if (path === '/v1/messages/count_tokens') return 'count'
  return path.endsWith('/chat/completions') ? 'chat' : 'none'
}

/** The text of everything in a request that the model reads, for assertions about what was sent. */
export function readableText({body}: RecordedRequest): string {
  const found: string[] = []
  const visit = (value: unknown, key: string): void => {
    if (typeof value === 'string') {
      if (['text', 'content', 'system', 'arguments'].includes(key)) found.push(value)
    } else if (Array.isArray(value)) for (const item of value) visit(item, key)
    else if (typeof value === 'object' && value !== null)
      for (const [name, item] of Object.entries(value)) visit(item, name)
  }
  visit(body, '')
  return found.join('\n')
}
