/** A terminal as Ink sees it while a conversation is drawn: its size changes unheard, and what is written can be let go. */
export function inkTerminal(output: NodeJS.WriteStream): {readonly stream: NodeJS.WriteStream; mute(): void} {
  let isMute = false
  const write = (text: string | Uint8Array, done?: unknown): boolean => {
    if (!isMute) return output.write(text)
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
