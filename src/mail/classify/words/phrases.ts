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

/** A phrase is read whole when its first word is met: most never are, and reading them all would cost each start. */
interface Phrase<Name> {
  readonly name: Name
  readonly written: string
  slots: readonly Slot[] | null
}

/** A word that passes any of these tests, after at most `skip` other words. */
interface Slot {
  readonly tests: readonly Test[]
  readonly skip: number
}

interface Test {
  readonly how: 'is' | 'begins' | 'ends' | 'number'
  readonly text: string
}

const MOST_SKIPPED = 4
const MOST_KNOWN = 50_000
const NUMBER = /^\p{N}+(?:[.,:]\p{N}+)?$/u
const SIMPLE = /^[a-z0-9]+$/

/** Finds the phrases of many lists in one pass. A word costs its length, and then only phrases that begin with it. */
export class Phrases<Name> {
  readonly #byFirst = {
    is: new Map<string, Phrase<Name>[]>(),
    begins: new Map<string, Phrase<Name>[]>(),
    ends: new Map<string, Phrase<Name>[]>(),
    number: new Map<string, Phrase<Name>[]>(),
  }
  /** Phrases by words that were met before: the same few thousand words come in every mail. */
  readonly #known = new Map<string, readonly Phrase<Name>[]>()

  constructor(lists: Iterable<readonly [Name, WordList]>) {
    for (const [name, list] of lists) {
      for (const phrase of list.replaceAll('\n', ',').split(',')) this.#add(name, phrase.trim())
    }
  }

  find(words: readonly Word[]): Found<Name>[] {
    const found: Found<Name>[] = []
    words.forEach(({text}, first) => {
      for (const phrase of this.#beginningWith(text)) {
        phrase.slots ??= slotsOf(phrase.written)
        const last = endOf(phrase.slots, words, first)
        if (last !== -1) found.push({name: phrase.name, first, last})
      }
    })
    return found
  }

  #add(name: Name, written: string): void {
    const phrase: Phrase<Name> = {name, written, slots: null}
    const space = written.indexOf(' ')
    const part = space === -1 ? written : written.slice(0, space)
    // Nearly all begin with a plain word: this is most of what the first mail waits for.
    if (SIMPLE.test(part)) this.#addUnder({how: 'is', text: part}, phrase)
    else for (const test of firstTests(/^(?:_\s+)*(\S*)/.exec(written)?.[1] ?? '')) this.#addUnder(test, phrase)
  }

  #addUnder({how, text}: Test, phrase: Phrase<Name>): void {
    const others = this.#byFirst[how].get(text)
    if (!others) this.#byFirst[how].set(text, [phrase])
    else if (others.at(-1) !== phrase) others.push(phrase)
  }

  #beginningWith(word: string): readonly Phrase<Name>[] {
    const known = this.#known.get(word)
    if (known) return known
    const {is, begins, ends, number} = this.#byFirst
    const found = [...(is.get(word) ?? []), ...(NUMBER.test(word) ? (number.get('#') ?? []) : [])]
    for (let length = 1; length <= Math.min(word.length, 24); length++) {
      found.push(...(begins.get(word.slice(0, length)) ?? []), ...(ends.get(word.slice(-length)) ?? []))
    }
    if (this.#known.size >= MOST_KNOWN) this.#known.clear()
    this.#known.set(word, found)
    return found
  }
}

function slotsOf(written: string): Slot[] {
  const slots: Slot[] = []
  let skip = 0
  for (const part of written.split(/\s+/)) {
    if (part === '_') skip = MOST_SKIPPED
    else {
      slots.push(...slotsOfPart(part, skip))
      skip = 0
    }
  }
  return slots
}

/** Most parts are one word; signs of a script without spaces are a word each. */
function slotsOfPart(part: string, skip: number): Slot[] {
  const choices = part.split('/').map(testsOf)
  const longest = Math.max(...choices.map((tests) => tests.length))
  return Array.from({length: longest}, (_, place) => ({
    skip: place === 0 ? skip : 0,
    tests: choices.flatMap((tests) => tests[place] ?? []),
  }))
}

function firstTests(part: string): Test[] {
  return part.split('/').flatMap((choice) => testsOf(choice)[0] ?? [])
}

/** A test for each word of one choice. */
function testsOf(choice: string): Test[] {
  if (choice === '#') return [{how: 'number', text: '#'}]
  const how = choice.startsWith('~') && !choice.endsWith('~') ? 'ends' : choice.endsWith('~') ? 'begins' : 'is'
  const text = how === 'is' ? choice : choice.replaceAll('~', '')
  if (SIMPLE.test(text)) return [{how, text}]
  return splitWords(text).map((word) => ({how, text: plain(word.text)}))
}

function passes({how, text}: Test, word: string): boolean {
  switch (how) {
    case 'is':
      return word === text
    case 'begins':
      return word.startsWith(text)
    case 'ends':
      return word.endsWith(text)
    case 'number':
      return NUMBER.test(word)
  }
}

/** The last word of the phrase that begins here; -1: it doesn't. */
function endOf(slots: readonly Slot[], words: readonly Word[], first: number): number {
  let at = first
  for (const slot of slots.slice(1)) {
    let next = at + 1
    const furthest = next + slot.skip
    while (next <= furthest && !(words[next] && slot.tests.some((test) => passes(test, words[next]?.text ?? ''))))
      next++
    if (next > furthest || next >= words.length || words[next]?.sentence !== words[first]?.sentence) return -1
    at = next
  }
  return at
}
