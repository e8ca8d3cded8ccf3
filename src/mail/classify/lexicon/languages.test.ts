import {expect, test} from 'vitest'
import {plain, splitWords} from '../words/split-words.js'
import {LANGUAGES, type Language} from './languages.js'

/** Its phrases, each with the concept that it stands for. */
function phrasesOf({lexicons}: Language): string[] {
  return lexicons.flatMap((lexicon) =>
    Object.entries(lexicon).flatMap(([concept, list]) =>
      list.split(/[,\n]/).flatMap((phrase) => (phrase.trim() === '' ? [] : [`${concept}: ${phrase.trim()}`])),
    ),
  )
}

/** Whether a text that holds the phrase holds that sign in any case: one part of it has it in all its choices. */
function needs(script: RegExp, phrase: string): boolean {
  const parts = phrase.replace(/^[\w-]+: /, '').split(/\s+/)
  return parts.some((part) =>
    part
      .split('/')
      .every((choice) => splitWords(choice.replaceAll('~', '')).some(({text}) => script.test(plain(text)))),
  )
}

test.each(LANGUAGES.filter(({script}) => script !== null))(
  'meets no phrase of $name in a text without its signs, unless English has it too',
  (language) => {
    const english = new Set(LANGUAGES.filter(({name}) => name === 'en').flatMap(phrasesOf))
    const {script} = language
    const unseen = phrasesOf(language).filter((phrase) => !(script && needs(script, phrase)) && !english.has(phrase))
    expect(unseen).toEqual([])
  },
)

test('knows each language by its small words, or by its script, or reads it in every text', () => {
  const always = LANGUAGES.filter(({shownBy, script}) => shownBy === null && script === null)
  expect(always.map(({name}) => name)).toEqual(['en'])
})
