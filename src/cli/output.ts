/** Controls, formats and whatever else Unicode draws nothing for; the line breaks of the document itself stay. */
const UNSEEN = /[^\P{C}\n]|\u034f|[\u2028\u2029]|[\ufe00-\ufe0d]/gu

/** One JSON document whose text no terminal can be steered by: what is unseen is written as \uXXXX. */
export function formatJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(UNSEEN, escapeUnits)
}

/** The same in one line, with its newline: for what is told as it happens. */
export function formatJsonLine(value: unknown): string {
  return `${JSON.stringify(value).replace(UNSEEN, escapeUnits)}\n`
}

function escapeUnits(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')
}
