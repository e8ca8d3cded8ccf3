import type {Piece, Word} from './syntax.js'
import {Unclear} from './unclear.js'

const DEEPEST = 30

/** Which shell reads it, as far as that makes a difference. */
export interface Dialect {
  /** What bash and sh take differently is not guessed at. */
  readonly isPosix: boolean
  /** What `~` stands for; null: nobody knows. */
  readonly userHome: string | null
}

/** A here-document whose text comes after the line that names it. */
export interface PendingHeredoc {
  readonly delimiter: string
  readonly isLiteral: boolean
  readonly stripsTabs: boolean
  readonly fill: (word: Word) => void
}

/** Where the reading of a command line stands. */
export class Cursor {
  at = 0
  pending: PendingHeredoc[] = []

  constructor(
    readonly text: string,
    readonly dialect: Dialect,
    private depth = 0,
  ) {}

  get letter(): string {
    return this.text[this.at] ?? ''
  }

  get isDone(): boolean {
    return this.at >= this.text.length
  }

  has(text: string): boolean {
    return this.text.startsWith(text, this.at)
  }

  take(text: string): boolean {
    if (!this.has(text)) return false
    this.at += text.length
    return true
  }

  /** Blanks, continued lines and comments; not line breaks. */
  skipBlanks(): void {
    for (;;) {
      if (this.letter === ' ' || this.letter === '\t') this.at++
      else if (this.has('\\\n')) this.at += 2
      else if (this.letter === '#') this.at = this.lineEnd()
      else return
    }
  }

  private lineEnd(): number {
    const end = this.text.indexOf('\n', this.at)
    return end === -1 ? this.text.length : end
  }

  /** Nested commands are read by this; too deep is nobody's ordinary line. */
  nested<T>(read: () => T): T {
    if (++this.depth > DEEPEST) throw new Unclear('commands lie in each other too deep')
    try {
      return read()
    } finally {
      this.depth--
    }
  }

  /** Another text inside of this one, such as what stands between backticks. */
  inner(text: string): Cursor {
    if (this.depth >= DEEPEST) throw new Unclear('commands lie in each other too deep')
    return new Cursor(text, this.dialect, this.depth + 1)
  }

  /** What only bash and its like understand. */
  insistOnBash(what: string): void {
    if (this.dialect.isPosix) throw new Unclear(`${what} means another thing to sh than to bash`)
  }
}

/** The letters of a word whose every part is known, with no wildcard in it; null otherwise. */
export function literalOf({pieces}: {readonly pieces: readonly Piece[]}): string | null {
  return pieces.every(({kind}) => kind === 'text') ? pieces.map(({text}) => text).join('') : null
}

/** The same for a word without any quoting: only then is it a word of the shell's own, such as `if`. */
export function bareOf(word: {readonly pieces: readonly Piece[]}): string | null {
  return word.pieces.every((piece) => piece.kind === 'text' && !piece.quoted) ? literalOf(word) : null
}
