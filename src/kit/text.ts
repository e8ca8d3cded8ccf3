// A string sequence (OSC, DCS, SOS, PM, APC) goes whole only when it ends within its line; else just its opening goes, so
// that hostile text can't hide the rest of a page. Payloads exclude controls, which also keeps the matching linear.
const SEQUENCES = [
  /(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0000-\u001f\u007f-\u009f]*(?:\u0007|\u001b\\|\u009c)/,
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]/,
  /\u001b[ -/]*[0-~]/,
]

// Left over once the sequences are gone: lone controls, and characters that are invisible or turn the reading direction.
// A zero-width joiner stays where it joins emoji.
const HIDDEN = [
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/,
  /\u034f|[\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/,
  /[\ufe00-\ufe0d\u{e0000}-\u{e0fff}]/u,
  /(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}]|\ufe0f)\u200d|\u200d(?!\p{Extended_Pictographic})/u,
]

const UNWANTED = new RegExp([...SEQUENCES, ...HIDDEN].map((pattern) => pattern.source).join('|'), 'gu')
const PLAIN = /^[\n\t -~]*$/

/** What may reach a terminal: no control sequence, nothing invisible; lines and tabs stay. Cleaning twice changes nothing. */
export function clean(text: string): string {
  if (PLAIN.test(text)) return text
  // Halves first: taking out what stands between two of them must not make a new, unseen character.
  return text.replace(/\p{Cs}/gu, '\ufffd').replace(UNWANTED, '')
}

/** The same on one line, with single spaces. */
export function cleanLine(text: string): string {
  return clean(text.replace(/[\s\u0085]+/g, ' '))
    .replace(/ {2,}/g, ' ')
    .trim()
}

/** At most `max` characters, the last one "…" when something was cut. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text
  const letters = [...text.slice(0, max * 2 + 2)]
  if (letters.length <= max) return text
  return `${letters
    .slice(0, Math.max(max - 1, 0))
    .join('')
    .trimEnd()}…`
}

/** A reason behind the path that it is about, which is named once. */
export function withPath(path: string, reason: string): string {
  return reason.startsWith(`${path}: `) ? reason : `${path}: ${reason}`
}
