import {render} from 'ink'
import {ChatScreen} from './chat-screen.js'
import type {ChatView} from './chat-view.js'

export interface ChatDrawing {
  /** Soon, and once for all that changes until then. */
  changed(): void
  /** The last state stays on the screen, without the box. */
  close(): void
}

export interface DrawingOptions {
  readonly input: NodeJS.ReadStream
  readonly output: NodeJS.WriteStream
  readonly error: NodeJS.WriteStream
  view(): ChatView
}

/** A screen redrawn at most so often takes nothing from an answer that streams. */
const FRAME_MS = 33

export function drawChat({input, output, error, view}: DrawingOptions): ChatDrawing {
  const ink = render(<ChatScreen view={view()} />, {
    stdin: input,
    stdout: output,
    stderr: error,
    exitOnCtrlC: false,
    patchConsole: false,
  })
  let timer: NodeJS.Timeout | null = null
  const draw = (): void => {
    timer = null
    ink.rerender(<ChatScreen view={view()} />)
  }
  const changed = (): void => {
    timer ??= setTimeout(draw, FRAME_MS)
  }
  output.on('resize', changed)
  return {
    changed,
    close() {
      if (timer) clearTimeout(timer)
      output.off('resize', changed)
      draw()
      if (timer) clearTimeout(timer)
      ink.clear()
      ink.unmount()
    },
  }
}
