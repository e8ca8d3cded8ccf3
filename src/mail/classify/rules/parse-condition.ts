import {CLASSES} from '../../verdict.js'
import {type Condition, FIELDS, type Field, type Pattern, type Test} from '../rulebook.js'
import type {Piece} from './split-line.js'

/** What couldn't be read, as a sentence that says what was expected. */
export class Unreadable extends Error {}

const MOST_LETTERS = 200

/** The left side of a rule. Throws `Unreadable`. */
export function parseCondition(pieces: readonly Piece[]): Condition {
  const groups: Test[][] = []
  let group: Test[] = []
  let rest = pieces
  for (;;) {
    const {test, after} = parseTest(rest)
    group.push(test)
    const [joint, ...others] = after
    if (!joint || isWord(joint, 'or')) {
      groups.push(group)
      group = []
    }
    if (!joint) return groups
    rest = others
  }
}

function parseTest(pieces: readonly Piece[]): {test: Test; after: readonly Piece[]} {
  let rest = pieces
  let isNot = false
  while (rest[0] && isWord(rest[0], 'not')) {
    isNot = !isNot
    rest = rest.slice(1)
  }
  const field = fieldOf(rest[0])
  if (field === null) {
    throw new Unreadable(
      `after "and", "or" and "not" stands one of ${FIELDS.join(', ')}, not ${shown(rest[0])}: from *@bank.example or from *@post.example`,
    )
  }
  const end = rest.findIndex((piece, index) => index > 0 && (isWord(piece, 'and') || isWord(piece, 'or')))
  const own = end === -1 ? rest.slice(1) : rest.slice(1, end)
  return {test: {field, isNot, patterns: parsePatterns(field, own)}, after: end === -1 ? [] : rest.slice(end)}
}

/** Patterns between commas; the words of one stand together. */
function parsePatterns(field: Field, pieces: readonly Piece[]): Pattern[] {
  const lists: Piece[][] = [[]]
  for (const piece of pieces) {
    if (piece.kind === 'comma') lists.push([])
    else lists.at(-1)?.push(piece)
  }
  return lists.map((list) => {
    const [first, ...others] = list
    if (!first) throw new Unreadable(`"${field}" needs what to look for, between commas: ${EXAMPLES[field]}`)
    const isQuoted = first.kind === 'quoted'
    if (others.some(({kind}) => isQuoted || kind === 'quoted'))
      throw new Unreadable(`quoted text stands alone, between commas: ${field} "first text", "second text"`)
    const text = isQuoted ? first.text.trim() : list.map(({text: word}) => word).join(' ')
    return checked(field, {text, isQuoted})
  })
}

const EXAMPLES: Readonly<Record<Field, string>> = {
  from: 'from *@bank.example',
  to: 'to sales@northwind.example',
  cc: 'cc *@northwind.example',
  subject: 'subject "payment failed"',
  body: 'body "gas leak"',
  list: 'list *.announce.example',
  account: 'account work',
  attachment: 'attachment *.pdf',
  class: 'class newsletter',
}

function checked(field: Field, pattern: Pattern): Pattern {
  const {text} = pattern
  if (text === '') throw new Unreadable(`"${field}" needs what to look for: ${EXAMPLES[field]}`)
  if (text.length > MOST_LETTERS) throw new Unreadable(`a text to look for has at most ${MOST_LETTERS} letters`)
  if (/^(?:from|to|cc)$/.test(field) && !/[@*]/.test(text))
    throw new Unreadable(
      `"${field}" needs an address or a part of one with "*": ${field} *@${text.includes('.') ? text : 'bank.example'}`,
    )
  if (field === 'class' && !isClass(text) && !text.includes('*'))
    throw new Unreadable(`${JSON.stringify(text)} is no class; there are ${CLASSES.join(', ')}`)
  return pattern
}

function isClass(text: string): boolean {
  return classNamed(text) !== null
}

/** The class a person means: by its name, or "payment" for an invoice. */
export function classNamed(text: string): (typeof CLASSES)[number] | null {
  const name = text.toLowerCase()
  if (name === 'payment' || name === 'invoice/payment') return 'invoice'
  return CLASSES.find((known) => known === name) ?? null
}

/** The field a piece names, in lower or upper case, with or without a colon. */
export function fieldOf(piece: Piece | undefined): Field | null {
  if (piece?.kind !== 'word') return null
  const name = piece.text.toLowerCase().replace(/:$/, '')
  return FIELDS.find((field) => field === name) ?? null
}

function isWord(piece: Piece, word: string): boolean {
  return piece.kind === 'word' && piece.text.toLowerCase() === word
}

function shown(piece: Piece | undefined): string {
  return piece ? JSON.stringify(piece.text.slice(0, 40)) : 'nothing'
}
