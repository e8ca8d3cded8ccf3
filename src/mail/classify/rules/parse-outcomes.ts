import {CLASSES, type Urgency} from '../../verdict.js'
import type {Outcome} from '../rulebook.js'
import {classNamed, Unreadable} from './parse-condition.js'
import type {Piece} from './split-line.js'

const WORDS = `a class (${CLASSES.join(', ')}), urgency 0..3, tell NAME, label NAME, flag, move FOLDER, archive, mark read, draft "text"`

/** The right side of a rule: outcomes between commas. Throws `Unreadable`. */
export function parseOutcomes(pieces: readonly Piece[]): Outcome[] {
  const parts: Piece[][] = [[]]
  for (const piece of pieces) {
    if (piece.kind === 'comma') parts.push([])
    else parts.at(-1)?.push(piece)
  }
  return parts.map((part) => {
    const outcome = outcomeOf(part)
    if (outcome) return outcome
    const text = part
      .map(({text: word}) => word)
      .join(' ')
      .slice(0, 60)
    throw new Unreadable(
      `${text === '' ? 'nothing' : JSON.stringify(text)} is no outcome; there are ${WORDS}, with commas between them`,
    )
  })
}

/** Whether what stands right of an arrow begins like an outcome. */
export function isOutcomeWord(word: string): boolean {
  return classNamed(word) !== null || /^(?:urgency|tell|label|flag|move|archive|mark|draft)$/i.test(word)
}

function outcomeOf(part: readonly Piece[]): Outcome | null {
  const [verb, ...rest] = part
  if (verb?.kind !== 'word') return null
  const word = verb.text.toLowerCase()
  const [first, second] = rest
  const text = rest
    .map((piece) => piece.text)
    .join(' ')
    .trim()
  const kind = classNamed(word)
  if (kind !== null && rest.length === 0) return {kind: 'class', class: kind}
  const isOne = rest.length === 1 || rest.every((piece) => piece.kind === 'word')
  if (!isOne) return null
  switch (word) {
    case 'urgency':
      return rest.length === 1 && /^[0-3]$/.test(text) ? {kind: 'urgency', urgency: Number(text) as Urgency} : null
    case 'tell':
      return second === undefined && first !== undefined && /^[\p{L}\p{N}][\p{L}\p{N}_.-]{0,63}$/u.test(first.text)
        ? {kind: 'tell', name: first.text}
        : null
    case 'label':
      return isName(text) ? {kind: 'wish', wish: {kind: 'label', label: text}} : null
    case 'move':
      return isName(text) ? {kind: 'wish', wish: {kind: 'move', to: text}} : null
    case 'flag':
      return rest.length === 0 ? {kind: 'wish', wish: {kind: 'flag'}} : null
    case 'archive':
      return rest.length === 0 ? {kind: 'wish', wish: {kind: 'archive'}} : null
    case 'mark':
      return text.toLowerCase() === 'read' ? {kind: 'wish', wish: {kind: 'mark-read'}} : null
    case 'draft':
      return rest.length === 1 && first?.kind === 'quoted' && text !== ''
        ? {kind: 'wish', wish: {kind: 'draft', text}}
        : null
    default:
      return null
  }
}

function isName(text: string): boolean {
  return text !== '' && text.length <= 120 && !/[\u0000-\u001f\u007f]/.test(text)
}
