import type {ChatKey, KeyName} from './chat-key.js'

/** Turns what a terminal sends into keys; what comes in pieces is held until it is whole. */
export interface KeyReader {
  read(chunk: string): ChatKey[]
  /** Nothing more came for a while: half a sequence was none. */
  flush(): void
}

const PASTE = '\u001b[200~'
const PASTE_END = '\u001b[201~'

const CONTROLS: Readonly<Record<string, KeyName>> = {
  '\u0001': 'home',
  '\u0002': 'left',
  '\u0003': 'interrupt',
  '\u0004': 'end-of-input',
  '\u0005': 'end',
  '\u0006': 'right',
  '\b': 'backspace',
  '\t': 'tab',
  '\n': 'newline',
  '\u000b': 'kill-end',
  '\u000c': 'redraw',
  '\r': 'enter',
  '\u000e': 'down',
  '\u0010': 'up',
  '\u0015': 'kill-start',
  '\u0017': 'kill-word',
  '\u001a': 'suspend',
  '\u007f': 'backspace',
}

/** Letters behind an Escape, as Alt sends them. */
const ALT: Readonly<Record<string, KeyName>> = {
  b: 'word-left',
  f: 'word-right',
  d: 'kill-word-after',
  '\r': 'newline',
  '\n': 'newline',
  '\u007f': 'kill-word',
  '\b': 'kill-word',
}

const FINALS: Readonly<Record<string, KeyName>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  H: 'home',
  F: 'end',
}

const TILDES: Readonly<Record<string, KeyName>> = {1: 'home', 3: 'delete', 4: 'end', 7: 'home', 8: 'end'}

// Control characters are what is read here.
const CSI = /^\u001b\[([0-?]*)[ -/]*([@-~])/
const CSI_BEGUN = /^\u001b(?:\[[0-?]*[ -/]*)?$/
const SS3 = /^\u001bO([A-Za-z])/
const SS3_BEGUN = /^\u001bO$/
const TEXT = /^[^\u0000-\u001f\u007f]+/

export function openKeyReader(): KeyReader {
  let held = ''
  let pasted: string | null = null
  const readPaste = (): ChatKey[] => {
    const end = held.indexOf(PASTE_END)
    if (end < 0) return []
    const text = held.slice(0, end)
    held = held.slice(end + PASTE_END.length)
    pasted = null
    return [{kind: 'paste', text}]
  }
  return {
    read(chunk) {
      held += chunk
      const keys: ChatKey[] = []
      while (held !== '') {
        if (pasted !== null) {
          const found = readPaste()
          if (found.length === 0) break
          keys.push(...found)
          continue
        }
        const next = nextKey(held)
        if (next === null) break
        held = held.slice(next.length)
        if (next.isPaste) pasted = ''
        if (next.key) keys.push(next.key)
      }
      return keys
    },
    flush() {
      if (pasted === null) held = ''
    },
  }
}

interface Next {
  readonly length: number
  /** null: a sequence that means nothing here. */
  readonly key: ChatKey | null
  readonly isPaste?: boolean
}

/** The first key of the text; null: it is not whole yet. */
function nextKey(text: string): Next | null {
  if (text.startsWith(PASTE)) return {length: PASTE.length, key: null, isPaste: true}
  if (text.startsWith('\u001b')) return escapeKey(text)
  const control = CONTROLS[text[0] ?? '']
  if (control) return {length: 1, key: named(control)}
  const [letters] = TEXT.exec(text) ?? []
  return letters ? {length: letters.length, key: {kind: 'text', text: letters}} : {length: 1, key: null}
}

function escapeKey(text: string): Next | null {
  if (CSI_BEGUN.test(text) || SS3_BEGUN.test(text)) return null
  const csi = CSI.exec(text)
  if (csi) return {length: csi[0].length, key: csiKey(csi[1] ?? '', csi[2] ?? '')}
  const ss3 = SS3.exec(text)
  if (ss3) return {length: ss3[0].length, key: named(FINALS[ss3[1] ?? ''])}
  return {length: 2, key: named(ALT[text[1] ?? ''])}
}

function csiKey(parameters: string, final: string): ChatKey | null {
  const [first = '', second = '', third = ''] = parameters.split(';').map((part) => part.split(':')[0] ?? '')
  if (final === 'u') return codeKey(Number(first), modifiers(second))
  // What xterm says of keys that have no code of their own: 27;MODIFIERS;CODE~
  if (final === '~' && first === '27') return codeKey(Number(third), modifiers(second))
  const {alt, ctrl} = modifiers(second)
  const name = final === '~' ? TILDES[first] : FINALS[final]
  if ((alt || ctrl) && name === 'left') return named('word-left')
  if ((alt || ctrl) && name === 'right') return named('word-right')
  if ((alt || ctrl) && name === 'delete') return named('kill-word-after')
  return named(name)
}

interface Modifiers {
  readonly shift: boolean
  readonly alt: boolean
  readonly ctrl: boolean
}

function modifiers(parameter: string): Modifiers {
  const bits = Math.max(0, Number(parameter || '1') - 1)
  return {shift: (bits & 1) !== 0, alt: (bits & 2) !== 0, ctrl: (bits & 4) !== 0}
}

/** A key by its character, as terminals send it that tell Shift+Enter from Enter. */
function codeKey(code: number, {shift, alt, ctrl}: Modifiers): ChatKey | null {
  if (!Number.isInteger(code) || code < 1 || code > 0x10ffff) return null
  const letter = String.fromCodePoint(code)
  if (code === 13) return named(shift || alt || ctrl ? 'newline' : 'enter')
  if (code === 127 && ctrl) return named('kill-word')
  if (alt) return named(ALT[letter.toLowerCase()])
  if (ctrl) return named(CONTROLS[String.fromCharCode(letter.toLowerCase().charCodeAt(0) & 31)])
  const control = CONTROLS[letter]
  if (control) return named(control)
  return code >= 32 ? {kind: 'text', text: letter} : null
}

function named(name: KeyName | undefined): ChatKey | null {
  return name === undefined ? null : {kind: 'key', name}
}
