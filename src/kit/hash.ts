import {createHash} from 'node:crypto'

/** Names a content by itself: `sha256:` and 64 hex digits. */
export function contentHash(data: string | Uint8Array): string {
  return `sha256:${createHash('sha256').update(data).digest('hex')}`
}
