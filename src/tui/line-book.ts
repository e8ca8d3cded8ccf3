import {createContext} from 'react'

/**
 * First halves of letters that take two units, which no text has alone. They count as nothing to be seen, so that Ink does
 * not ask whether they are emoji: to make that question ready takes a third of a bare start.
 */
const FIRST = 0xd800
const LAST = 0xdbff

/**
 * The lines of one frame, each behind a letter that stands for it while Ink puts the frame together. Ink takes a line apart
 * into letters with their styles and puts them together again, at every frame; a whole screen of them costs several frames.
 */
export class LineBook {
  private lines: {readonly text: string; readonly width: number}[] = []

  /** The letter to draw in the line's place, at its beginning; `width` is how many cells the line takes. */
  note(text: string, width: number): string {
    if (FIRST + this.lines.length > LAST) return text
    this.lines.push({text, width})
    return String.fromCharCode(FIRST + this.lines.length - 1)
  }

  /** The frame with its lines, which take the place of the blanks behind their letters; the book is empty then. */
  open(frame: string): string {
    const {lines} = this
    this.lines = []
    return frame.replace(/([\ud800-\udbff])(?![\udc00-\udfff])( *)/g, (found, letter: string, blanks: string) => {
      const line = lines[letter.charCodeAt(0) - FIRST]
      return line === undefined ? found : line.text + blanks.slice(line.width - 1)
    })
  }
}

/** null: lines are drawn by Ink as they are. */
export const LineBookContext = createContext<LineBook | null>(null)
