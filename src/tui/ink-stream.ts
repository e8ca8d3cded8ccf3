import {EventEmitter} from 'node:events'
import type {FullScreen} from './full-screen.js'
import type {LineBook} from './line-book.js'

/**
 * What Ink takes for its output: each frame goes to the screen, which knows what has changed. Ink itself would clear the
 * terminal with all that was on it before when a frame is as high as the screen.
 */
export function inkStream(screen: FullScreen, book: LineBook): NodeJS.WriteStream {
  // Ink asks nothing else of it.
  return new InkStream(screen, book) as unknown as NodeJS.WriteStream
}

class InkStream extends EventEmitter {
  readonly isTTY = false

  constructor(
    private readonly screen: FullScreen,
    private readonly book: LineBook,
  ) {
    super()
  }

  get columns(): number {
    return this.screen.size().columns
  }

  get rows(): number {
    return this.screen.size().rows
  }

  write(frame: string, done?: () => void): boolean {
    if (frame !== '') this.screen.show(this.book.open(frame))
    done?.()
    return true
  }
}
