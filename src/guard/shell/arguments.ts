import type {Piece, Word} from './syntax.js'
import {Unclear} from './unclear.js'

/** A word as a program is given it, as far as that is known before the shell has seen it. */
export interface Argument {
  /** With what isn't known in the words of the command line. */
  readonly text: string
  /** Why it isn't known; null: it is. */
  readonly unknown: string | null
  /** Where the first wildcard stands; null: there is none. */
  readonly glob: number | null
}

type Atom = {readonly letter: string; readonly piece: Piece}

const MOST = 200

/** The arguments that a word becomes: several where braces list them. */
export function argumentsOf(word: Word, {isPosix}: {readonly isPosix: boolean}): Argument[] {
  const hasBraces = word.pieces.some((piece) => isBare(piece) && piece.text.includes('{'))
  if (!hasBraces) return [argumentOf(word.pieces)]
  const expanded = expand(word.pieces.flatMap(atomsOf))
  if (expanded.length > 1 && isPosix) throw new Unclear('braces mean another thing to sh than to bash')
  return expanded.map((atoms) => argumentOf(piecesOf(atoms)))
}

function argumentOf(pieces: readonly Piece[]): Argument {
  let [text, glob, unknown]: [string, number | null, string | null] = ['', null, null]
  for (const piece of pieces) {
    if (piece.kind === 'glob') glob ??= text.length
    if (piece.kind === 'unknown') unknown ??= piece.why
    if (isBare(piece) && /\{[^{}]*\.\.[^{}]*\}/.test(piece.text)) unknown ??= 'braces with ".." count'
    text += piece.text
  }
  const [first] = pieces
  // zsh puts the program's path in its place.
  if (first && isBare(first) && /^=[A-Za-z]/.test(text)) unknown ??= '"=" at the beginning is a program to some shells'
  return {text, unknown, glob}
}

function isBare(piece: Piece): boolean {
  return piece.kind === 'text' && !piece.quoted
}

/** Letter by letter where a brace could begin; everything else stays whole. */
function atomsOf(piece: Piece): Atom[] {
  return isBare(piece) ? [...piece.text].map((letter) => ({letter, piece})) : [{letter: '', piece}]
}

function piecesOf(atoms: readonly Atom[]): Piece[] {
  return atoms.map(({letter, piece}) => (letter === '' ? piece : {kind: 'text', text: letter, quoted: false}))
}

function expand(atoms: readonly Atom[]): Atom[][] {
  let waiting: (readonly Atom[])[] = [atoms]
  const done: Atom[][] = []
  while (waiting.length > 0) {
    if (waiting.length + done.length > MOST) throw new Unclear('its braces stand for too many words')
    const next: Atom[][] = []
    for (const one of waiting) {
      const found = firstList(one)
      if (found === null) done.push([...one])
      else
        for (const choice of found.choices)
          next.push([...one.slice(0, found.start), ...choice, ...one.slice(found.end)])
    }
    waiting = next
  }
  return done
}

/** The first `{…,…}` with its choices. */
function firstList(atoms: readonly Atom[]): {start: number; end: number; choices: Atom[][]} | null {
  for (let start = 0; start < atoms.length; start++) {
    if (atoms[start]?.letter !== '{') continue
    let depth = 0
    const commas: number[] = []
    for (let at = start; at < atoms.length; at++) {
      const letter = atoms[at]?.letter
      if (letter === '{') depth++
      else if (letter === ',' && depth === 1) commas.push(at)
      else if (letter === '}' && --depth === 0) {
        if (commas.length === 0) break
        const cuts = [start, ...commas, at]
        const choices = cuts.slice(1).map((cut, index) => atoms.slice((cuts[index] ?? 0) + 1, cut))
        return {start, end: at + 1, choices}
      }
    }
  }
  return null
}
