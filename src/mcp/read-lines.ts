import {TextDecoder} from 'node:util'

/** One line of a byte stream, or why it is none that could be read. */
export type Line =
  | {readonly kind: 'text'; readonly text: string}
  | {readonly kind: 'too-long'}
  | {readonly kind: 'no-text'}

/** The longest message that is read: far more than any call needs, and less than would hurt. */
const MOST_LINE_BYTES = 4 * 1024 * 1024

const NEWLINE = 0x0a

/**
 * Cuts a byte stream into lines, however it is chopped up. A line past the limit is told once and dropped as it comes:
 * nothing of it is kept, so no sender can fill the memory.
 */
export class LineReader {
  private parts: Uint8Array[] = []
  private size = 0
  private isDropping = false

  constructor(private readonly most: number = MOST_LINE_BYTES) {}

  push(chunk: Uint8Array): Line[] {
    const lines: Line[] = []
    let from = 0
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      lines.push(...this.take(chunk.subarray(from, end)), ...this.close())
      from = end + 1
    }
    return [...lines, ...this.take(chunk.subarray(from))]
  }

  /** What stands behind the last line break when the stream is over. */
  end(): Line[] {
    return this.close()
  }

  private take(part: Uint8Array): Line[] {
    if (this.isDropping || part.length === 0) return []
    this.size += part.length
    if (this.size <= this.most) {
      this.parts.push(part)
      return []
    }
    this.forget()
    this.isDropping = true
    return [{kind: 'too-long'}]
  }

  private close(): Line[] {
    const bytes = Buffer.concat(this.parts)
    const wasDropping = this.isDropping
    this.forget()
    if (wasDropping) return []
    const line = decode(bytes)
    return line.kind === 'text' && line.text.trim() === '' ? [] : [line]
  }

  private forget(): void {
    this.parts = []
    this.size = 0
    this.isDropping = false
  }
}

function decode(bytes: Uint8Array): Line {
  try {
    return {kind: 'text', text: new TextDecoder('utf-8', {fatal: true}).decode(bytes)}
  } catch {
    // Not UTF-8, which is all that JSON-RPC over stdio may be.
    return {kind: 'no-text'}
  }
}
