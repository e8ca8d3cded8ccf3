import {isRecord} from '../../kit/is-record.js'
import {isShallow} from '../http/shallow.js'

type Line = Readonly<Record<string, unknown>>

/** A line longer than this is no event of any program: it is dropped, whatever it is. */
const MAX_LINE_BYTES = 64 * 1024 * 1024
const MAX_STRANGE_BYTES = 1024 * 1024
const NEWLINE = 0x0a

/** Cuts a stream into lines of JSON; what isn't any is kept for the end, when it may turn out to be one object. */
export class LineReader {
  private parts: Buffer[] = []
  private bytes = 0
  private strangeText = ''

  constructor(private readonly onLine: (line: Line) => void) {}

  /** Whether it stands in the middle of a line. */
  get isInside(): boolean {
    return this.bytes > 0
  }

  push(chunk: Buffer): void {
    let from = 0
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      this.keep(chunk.subarray(from, at))
      this.finishLine()
      from = at + 1
    }
    this.keep(chunk.subarray(from))
  }

  /** Nothing more comes: a last line needs no newline, and one object may have been printed over many lines. */
  end(): void {
    this.finishLine()
    const whole = parse(this.strangeText)
    if (whole === null) return
    this.strangeText = ''
    this.onLine(whole)
  }

  /** The first lines that were no JSON. */
  strange(): string[] {
    return this.strangeText
      .split('\n')
      .filter((line) => line.trim() !== '')
      .slice(0, 5)
  }

  private keep(part: Buffer): void {
    this.bytes += part.length
    if (this.bytes > MAX_LINE_BYTES) this.parts = []
    else if (part.length > 0) this.parts.push(part)
  }

  private finishLine(): void {
    const text = this.bytes > MAX_LINE_BYTES ? '' : Buffer.concat(this.parts).toString('utf8')
    this.parts = []
    this.bytes = 0
    const line = parse(text)
    if (line !== null) this.onLine(line)
    else if (text.trim() !== '' && this.strangeText.length + text.length < MAX_STRANGE_BYTES)
      this.strangeText += `${text}\n`
  }
}

function parse(text: string): Line | null {
  if (!text.trimStart().startsWith('{')) return null
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) && isShallow(value) ? value : null
  } catch {
    // A line cut in its middle, or words that begin like an object: kept as strange.
    return null
  }
}
