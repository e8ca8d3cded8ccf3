import {type Letters, writtenIn} from '../../kit/plain-letters.js'
import {fitWidth} from '../../kit/width.js'

/** A stream that may be a terminal. */
export interface LiveStream {
  write(text: string): unknown
  readonly isTTY?: boolean
  readonly columns?: number
}

/** One line under everything else, rewritten in place while something lasts. */
export interface ProgressLine {
  /** What it says, cleaned and in one line; null: it is gone. */
  show(text: string | null): void
  /** The same stream; before anything is written to it the progress is gone. */
  over(stream: LiveStream): LiveStream
}

const CLEAR_ROW = '\r\u001b[K'

/**
 * Stands on a terminal that can go back in its line, and nowhere else. What streams and has not come to its line's end is
 * not written over. The cursor stays visible, so that nothing has to be put right at whatever end.
 */
export function openProgressLine(err: LiveStream, term: string | undefined, letters: Letters = 'all'): ProgressLine {
  // What somebody has written keeps its letters; only what is drawn has others to choose from.
  const drawn = (text: string): string => (letters === 'all' ? text : writtenIn('no-signs', text))
  const canRewrite = err.isTTY === true && term !== 'dumb' && term !== undefined
  let shown: string | null = null
  let isLineOpen = false
  const hide = (): void => {
    if (shown !== null) err.write(CLEAR_ROW)
    shown = null
  }
  return {
    show(text) {
      if (!canRewrite) return
      if (text === null || isLineOpen) {
        hide()
        return
      }
      // One cell stays free: a full row would put the cursor on the next one.
      const fitted = fitWidth(text, (err.columns || 80) - 1)
      if (fitted === shown) return
      err.write(`${shown === null ? '' : CLEAR_ROW}${drawn(fitted)}`)
      shown = fitted
    },
    over: (stream) => ({
      ...(stream.isTTY === undefined ? {} : {isTTY: stream.isTTY}),
      ...(stream.columns === undefined ? {} : {columns: stream.columns}),
      write(text) {
        if (text === '') return
        hide()
        stream.write(stream.isTTY === true ? drawn(text) : text)
        if (stream.isTTY === true) isLineOpen = !text.endsWith('\n')
      },
    }),
  }
}
