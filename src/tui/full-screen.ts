/** What a terminal needs to be, and to be told, for a whole screen of its own. */
export interface TerminalStream {
  readonly columns: number
  readonly rows: number
  write(text: string): boolean
  on(event: 'resize', listener: () => void): unknown
  off(event: 'resize', listener: () => void): unknown
}

export interface Size {
  readonly columns: number
  readonly rows: number
}

// The other screen, no cursor, pasted text in brackets, no wrapping at the last column.
const ENTER = '\u001b[?1049h\u001b[?25l\u001b[?2004h\u001b[?7l\u001b[2J'
const LEAVE = '\u001b[0m\u001b[?7h\u001b[?2004l\u001b[?25h\u001b[?1049l'

/** The terminal's other screen, on which frames are drawn; what was on it before comes back with `leave`. */
export class FullScreen {
  private before: readonly string[] | null = null
  private isIn = false

  constructor(private readonly stream: TerminalStream) {}

  enter(): void {
    if (this.isIn) return
    this.isIn = true
    this.before = null
    this.stream.write(ENTER)
  }

  /** Leaves the terminal as it was found; harmless when that is so already. */
  leave(): void {
    if (!this.isIn) return
    this.isIn = false
    this.stream.write(LEAVE)
  }

  /** A terminal may say nothing of its size, or that it has none. */
  size(): Size {
    return {columns: this.stream.columns || 80, rows: this.stream.rows || 24}
  }

  /** Puts a frame up, writing only the lines that are others than before. */
  show(frame: string): void {
    if (!this.isIn) return
    const after = frame.split('\n').slice(0, this.size().rows)
    const changes = changedLines(this.before, after)
    if (changes !== '') this.stream.write(`\u001b[?2026h${changes}\u001b[?2026l`)
    this.before = after
  }

  /** From a clean slate: after another size, nobody knows what the terminal has made of the old lines. */
  forget(): void {
    if (this.isIn) this.stream.write('\u001b[2J')
    this.before = null
  }
}

/** What turns one frame into the next on a terminal; null: nothing is known of what stands there. */
export function changedLines(before: readonly string[] | null, after: readonly string[]): string {
  const height = Math.max(before?.length ?? 0, after.length)
  return Array.from({length: height}, (_, index) => {
    const line = after[index] ?? ''
    if (before !== null && (before[index] ?? '') === line) return ''
    return `\u001b[${index + 1};1H${line}\u001b[0m\u001b[K`
  }).join('')
}
