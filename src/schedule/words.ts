const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]/u
/** Words of one idea, separated by bars, or such a list for each language. */
export type WordList = string | Readonly<Record<string, string>>

/** Letters and digits of folded text in scripts with blanks; a short class, as \\p{L} alone takes milliseconds to compile. */
export const LETTER = 'a-z0-9\\u00df-\\u00ff\\u0153\\u0400-\\u04ff'
const NO_LETTER_BEFORE = `(?<![${LETTER}])`
const NO_LETTER_AFTER = `(?![${LETTER}])`
const SPECIAL = /[.*+?^${}|\\/]/g

/** Text as words are compared: full-width forms narrowed, lower case, no accents, dashes and blanks alike. */
export function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}(?<![\u3099\u309a])|[\u200b-\u200f]/gu, '')
    .normalize('NFC')
    .replace(/[‐‑‒–—―−]/g, '-')
    .replace(/[〜~∼]/g, '~')
    .replace(/[\s\u00a0]+/g, ' ')
}

/**
 * One alternation over all given word lists, longest first, as regular expression source. Words of scripts with
 * blanks match as whole words only; Chinese and Japanese ones anywhere. A list may hold a look-ahead in brackets.
 */
export function anyOf(...lists: readonly WordList[]): string {
  return alternation(lists, NO_LETTER_BEFORE)
}

/** The same, where a word may follow a digit or letter directly, as units do: 4h. */
export function gluedAnyOf(...lists: readonly WordList[]): string {
  return alternation(lists, '')
}

/** The position of the list in which a word stands, or -1. */
export function indexIn(lists: readonly string[], word: string): number {
  const wanted = word.replaceAll(' ', '')
  return lists.findIndex((list) => split(list).some((known) => known.replaceAll(' ', '') === wanted))
}

// The borders are classes of a hundred ranges: one for all words that need them, not one a word.
function alternation(lists: readonly WordList[], before: string): string {
  const words = [
    ...new Set(lists.flatMap((list) => (typeof list === 'string' ? [list] : Object.values(list))).flatMap(split)),
  ]
  words.sort((one, other) => other.length - one.length)
  const spaced = words.filter((word) => !CJK.test(word) && /^[\p{L}\p{N}].*[\p{L}\p{N}]$|^[\p{L}\p{N}]$/u.test(word))
  const others = words.filter((word) => !spaced.includes(word))
  const groups = [
    ...(spaced.length > 0 ? [`${before}(?:${spaced.map(source).join('|')})${NO_LETTER_AFTER}`] : []),
    ...others.map(source),
  ]
  return `(?:${groups.join('|')})`
}

// a bar inside a look-ahead is no separator
function split(list: string): string[] {
  return fold(list)
    .split(/\|(?![^(]*\))/)
    .filter((word) => word !== '')
}

function source(word: string): string {
  const [plain = '', ahead = ''] = word.split(/(?=\(\?)/)
  return `${plain.replace(SPECIAL, '\\$&').replaceAll(' ', ' ?')}${ahead}`
}
