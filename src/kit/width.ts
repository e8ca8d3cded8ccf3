/** Letters of one cell each, whatever stands beside them: Latin ones, punctuation, arrows, boxes and blocks. */
const PLAIN = /^[ -~\u00a1-\u00ac\u00ae-\u00ff\u2010-\u2027\u2030-\u205e\u2190-\u21ff\u2500-\u25fc]*$/
/** The same, with East Asian letters: none of them joins with its neighbour. */
const SINGLE =
  /^[ -~\u00a1-\u00ac\u00ae-\u00ff\u2010-\u2027\u2030-\u205e\u2190-\u21ff\u2500-\u25fc\u3001-\u3003\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff5e]*$/
const EAST_ASIAN = /[\u3001-\uff5e]/g
const WIDE =
  /^(?:\p{Emoji_Presentation}|[\u1100-\u115f\u231a\u231b\u2329\u232a\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}]|[\u{20000}-\u{3fffd}])/u
const EMOJI_STYLE = /^\p{Emoji}.*\ufe0f/u
const JOINED = /\p{Extended_Pictographic}.*\u200d/u
const INVISIBLE =
  /^[\p{Default_Ignorable_Code_Point}\p{Control}\p{Format}\p{Nonspacing_Mark}\p{Enclosing_Mark}\p{Surrogate}]+$/u

/** Made when a text first needs it: a beat in plain letters never does. */
let segmenter: Intl.Segmenter | null = null

/** What a reader takes for one letter: with its accents, or an emoji with all that it is joined from. */
export function lettersOf(text: string): string[] {
  if (SINGLE.test(text)) return text.split('')
  segmenter ??= new Intl.Segmenter(undefined, {granularity: 'grapheme'})
  return Array.from(segmenter.segment(text), ({segment}) => segment)
}

/** How many cells of a terminal a line of cleaned text takes: East Asian letters and emoji two, accents on another letter none. */
export function widthOf(text: string): number {
  if (PLAIN.test(text)) return text.length
  if (SINGLE.test(text)) return text.length + (text.match(EAST_ASIAN)?.length ?? 0)
  return lettersOf(text).reduce((width, letter) => width + letterWidth(letter), 0)
}

/** At most so many cells, with "…" at the end where something is missing. */
export function fitWidth(text: string, cells: number): string {
  if (cells < 1) return ''
  if (widthOf(text) <= cells) return text
  return `${headOf(text, cells - 1).trimEnd()}…`
}

/** Exactly so many cells: blanks are added, and what doesn't fit ends in "…". */
export function padTo(text: string, cells: number): string {
  const fitted = fitWidth(text, cells)
  return fitted + blanks(fitted, cells)
}

/** The same with the blanks before it, for numbers. */
export function padLeftTo(text: string, cells: number): string {
  const fitted = fitWidth(text, cells)
  return blanks(fitted, cells) + fitted
}

/** The same line in rows of at most so many cells, cut anywhere; never none. */
export function rowsOf(text: string, cells: number): string[] {
  const rows: string[] = []
  let row = ''
  let width = 0
  for (const letter of lettersOf(text)) {
    const own = letterWidth(letter)
    if (width + own > cells && row !== '') {
      rows.push(row)
      row = ''
      width = 0
    }
    row += letter
    width += own
  }
  return [...rows, row]
}

/** Cut into lines of so many cells, at blanks where there are any; an empty text is one empty line. */
export function wrapTo(text: string, cells: number): string[] {
  if (widthOf(text) <= cells || cells < 1) return [text]
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/(?<= )/)) {
    if (widthOf(line) + widthOf(word.trimEnd()) <= cells) {
      line += word
      continue
    }
    if (line.trim() !== '') lines.push(line.trimEnd())
    const rows = widthOf(word.trimEnd()) > cells ? rowsOf(word, cells) : [word]
    lines.push(...rows.slice(0, -1))
    line = rows.at(-1) ?? ''
  }
  return [...lines, line.trimEnd()]
}

/** As many whole letters as there is room for. */
function headOf(text: string, cells: number): string {
  if (PLAIN.test(text)) return text.slice(0, cells)
  let head = ''
  let width = 0
  for (const letter of lettersOf(text)) {
    width += letterWidth(letter)
    if (width > cells) break
    head += letter
  }
  return head
}

function blanks(text: string, cells: number): string {
  return ' '.repeat(Math.max(0, cells - widthOf(text)))
}

function letterWidth(letter: string): number {
  if (letter.length === 1 && letter >= ' ' && letter <= '~') return 1
  if (INVISIBLE.test(letter)) return 0
  return WIDE.test(letter) || EMOJI_STYLE.test(letter) || JOINED.test(letter) ? 2 : 1
}
