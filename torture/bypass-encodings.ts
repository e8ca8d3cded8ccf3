import type {Dice} from './dice.js'

/** Spells a word so that bash makes the very same word of it; a spelling that can't carry this word gives it plainly. */
export type Encoding = (word: string, dice: Dice) => string

const hex = (char: string): string => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`
const octal = (char: string): string => `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`
const quote = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`

/** Cuts a word in two at some place within. */
function cut(word: string, dice: Dice): [string, string] {
  const at = 1 + dice.below(Math.max(1, word.length - 1))
  return [word.slice(0, at), word.slice(at)]
}

export const ENCODINGS: Readonly<Record<string, Encoding>> = {
  plain: (word) => word,
  single: quote,
  double: (word) => `"${word}"`,
  split: (word, dice) => cut(word, dice).map(quote).join(''),
  empty: (word, dice) => cut(word, dice).join('""'),
  backslash: (word, dice) => cut(word, dice).join('\\'),
  continued: (word, dice) => cut(word, dice).join('\\\n'),
  'ansi-hex': (word) => `$'${[...word].map(hex).join('')}'`,
  'ansi-octal': (word) => `$'${[...word].map(octal).join('')}'`,
  'ansi-part': (word, dice) => {
    const [head, tail] = cut(word, dice)
    return `${head}$'${[...tail].map(hex).join('')}'`
  },
  variable: (word, dice) => {
    const [head, tail] = cut(word, dice)
    return `\${UNSET:-${head}}${tail}`
  },
  substitution: (word) => `"$(printf %s ${quote(word)})"`,
  backticks: (word) => `\`printf %s ${quote(word)}\``,
  'base64-word': (word) => `"$(echo ${Buffer.from(word).toString('base64')} | base64 -d)"`,
  'reversed-word': (word) => `"$(echo ${quote([...word].reverse().join(''))} | rev)"`,
  brace: (word) => `{${word},}`,
  glob: (word) => (/[a-z]/.test(word) ? word.replace(/[A-Za-z](?=[^/]*$)/, '?') : word),
  bracket: (word) => word.replace(/([A-Za-z])(?=[^/]*$)/, '[$1]'),
  locale: (word) => `$"${word}"`,
}
