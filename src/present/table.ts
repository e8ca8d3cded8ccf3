import {cleanLine} from '../kit/text.js'

/** Columns that line up, two blanks between them, no trailing blanks; a cell is one line, and wide letters count as two. */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head.map((cell) => cell.toUpperCase()), ...rows.map((row) => row.map(cleanLine))]
  const widths = head.map((_, column) => all.reduce((widest, row) => Math.max(widest, widthOf(row[column] ?? '')), 0))
  return all
    .map((row) =>
      row
        .map((cell, column) => pad(cell, widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function pad(cell: string, width: number): string {
  return cell + ' '.repeat(Math.max(0, width - widthOf(cell)))
}

const PLAIN = /^[ -~]*$/
const WIDE =
  /\p{Extended_Pictographic}|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/u
const COMBINING = /\p{Mn}/u

/** East Asian wide letters and emoji take two cells on a terminal, accents that stand on another letter none. */
function widthOf(text: string): number {
  if (PLAIN.test(text)) return text.length
  let width = 0
  for (const letter of text) width += COMBINING.test(letter) ? 0 : WIDE.test(letter) ? 2 : 1
  return width
}
