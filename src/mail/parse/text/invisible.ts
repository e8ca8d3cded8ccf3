import {clean} from '../../../kit/text.js'

/** A text as it is seen, and what was written between its letters for machines only. */
export interface Seen {
  readonly text: string
  readonly hidden: readonly string[]
}

// The flags of England, Scotland and Wales are made of these characters; nothing else a person reads is.
const TAGS = /(?<!\u{1f3f4})[\u{e0001}-\u{e007f}]{2,}/gu
const SELECTORS = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]{4,}/gu
// Letters without ink: they would glue words together, or stand for a text that isn't there.
const FILLERS = /[\u115f\u1160\u2800\u3164\uffa0]/g

/** Takes out what has no ink and what turns the reading direction; what tag characters or selectors spell is returned. */
export function seenText(text: string): Seen {
  if (/^[\n\t -~]*$/.test(text)) return {text, hidden: []}
  const hidden: string[] = []
  const without = text
    .replace(TAGS, (tags) => {
      hidden.push(String.fromCharCode(...codes(tags).map((code) => code - 0xe0000)))
      return ''
    })
    .replace(SELECTORS, (selectors) => {
      const bytes = codes(selectors).map((code) => (code < 0xe0000 ? code - 0xfe00 : code - 0xe0100 + 16))
      hidden.push(Buffer.from(bytes).toString('utf8'))
      return ''
    })
    .replace(FILLERS, ' ')
  return {text: clean(without), hidden: hidden.map((said) => clean(said))}
}

function codes(text: string): number[] {
  return [...text].slice(0, 1000).map((letter) => letter.codePointAt(0) ?? 0)
}
