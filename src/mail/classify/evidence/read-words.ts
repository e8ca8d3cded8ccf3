import type {Concept} from '../lexicon/concept.js'
import {LANGUAGES, type Language} from '../lexicon/languages.js'
import {type Found, Phrases, type WordList} from '../words/phrases.js'
import {readDates} from '../words/read-dates.js'
import {splitWords, type Word} from '../words/split-words.js'

/** What a text is about: the concepts in it and where they stand, and the days it names. */
export interface Reading {
  readonly text: string
  readonly words: readonly Word[]
  /** Where the body begins; words before it are the subject's. */
  readonly body: number
  readonly found: ReadonlyMap<Concept | DayConcept, readonly Found<unknown>[]>
}

/** Days in figures, in the same form as what words say. */
export type DayConcept = 'day-near' | 'day-close' | 'day-later' | 'day-past' | 'clock'

let signs: Phrases<Language> | null = null
const lexicons = new Map<Language, Phrases<Concept>>()

/** Made when the first mail is read: where nothing is new, nobody pays for eleven languages. */
function languageSigns(): Phrases<Language> {
  signs ??= new Phrases(LANGUAGES.flatMap((one): [Language, WordList][] => (one.shownBy ? [[one, one.shownBy]] : [])))
  return signs
}

/** Made when the first mail in that language is read: most fleets never meet most of them. */
function lexiconOf(language: Language): Phrases<Concept> {
  let phrases = lexicons.get(language)
  if (phrases === undefined) {
    const entries = language.lexicons.flatMap((lexicon) => Object.entries(lexicon))
    phrases = new Phrases(entries.map(([concept, list]): [Concept, WordList] => [concept as Concept, list]))
    lexicons.set(language, phrases)
  }
  return phrases
}

/** What the words say in each language that they are in, in their order. */
function findConcepts(words: readonly Word[]): Found<Concept>[] {
  const shown = new Set(
    languageSigns()
      .find(words)
      .map(({name}) => name),
  )
  const spoken = LANGUAGES.filter((language) =>
    language.shownBy === null ? isWritten(language, words) : shown.has(language),
  )
  return spoken.flatMap((language) => lexiconOf(language).find(words)).sort((one, other) => one.first - other.first)
}

function isWritten({script}: Language, words: readonly Word[]): boolean {
  return script === null || words.some(({text}) => script.test(text))
}

/** Words that turn the next one into its opposite don't touch these: they hold their own "not", or mean it. */
const NEVER_NEGATED: ReadonlySet<string> = new Set([
  'broken',
  'without',
  'not',
  'no-rush',
  'nothing-to-do',
  'vulnerable',
  'ongoing',
  'soon',
  'hours',
  'missing',
  'consequence',
  'lockout',
  'unstoppable',
  'question',
  'standstill',
  'leave',
  'again',
])
/** Words that stand in every lawyer's last sentence. */
const DISCLAIMED: ReadonlySet<string> = new Set([
  'now',
  'hours',
  'soon',
  'due',
  'failing',
  'broken',
  'system',
  'bait',
  'legal',
])
const BETWEEN = new Set([
  'a',
  'an',
  'any',
  'the',
  'been',
  'yet',
  'be',
  'ein',
  'eine',
  'einen',
  'un',
  'une',
  'een',
  'fully',
  'completely',
  'more',
])

/** Reads subject and body as one text, the subject as its first paragraph. */
export function readWords({subject, body, received}: {subject: string; body: string; received: string}): Reading {
  const text = `${subject}\n\n${body}`
  const words = splitWords(text)
  const counts = findConcepts(words)
  const negators = new Set(counts.filter(({name}) => name === 'not').map(({last}) => last))
  const disclaiming = new Set(counts.filter(({name}) => name === 'disclaimer').map(({first}) => words[first]?.sentence))
  const found = new Map<Concept | DayConcept, Found<unknown>[]>()
  for (const one of counts) {
    const concept = one.name
    if (!NEVER_NEGATED.has(concept) && isNegated(one, words, negators)) continue
    if (DISCLAIMED.has(concept) && disclaiming.has(words[one.first]?.sentence)) continue
    if (concept === 'resolved' && isDeniedAfter(one, words, negators, text)) continue
    if ((concept === 'cold' || concept === 'outage') && isMild(words[one.first]?.text)) continue
    push(found, concept, one)
  }
  const homes = found.get('home') ?? []
  // A cold room is no cold room of somebody's.
  const isName = ({first, last}: Found<unknown>) =>
    homes.some((home) => home.first <= first && last <= home.last && home.last > home.first)
  const cold = found.get('cold')
  if (cold)
    found.set(
      'cold',
      cold.filter((one) => !isName(one)),
    )
  for (const {days, first, last} of readDates(words, text, received)) {
    push(found, days < 0 ? 'day-past' : days <= 1 ? 'day-near' : days <= 3 ? 'day-close' : 'day-later', {
      name: null,
      first,
      last,
    })
  }
  clockTimes(words, text).forEach((index) => {
    push(found, 'clock', {name: null, first: index, last: index})
  })
  return {text, words, body: words.findIndex(({from}) => from > subject.length), found}
}

function push<K>(map: Map<K, Found<unknown>[]>, key: K, value: Found<unknown>): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

function isNegated({first, last}: Found<unknown>, words: readonly Word[], negators: ReadonlySet<number>): boolean {
  const sentence = words[first]?.sentence
  const before = BETWEEN.has(words[first - 1]?.text ?? '') ? first - 2 : first - 1
  if (negators.has(before) && words[before]?.sentence === sentence) return true
  const after = words[last + 1]
  return after !== undefined && after.text === '0' && after.sentence === sentence
}

/** Who has resolved to do something, and, in a script whose "not" comes last, what has not been resolved. */
function isDeniedAfter({last}: Found<unknown>, words: readonly Word[], negators: ReadonlySet<number>, text: string) {
  const [word, next] = [words[last], words[last + 1]]
  if (word?.text === 'resolved' && next?.text === 'to' && next.sentence === word.sentence) return true
  if (!/[\p{Script=Hiragana}\p{Script=Han}]/u.test(word?.text ?? '')) return false
  const not = words
    .slice(last + 1, last + 16)
    .findIndex((each, at) => negators.has(last + 1 + at) && each.sentence === word?.sentence)
  return not !== -1 && !/[、，,]|問題|影響/u.test(text.slice(word?.to, words[last + 1 + not]?.to))
}

/** A temperature that nobody complains of. */
function isMild(word: string | undefined): boolean {
  const degrees = Number(word)
  return degrees > 16 && degrees < 28
}

function clockTimes(words: readonly Word[], text: string): number[] {
  return words.flatMap(({text: word, from, to}, index) => {
    const next = words[index + 1]
    if (/^\d{1,2}h(?:\d\d)?$/.test(word) || /^\d{1,2}(?:am|pm)$/.test(word)) return [index]
    if (!/^\d{1,2}$/.test(word) || next === undefined) return []
    if (/^[:.]\d\d(?!\d)/.test(text.slice(to, to + 4)) && Number(word) < 24 && text[from - 1] !== '.') return [index]
    return /^(?:uhr|uur|h|am|pm|heures|oclock|点|時|时|часов)$/.test(next.text) ? [index] : []
  })
}
