/** One word of a text: letters and digits, one sign of a script without spaces, or one of % ° € $ £. */
export interface Word {
  /** Without accents and capitals, so that word lists need neither. */
  readonly text: string
  readonly from: number
  readonly to: number
  /** Counts up; phrases don't reach over the end of a sentence. */
  readonly sentence: number
  readonly paragraph: number
}

const SCRIPT_SIGNS = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー'
const PIECES = new RegExp(
  `[${SCRIPT_SIGNS}]|(?:(?![${SCRIPT_SIGNS}])[\\p{L}\\p{M}\\p{N}])+(?:['’](?:(?![${SCRIPT_SIGNS}])[\\p{L}\\p{M}])+)*|[%°€$£]|[.!?…;:]+(?=\\s|$)|[。！？；]|\\n[ \\t]*\\n\\s*`,
  'gu',
)
/** French words that lean on the next one: "l'eau" is two words, "can't" is one. */
const LEANING = /^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|aujourd)['’](?=.{2})/i
const ENDS = /^[.!?…;。！？；]/

/** The words of a text in their order, each with its place; time grows with the text's length only. */
export function splitWords(text: string): Word[] {
  const words: Word[] = []
  let sentence = 0
  let paragraph = 0
  for (const match of text.matchAll(PIECES)) {
    const piece = match[0]
    const from = match.index
    if (piece.startsWith('\n')) {
      paragraph++
      sentence++
    } else if (ENDS.test(piece)) sentence++
    else if (!piece.startsWith(':')) pushWord(words, {piece, from, sentence, paragraph})
  }
  return words
}

function pushWord(
  words: Word[],
  {piece, from, sentence, paragraph}: {piece: string; from: number; sentence: number; paragraph: number},
): void {
  const leaning = LEANING.exec(piece)?.[0].length ?? 0
  if (leaning > 0) words.push({text: plain(piece.slice(0, leaning - 1)), from, to: from + leaning, sentence, paragraph})
  words.push({text: plain(piece.slice(leaning)), from: from + leaning, to: from + piece.length, sentence, paragraph})
}

const SIMPLE = /^[a-z0-9]+$/

/** Without its apostrophe each would be another word: "I'll" is not "ill". */
const CONTRACTED = /^(?:(?:i|we|she|he)['’]ll|(?:i|we|she|he)['’]d|we['’]re)$/i

/** How a word stands in a word list: lower case, without accents and apostrophes, wide letters made narrow. */
export function plain(word: string): string {
  if (SIMPLE.test(word)) return word
  if (CONTRACTED.test(word)) return `${word.slice(0, word.search(/['’]/)).toLowerCase()}_`
  return word
    .normalize('NFKD')
    .replace(/[\u0300-\u036f'’]/g, '')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replaceAll('æ', 'ae')
}
