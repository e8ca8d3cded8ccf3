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

/** More than that at once nobody types: a terminal that puts no brackets around what is pasted. */
const MOST_TYPED = 16

const CONTROLS: Readonly<Record<string, string>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\b': 'backspace',
  '\u007f': 'backspace',
}

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
      if (isPaste(input)) return {keys: [], pasted: input}
      return {keys: keysOf(input, key), pasted: null}
    },
  }
}

function keysOf(input: string, key: Key): string[] {
  for (const [field, name] of Object.entries(NAMED)) if (key[field as keyof typeof NAMED]) return [name]
  if (key.tab) return [key.shift ? 'shift+tab' : 'tab']
  if (key.ctrl) return [`ctrl+${input}`]
  // A sequence that nobody knows is no letter.
  if (key.meta || /^\[./.test(input)) return []
  // Whoever types fast is heard once for several keys, also for those that are no letters.
  return [...input].map(keyOf)
}

function keyOf(letter: string): string {
  const named = CONTROLS[letter]
  if (named !== undefined) return named
  return letter < ' ' ? `ctrl+${String.fromCharCode(letter.charCodeAt(0) + 0x60)}` : letter
}

/** A key that is held down comes as many of the same letter. */
function isPaste(input: string): boolean {
  const letters = [...input]
  return letters.length > MOST_TYPED && letters.some((letter) => letter !== letters[0])
}
