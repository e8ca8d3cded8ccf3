import {plain, splitWords, type Word} from './split-words.js'

/**
 * A word list as it is written: phrases between commas or line ends. In a phrase `heat~` is any word that begins so,
 * `~ausfall` any that ends so, `is/are` either word, `#` a number, `_` up to four words that don't matter.
 */
export type WordList = string

/** Where a phrase of a list stands among the words. */
export interface Found<Name> {
  readonly name: Name
  /** Of its first and its last word. */
  readonly first: number
  readonly last: number
}

interface Phrase<Name> {
  readonly name: Name
  readonly slots: readonly Slot[]
}

/** Any of these signs, after at most `skip` other words. */
interface Slot {
  readonly signs: ReadonlySet<number>
  readonly skip: number
}

const MOST_SKIPPED = 4
const MOST_KNOWN = 50_000
const NUMBER = /^\p{N}+(?:[.,:]\p{N}+)?$/u

/** Finds the phrases of many lists in one pass. A word costs its length, and then only phrases that begin with it. */
export class Phrases<Name> {
  readonly #exact = new Map<string, number>()
  readonly #begins = new Map<string, number>()
  readonly #ends = new Map<string, number>()
  #count = 1
  readonly #byFirst = new Map<number, Phrase<Name>[]>()
  /** Signs of words that were met before: the same few thousand words come in every mail. */
  readonly #known = new Map<string, readonly number[]>()

  constructor(lists: Iterable<readonly [Name, WordList]>) {
    for (const [name, list] of lists) {
      for (const phrase of list.split(/[,\n]/)) this.#add(name, phrase.trim())
    }
  }

  find(words: readonly Word[]): Found<Name>[] {
    const signs = words.map(({text}) => this.#signsOf(text))
    const found: Found<Name>[] = []
    words.forEach((_, first) => {
      for (const sign of signs[first] ?? []) {
        for (const {name, slots} of this.#byFirst.get(sign) ?? []) {
          const last = endOf(slots, {words, signs, first})
          if (last !== -1) found.push({name, first, last})
        }
      }
    })
    return found
  }

  #add(name: Name, written: string): void {
    if (written === '') return
    const slots: Slot[] = []
    let skip = 0
    for (const part of written.split(/\s+/)) {
      if (part === '_') skip = MOST_SKIPPED
      else {
        for (const slot of this.#slotsOf(part, skip)) slots.push(slot)
        skip = 0
      }
    }
    for (const sign of slots[0]?.signs ?? []) {
      const others = this.#byFirst.get(sign)
      if (others) others.push({name, slots})
      else this.#byFirst.set(sign, [{name, slots}])
    }
  }

  /** Most parts are one word; signs of a script without spaces are a word each. */
  #slotsOf(part: string, skip: number): Slot[] {
    const choices = part.split('/').map((choice) => ({
      words: choice === '#' ? ['#'] : splitWords(choice.replaceAll('~', '')).map(({text}) => text),
      begins: choice.endsWith('~'),
      ends: choice.startsWith('~'),
    }))
    const longest = Math.max(...choices.map(({words}) => words.length))
    return Array.from({length: longest}, (_, place) => ({
      skip: place === 0 ? skip : 0,
      signs: new Set(
        choices.flatMap(({words, begins, ends}) => {
          const word = words[place]
          return word === undefined ? [] : [this.#signFor(word, {begins, ends})]
        }),
      ),
    }))
  }

  #signFor(word: string, {begins, ends}: {begins: boolean; ends: boolean}): number {
    const table = begins ? this.#begins : ends ? this.#ends : this.#exact
    const text = plain(word)
    const known = table.get(text)
    if (known !== undefined) return known
    table.set(text, this.#count)
    return this.#count++
  }

  #signsOf(word: string): readonly number[] {
    const known = this.#known.get(word)
    if (known) return known
    const signs: number[] = []
    const add = (sign: number | undefined) => {
      if (sign !== undefined) signs.push(sign)
    }
    add(this.#exact.get(word))
    if (NUMBER.test(word)) add(this.#exact.get('#'))
    for (let length = 1; length <= Math.min(word.length, 24); length++) {
      add(this.#begins.get(word.slice(0, length)))
      add(this.#ends.get(word.slice(-length)))
    }
    if (this.#known.size >= MOST_KNOWN) this.#known.clear()
    this.#known.set(word, signs)
    return signs
  }
}

interface Place {
  readonly words: readonly Word[]
  readonly signs: readonly (readonly number[])[]
  readonly first: number
}

/** The last word of the phrase that begins here; -1: it doesn't. */
function endOf(slots: readonly Slot[], {words, signs, first}: Place): number {
  let at = first
  for (const slot of slots.slice(1)) {
    let next = at + 1
    const furthest = next + slot.skip
    while (next <= furthest && !signs[next]?.some((sign) => slot.signs.has(sign))) next++
    if (next > furthest || next >= words.length || words[next]?.sentence !== words[first]?.sentence) return -1
    at = next
  }
  return at
}
