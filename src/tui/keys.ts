import type {Key} from 'ink'

const NAMED = {
  upArrow: 'up',
  downArrow: 'down',
  leftArrow: 'left',
  rightArrow: 'right',
  pageUp: 'pageup',
  pageDown: 'pagedown',
  home: 'home',
  end: 'end',
  return: 'enter',
  escape: 'escape',
  backspace: 'backspace',
  delete: 'backspace',
} as const satisfies Partial<Record<keyof Key, string>>

/** Turns what Ink hears into names of keys, a letter being its own name; what is pasted is no key. */
export interface KeyReader {
  read(input: string, key: Key): {readonly keys: readonly string[]; readonly pasted: string | null}
}

export function openKeyReader(): KeyReader {
  let pasted: string | null = null
  return {
    read(input, key) {
      if (input === '[200~') {
        pasted = ''
        return {keys: [], pasted: null}
      }
      if (input === '[201~') {
        const text = pasted
        pasted = null
        return {keys: [], pasted: text}
      }
      if (pasted !== null) {
        pasted += input
        return {keys: [], pasted: null}
      }
      return {keys: keysOf(input, key), pasted: null}
    },
  }
}

function keysOf(input: string, key: Key): string[] {
  for (const [field, name] of Object.entries(NAMED)) if (key[field as keyof typeof NAMED]) return [name]
  if (key.tab) return [key.shift ? 'shift+tab' : 'tab']
  if (key.ctrl) return [`ctrl+${input}`]
  // Whoever types fast is heard once for several letters; a sequence that nobody knows is none of them.
  return key.meta || input.startsWith('[') ? [] : [...input].map((letter) => (letter === '\r' ? 'enter' : letter))
}
