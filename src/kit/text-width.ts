const PLAIN = /^[ -~]*$/
const WIDE =
  /^(?:\p{Emoji_Presentation}|[\u1100-\u115f\u231a\u231b\u2329\u232a\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}]|[\u{20000}-\u{3fffd}])/u
const EMOJI_STYLE = /^\p{Emoji}.*\ufe0f/u
const JOINED = /\p{Extended_Pictographic}.*\u200d/u
const INVISIBLE =
  /^[\p{Default_Ignorable_Code_Point}\p{Control}\p{Format}\p{Nonspacing_Mark}\p{Enclosing_Mark}\p{Surrogate}]+$/u

const segmenter = new Intl.Segmenter()

/** How many cells of a terminal a line takes: East Asian letters and emoji two, accents that stand on a letter none. */
export function widthOf(text: string): number {
  if (PLAIN.test(text)) return text.length
  let width = 0
  for (const {segment} of segmenter.segment(text)) width += widthOfLetter(segment)
  return width
}

/** Exactly so many cells: blanks are added, and what doesn't fit ends in "…". */
export function padTo(text: string, width: number): string {
  const cut = cutTo(text, width)
  return cut + ' '.repeat(Math.max(0, width - widthOf(cut)))
}

/** The same with the blanks before it, for numbers. */
export function padLeftTo(text: string, width: number): string {
  const cut = cutTo(text, width)
  return ' '.repeat(Math.max(0, width - widthOf(cut))) + cut
}

/** At most so many cells, with "…" at the end where something is missing. */
export function cutTo(text: string, width: number): string {
  if (width <= 0) return ''
  if (PLAIN.test(text)) return text.length <= width ? text : `${text.slice(0, width - 1)}…`
  let kept = ''
  let used = 0
  let keptToEllipsis = ''
  for (const {segment} of segmenter.segment(text)) {
    used += widthOfLetter(segment)
    if (used > width) return `${keptToEllipsis}…`
    kept += segment
    if (used <= width - 1) keptToEllipsis = kept
  }
  return kept
}

/** Cut into lines of so many cells, at blanks where there are any; an empty text is one empty line. */
export function wrapTo(text: string, width: number): string[] {
  if (widthOf(text) <= width || width < 1) return [text]
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/(?<= )/)) {
    if (widthOf(line) + widthOf(word.trimEnd()) <= width) {
      line += word
      continue
    }
    if (line.trim() !== '') lines.push(line.trimEnd())
    line = word
    while (widthOf(line.trimEnd()) > width) {
      const head = headOf(line, width)
      lines.push(head)
      line = line.slice(head.length)
    }
  }
  return [...lines, line.trimEnd()]
}

/** As many whole letters as there is room for, and one at least. */
function headOf(text: string, width: number): string {
  let head = ''
  let used = 0
  for (const {segment} of segmenter.segment(text)) {
    used += widthOfLetter(segment)
    if (used > width && head !== '') break
    head += segment
  }
  return head
}

/** One letter as a person sees it, with all that is joined to it. */
function widthOfLetter(segment: string): number {
  if (segment.length === 1 && segment >= ' ' && segment <= '~') return 1
  if (INVISIBLE.test(segment)) return 0
  return WIDE.test(segment) || EMOJI_STYLE.test(segment) || JOINED.test(segment) ? 2 : 1
}
