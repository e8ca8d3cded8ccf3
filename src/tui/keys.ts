/** More than that at once nobody types: a terminal that puts no brackets around what is pasted. */
const MOST_TYPED = 16

const CONTROLS: Readonly<Record<string, string>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\b': 'backspace',
  '\u007f': 'backspace',
  '\u001b': 'escape',
}

const FINALS: Readonly<Record<string, string>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  F: 'end',
  H: 'home',
  M: 'enter',
  Z: 'shift+tab',
}

const TILDES: Readonly<Record<string, string>> = {
  1: 'home',
  3: 'backspace',
  4: 'end',
  5: 'pageup',
  6: 'pagedown',
  7: 'home',
  8: 'end',
}

const PASTE = '\u001b[200~'
const PASTE_END = '\u001b[201~'
// With a modifier or without: Ctrl and an arrow is that arrow.
const ARROW = /^\u001b+(?:\[(?:1;\d+)?|O\d*)([A-Z])$/
const TILDE = /^\u001b+\[{1,2}(\d)(?:;\d+)?[~^$@]$/
/** As a terminal sends keys by their character, also where another program has left it so. */
const CODE = /^\u001b\[(\d+)(?::\d*)*(?:;(\d+)(?::1)?)?u$/

/** Turns what a terminal sends into names of keys, a letter being its own name; what is pasted is no key. */
export interface KeyReader {
  /** One whole sequence, or letters. */
  read(sequence: string): {readonly keys: readonly string[]; readonly pasted: string | null}
}

export function openKeyReader(): KeyReader {
  let pasted: string | null = null
  return {
    read(sequence) {
      if (sequence === PASTE) {
        pasted = ''
        return {keys: [], pasted: null}
      }
      if (sequence === PASTE_END) {
        const text = pasted
        pasted = null
        return {keys: [], pasted: text}
      }
      if (pasted !== null) {
        pasted += sequence
        return {keys: [], pasted: null}
      }
      if (isPaste(sequence)) return {keys: [], pasted: sequence}
      return {keys: keysOf(sequence), pasted: null}
    },
  }
}

function keysOf(sequence: string): string[] {
  // Whoever types fast is heard once for several keys, also for those that are no letters.
  if (!sequence.startsWith('\u001b')) return [...sequence].map(keyOf)
  if (/^\u001b+$/.test(sequence)) return ['escape']
  const name = FINALS[ARROW.exec(sequence)?.[1] ?? ''] ?? TILDES[TILDE.exec(sequence)?.[1] ?? '']
  if (name !== undefined) return [name]
  const code = CODE.exec(sequence)
  // A sequence that nobody knows is no key, and none of its letters is.
  return code === null ? [] : keysOfCode(Number(code[1]), Number(code[2] ?? '1') - 1)
}

function keysOfCode(code: number, modifiers: number): string[] {
  if (code < 1 || code > 0x10ffff) return []
  const key = keyOf(String.fromCodePoint(code))
  if (key === 'tab' && (modifiers & 1) !== 0) return ['shift+tab']
  if ((modifiers & 4) !== 0) return [`ctrl+${key}`]
  return (modifiers & ~1) === 0 ? [key] : []
}

function keyOf(letter: string): string {
  const named = CONTROLS[letter]
  if (named !== undefined) return named
  return letter < ' ' ? `ctrl+${String.fromCharCode(letter.charCodeAt(0) + 0x60)}` : letter
}

/** A key that is held down comes as many of the same letter. */
function isPaste(sequence: string): boolean {
  const letters = [...sequence]
  return letters.length > MOST_TYPED && letters[0] !== '\u001b' && letters.some((letter) => letter !== letters[0])
}
