import {findMarks} from './marks.js'

/** 0 as it was said · 1 without asides · 2 only the clauses that tell something · 3 without small words. */
export type Density = 0 | 1 | 2 | 3

const ASIDES =
  /,? (?:i think|i guess|i believe|you know|basically|by the way|as far as i (?:know|can tell)|if i remember (?:correctly|right)|as (?:i|we) (?:said|discussed|mentioned)|for what it['’]s worth|to be honest|just so (?:you|we) (?:know|have it)|in case (?:it|you) .{3,20}|so you have it|obviously|of course|probably|apparently)(?=[,.;]|$| )/giu
const SMALL =
  /(?<![\p{L}\p{N}'’-])(?:the|a|an|that|which|is|are|was|were|has|have|had|been|be|will|would|of|please|just|also|very|really|quite|there|der|die|das|ein|eine|ist|el|la|los|las|un|una|le|les|une|est|o|os|um|uma|het|een)(?![\p{L}\p{N}'’-])\s*/giu
const LONGEST: Readonly<Record<Density, number>> = {0: 300, 1: 240, 2: 180, 3: 150}

/** A sentence shortened to its facts; whatever has a shape of its own stays, at every density. Doing it twice changes nothing. */
export function condense(text: string, density: Density): string {
  let short = text
  if (density >= 1) short = withoutAsides(short)
  if (density >= 2) short = tellingClauses(short)
  if (density >= 3) short = withoutSmallWords(short)
  return limit(short, LONGEST[density])
}

function withoutAsides(text: string): string {
  const plain = text
    .replace(ASIDES, '')
    .replace(/\s*\(([^()]*)\)/g, (whole, inside: string) => (findMarks(inside).length > 0 ? whole : ''))
  return tidy(plain, text)
}

function tellingClauses(text: string): string {
  const clauses = text.split(
    /(?:,\s+(?=(?:and|but|so|which|because|since|although|though|while|as|given|und|aber|weil|y|pero|porque|et|mais|car|e|mas|en|maar|want|и|но|потому)\b)|;\s+|\s+[–—]\s+)/iu,
  )
  if (clauses.length < 2) return text
  const telling = clauses.filter((clause) => findMarks(clause).some(({kind}) => kind !== 'number'))
  return telling.length === 0 ? text : tidy(telling.join(', '), text)
}

function withoutSmallWords(text: string): string {
  // Quotes, names and titles may hold small words that belong to them.
  const marks = findMarks(text).filter(
    ({kind}) => kind === 'quote' || kind === 'code' || kind === 'name' || kind === 'path' || kind === 'date',
  )
  let out = ''
  let from = 0
  for (const {at, value} of marks) {
    if (at < from) continue
    out += text.slice(from, at).replace(SMALL, '') + value
    from = at + value.length
  }
  return tidy(out + text.slice(from).replace(SMALL, ''), text)
}

/** A very long sentence keeps its beginning and whatever has a shape of its own in the rest. */
function limit(text: string, most: number): string {
  // One that was shortened before stays as it is: its beginning must not wander away cut by cut.
  if (text.length <= most || (text.includes(' … ') && text.length <= most * 3)) return text
  const head = text.slice(0, most).replace(/\s+\S*$/, '')
  const rest = findMarks(text).filter(
    ({at, value, kind}) => at + value.length > head.length && kind !== 'number' && value.length < 120,
  )
  return rest.length === 0
    ? `${head} …`
    : `${head} … ${[...new Set(rest.map(({value}) => value))].slice(0, 8).join(', ')}`
}

function tidy(text: string, otherwise: string): string {
  const plain = text
    .replace(/\s{2,}/g, ' ')
    .replace(/\s+([,.;)])/g, '$1')
    .replace(/^[\s,;]+/, '')
    .trim()
  return plain.length < 4 ? otherwise : plain
}
