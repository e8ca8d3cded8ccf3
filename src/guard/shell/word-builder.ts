import type {List, Piece} from './syntax.js'

/** A word as it grows. */
export class WordBuilder {
  readonly pieces: Piece[] = []
  readonly scripts: List[] = []

  text(text: string, quoted: boolean): void {
    const last = this.pieces.at(-1)
    if (last?.kind === 'text' && last.quoted === quoted)
      this.pieces[this.pieces.length - 1] = {...last, text: last.text + text}
    else this.pieces.push({kind: 'text', text, quoted})
  }

  add(piece: Piece): void {
    this.pieces.push(piece)
  }
}
