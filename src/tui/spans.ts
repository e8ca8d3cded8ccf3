import {fitWidth, padLeftTo, padTo, widthOf} from '../kit/width.js'

/** One of the terminal's own colours, which it makes fit for its background; never a colour of the background. */
export type Color = 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan' | 'gray'

/** A piece of a line that looks the same from end to end. Nothing in it may be anything but letters. */
export interface Span {
  readonly text: string
  readonly color?: Color | undefined
  readonly bold?: boolean
  readonly dim?: boolean
  readonly inverse?: boolean
}

const CODES: Readonly<Record<Color, number>> = {
  red: 31,
  green: 32,
  yellow: 33,
  blue: 34,
  magenta: 35,
  cyan: 36,
  gray: 90,
}

/** The line as a terminal takes it. Without colour, bold and inverse stay: they carry no hue. */
export function styledText(spans: readonly Span[], hasColor: boolean): string {
  return merged(spans)
    .map((span) => styled(span, hasColor))
    .join('')
}

/** Neighbours that look the same are one: each change of style is work for whoever draws it. */
function merged(spans: readonly Span[]): Span[] {
  const all: Span[] = []
  for (const span of spans) {
    const last = all.at(-1)
    if (last && looksLike(last, span)) all[all.length - 1] = {...last, text: last.text + span.text}
    else all.push(span)
  }
  return all
}

function looksLike(one: Span, other: Span): boolean {
  const isSame = one.color === other.color && !one.bold === !other.bold
  return isSame && !one.dim === !other.dim && !one.inverse === !other.inverse
}

function styled({text, color, bold, dim, inverse}: Span, hasColor: boolean): string {
  const codes = [
    ...(bold ? [1] : []),
    ...(dim ? [2] : []),
    ...(inverse ? [7] : []),
    ...(color && hasColor ? [CODES[color]] : []),
  ]
  return codes.length === 0 || text === '' ? text : `\u001b[${codes.join(';')}m${text}\u001b[0m`
}

export function widthOfSpans(spans: readonly Span[]): number {
  return spans.reduce((sum, {text}) => sum + widthOf(text), 0)
}

/** The line cut or filled up with blanks to exactly so many cells. */
export function padSpans(spans: readonly Span[], width: number): Span[] {
  const kept: Span[] = []
  let room = width
  for (const span of spans) {
    if (room <= 0) break
    const text = fitWidth(span.text, room)
    kept.push({...span, text})
    room -= widthOf(text)
  }
  return room > 0 ? [...kept, {text: ' '.repeat(room)}] : kept
}

/** One cell of a table. */
export function cellOf(span: Span, width: number, isNumber = false): Span {
  return {...span, text: (isNumber ? padLeftTo : padTo)(span.text, width)}
}
