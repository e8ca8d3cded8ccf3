const PLAIN = /^[ -~]*$/
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\ufe0f/u
const NO_CELL = /^[\p{Mn}\p{Me}\p{Cf}]+$/u

/** What a reader takes for one letter: with its accents, or an emoji with all that it is joined from. */
export function lettersOf(text: string): string[] {
  if (PLAIN.test(text)) return text.split('')
  segmenter ??= new Intl.Segmenter(undefined, {granularity: 'grapheme'})
  return Array.from(segmenter.segment(text), ({segment}) => segment)
}

let segmenter: Intl.Segmenter | null = null

/** How many cells of a terminal a line of cleaned text takes: East Asian wide letters and emoji two, accents on another letter none. */
export function widthOf(text: string): number {
  if (PLAIN.test(text)) return text.length
  return lettersOf(text).reduce((width, letter) => width + letterWidth(letter), 0)
}

function letterWidth(letter: string): number {
  if (NO_CELL.test(letter)) return 0
  return WIDE.test(letter) ? 2 : 1
}

/** A line that takes at most so many cells, the last one "…" when something was cut. */
export function fitWidth(text: string, cells: number): string {
  if (widthOf(text) <= cells) return text
  let fitted = ''
  let width = 0
  for (const letter of lettersOf(text)) {
    width += letterWidth(letter)
    if (width > cells - 1) break
    fitted += letter
  }
  return cells < 1 ? '' : `${fitted.trimEnd()}…`
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
