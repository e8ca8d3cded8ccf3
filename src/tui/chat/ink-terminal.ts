/** Down from the cursor to the last row, and each row from there upwards erased. */
const ERASED = /(?:\x1b\[(\d+)B)?\x1b\[1G((?:\x1b\[2K\x1b\[1A)+)\x1b\[2K\x1b\[G/g
/** Down to the last row, and up to where the cursor is to be. */
const MOVED = /\x1b\[(\d+)B\x1b\[1G\x1b\[(\d+)A/g

/** A terminal as Ink sees it while a conversation is drawn: its size changes unheard, and what is written can be let go. */
export function inkTerminal(output: NodeJS.WriteStream): {readonly stream: NodeJS.WriteStream; mute(): void} {
  let isMute = false
  const write = (text: string | Uint8Array, done?: unknown): boolean => {
    if (!isMute) return output.write(typeof text === 'string' ? fromCursor(text) : text)
    if (typeof done === 'function') done()
    return true
  }
  const stream = new Proxy(output, {
    get(target, key) {
      if (key === 'write') return write
      // Whoever draws is told by the one who knows how to redraw.
      if (key === 'on' || key === 'off') {
        return (event: string, listener: (...args: unknown[]) => void) => {
          if (event !== 'resize') target[key](event, listener)
          return stream
        }
      }
      const value: unknown = Reflect.get(target, key)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  return {
    stream,
    mute() {
      isMute = true
    },
  }
}

/**
 * The same moves without the way down: a window made lower drops rows below its cursor before anybody is told, and from a
 * last row that is not there any more a way up leads into what was said.
 */
export function fromCursor(text: string): string {
  return text
    .replaceAll(ERASED, (_, down: string | undefined, erased: string) => {
      const up = erased.split('A').length - 1 - Number(down ?? 0)
      return `${rowsUp(up)}\r\x1b[J`
    })
    .replaceAll(MOVED, (_, down: string, up: string) => `${rowsUp(Number(up) - Number(down))}\x1b[1G`)
}

function rowsUp(rows: number): string {
  if (rows === 0) return ''
  return rows > 0 ? `\x1b[${rows}A` : `\x1b[${-rows}B`
}
