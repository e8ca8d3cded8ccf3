import type {ChatKey} from './chat-key.js'
import {openKeyReader} from './read-keys.js'

/** Half a key is given up after that. */
const HELD_MS = 60

export interface KeyboardListener {
  /** The keys that came at once, as when a text is pasted. */
  hear(keys: readonly ChatKey[]): void
  /** Nothing more will come. */
  end(): void
}

/** What is typed into a conversation, until `close`. */
export function openKeyboard(input: NodeJS.ReadStream, {hear, end}: KeyboardListener): {close(): void} {
  const keys = openKeyReader()
  let held: NodeJS.Timeout | undefined
  const onData = (chunk: string | Buffer): void => {
    clearTimeout(held)
    held = setTimeout(keys.flush, HELD_MS)
    hear(keys.read(String(chunk)))
  }
  input.setEncoding('utf8')
  input.on('data', onData).on('end', end).resume()
  return {
    close() {
      clearTimeout(held)
      input.off('data', onData).off('end', end)
      input.pause()
    },
  }
}
