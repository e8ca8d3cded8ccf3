/** What stays invisible or turns text around on a terminal, and JSON leaves as it is. */
const UNSEEN =
  /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e0fff}]/gu

/** One JSON document whose text no terminal can be steered by: what is unseen is written as \uXXXX. */
export function formatJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(UNSEEN, escapeUnits)
}

function escapeUnits(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')
}
