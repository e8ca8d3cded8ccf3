import {type Hit, Needles} from './needles.js'

/** A secret in one of its spellings, with nothing but letters and digits left of it. */
interface Squeezed<T> {
  readonly text: string
  /** Pieces of it may have other words in between; of what could be words itself, nothing may. */
  readonly isRandom: boolean
  readonly tag: T
}

const SHORTEST = 12
const SHORTEST_OF_WORDS = 16
const FIRST_PIECE = 4
const PIECE = 4
/** Letters and digits that may stand between two pieces: an operator, a name, the next line's beginning. */
const GAP = 120
const MOST_PIECES = 24
/** So much of the end may be missing: the rest is no secret any more. */
const SLACK = 2

/**
 * Finds secrets that were taken apart: over several lines, with blanks, dashes or anything else between their letters,
 * in two or more string literals.
 */
export class Pieces<T> {
  private readonly beginnings: Needles<Squeezed<T>>

  constructor(spelled: Iterable<{readonly text: string; readonly tag: T}>) {
    const all = [...spelled].flatMap(({text, tag}): Squeezed<T>[] => {
      const squeezed = squeeze(text)
      const isRandom = /\d/.test(squeezed) && /\p{L}/u.test(squeezed)
      return squeezed.length < (isRandom ? SHORTEST : SHORTEST_OF_WORDS) ? [] : [{text: squeezed, isRandom, tag}]
    })
    this.beginnings = new Needles(all.map((one) => ({text: one.text.slice(0, FIRST_PIECE), tag: one})))
  }

  find(text: string): Hit<T>[] {
    const squeezed = squeeze(text)
    const found = this.beginnings.find(squeezed).flatMap(({at, tag}) => {
      const end = endOfPieces(squeezed, at, tag)
      return end === null ? [] : [{start: at, end, tag: tag.tag}]
    })
    if (found.length === 0) return []
    const places = placesOf(text)
    return found.map(({start, end, tag}) => {
      const at = places[start] ?? 0
      return {at, length: (places[end - 1] ?? text.length) + 1 - at, tag}
    })
  }
}

function endOfPieces(text: string, start: number, {text: secret, isRandom}: Squeezed<unknown>): number | null {
  let [at, had] = [start, 0]
  for (let piece = 0; piece < MOST_PIECES; piece++) {
    const length = commonLength(text, at, secret, had)
    at += length
    had += length
    if (had >= secret.length || (isRandom && secret.length - had <= SLACK)) return at
    if (!isRandom) return null
    const next = nextPiece(text, at, secret, had)
    if (next === null) return null
    ;[at, had] = next
  }
  return null
}

/** Where it goes on; a letter or two that fitted by chance are given back. */
function nextPiece(text: string, at: number, secret: string, had: number): [at: number, had: number] | null {
  for (let back = 0; back <= 2 && had - back > 0; back++) {
    const wanted = secret.slice(had - back, had - back + PIECE)
    const from = at - back + 1
    // Only so far: what is not near is not looked for through a whole file.
    const found = text.slice(from, at + GAP + PIECE).indexOf(wanted)
    if (found !== -1) return [from + found, had - back]
  }
  return null
}

function commonLength(text: string, at: number, secret: string, had: number): number {
  let length = 0
  while (had + length < secret.length && text.charCodeAt(at + length) === secret.charCodeAt(had + length)) length++
  return length
}

/** What stands between pieces: a written line's end, too. */
const BETWEEN = /(?:\\[nrt]|[^\p{L}\p{N}])+/gu

function squeeze(text: string): string {
  return text.replace(BETWEEN, '')
}

/** For each letter that is left, where it stood. */
function placesOf(text: string): number[] {
  const places: number[] = []
  let from = 0
  const keep = (until: number): void => {
    for (let index = from; index < until; index++) places.push(index)
  }
  for (const {index, 0: gap} of text.matchAll(BETWEEN)) {
    keep(index)
    from = index + gap.length
  }
  keep(text.length)
  return places
}
