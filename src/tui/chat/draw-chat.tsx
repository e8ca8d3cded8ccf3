import {type Instance, render} from 'ink'
import {layOut} from './chat-layout.js'
import {ChatScreen} from './chat-screen.js'
import type {ChatView} from './chat-view.js'
import {inkTerminal} from './ink-terminal.js'

export interface ChatDrawing {
  /** Soon, and once for all that changes until then. */
  changed(): void
  /** The box anew, whatever the terminal has made of it. */
  redraw(): void
  /** Takes the box away, until `redraw`; what was said stays. */
  hide(): void
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
const NOTHING = [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER] as const

export function drawChat({input, output, error, view}: DrawingOptions): ChatDrawing {
  let drawn: {readonly ink: Instance; readonly terminal: ReturnType<typeof inkTerminal>} | null = null
  let timer: NodeJS.Timeout | null = null
  /** What has been said until here is in the terminal's own scrollback. */
  let written = 0
  let from = 0
  /** Rows of the box above the cursor, in the last frame and the one before: which of them stands there nobody knows. */
  let above: readonly [number, number] = NOTHING

  const draw = (): void => {
    timer = null
    const now = view()
    const screen = <ChatScreen view={{...now, entries: now.entries.slice(from)}} />
    above = [above[1], layOut(now).cursor.y]
    written = now.entries.length
    if (drawn !== null) drawn.ink.rerender(screen)
    else {
      const terminal = inkTerminal(output)
      const streams = {stdin: input, stdout: terminal.stream, stderr: error}
      drawn = {ink: render(screen, {...streams, exitOnCtrlC: false, patchConsole: false}), terminal}
    }
  }
  const stopTimer = (): void => {
    if (timer) clearTimeout(timer)
    timer = null
  }
  const changed = (): void => {
    if (drawn !== null) timer ??= setTimeout(draw, FRAME_MS)
  }
  // Ink would clear upwards from where it takes the end of the box to be. When lines have wrapped anew that is another place,
  // and what was said would go. The cursor's row is where it was, so from there all is known.
  const hide = (): void => {
    stopTimer()
    if (drawn === null) return
    drawn.terminal.mute()
    drawn.ink.unmount()
    drawn = null
    from = written
    const up = Math.min(...above)
    output.write(`${up === 0 ? '' : `\u001b[${up}A`}\r\u001b[J\u001b[?25h`)
  }
  const redraw = (): void => {
    hide()
    above = NOTHING
    draw()
  }
  const onResize = (): void => {
    if (drawn === null) return
    stopTimer()
    // A window that is drawn larger tells of many sizes.
    timer = setTimeout(redraw, FRAME_MS)
  }
  draw()
  output.on('resize', onResize)
  return {
    changed,
    redraw,
    hide,
    close() {
      output.off('resize', onResize)
      stopTimer()
      if (drawn === null) return
      draw()
      drawn.ink.clear()
      drawn.ink.unmount()
    },
  }
}
