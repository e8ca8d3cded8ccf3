import {BLACK, type Color, isNear, LINK, parseColor, WHITE} from './color.js'
import type {Declarations} from './declarations.js'
import {isOutOfSight, lengthPx} from './out-of-sight.js'

/** How text at some place of an HTML mail looks, as far as it decides whether anybody can read it. */
export interface Look {
  /** Nothing inside can be seen, whatever it says of itself. */
  readonly isGone: boolean
  /** Inherited, but an element inside may take it back. */
  readonly isInvisible: boolean
  readonly sizePx: number
  readonly color: Color
  /** Null where a picture lies behind. */
  readonly background: Color | null
  readonly opacity: number
}

export const PLAIN_LOOK: Look = {
  isGone: false,
  isInvisible: false,
  sizePx: 16,
  color: BLACK,
  background: WHITE,
  opacity: 1,
}

const SMALLEST_PX = 3
const FAINTEST = 0.1

// What is never shown as text of the mail. Not <head>: it is often left open, and all it may hold is here.
const UNSEEN_TAGS = new Set(['title', 'script', 'style', 'template', 'iframe', 'datalist', 'xml', 'desc', 'metadata'])

export function isSeen({isGone, isInvisible, sizePx, color, background, opacity}: Look): boolean {
  if (isGone || isInvisible || sizePx <= SMALLEST_PX || opacity * color.alpha < FAINTEST) return false
  return background === null || !isNear(color, background)
}

/** The look inside an element, from that around it; the same object where it changes nothing. */
export function lookInside(
  around: Look,
  {tag, attributes, said}: {tag: string; attributes: Readonly<Record<string, string>>; said: Declarations},
): Look {
  const isHidden = 'hidden' in attributes || attributes['aria-hidden']?.toLowerCase() === 'true'
  const isGone = around.isGone || UNSEEN_TAGS.has(tag) || isHidden
  const hasColor =
    'color' in attributes || 'bgcolor' in attributes || 'text' in attributes || 'background' in attributes
  if (said.size === 0 && !hasColor && tag !== 'a') return isGone === around.isGone ? around : {...around, isGone}
  const value = (name: string) => said.get(name)?.value ?? ''
  const sizePx = fontSize(said, around.sizePx)
  return {
    isGone: isGone || isOutOfSight(said, sizePx),
    isInvisible: invisible(value('visibility'), around.isInvisible),
    sizePx,
    color: textColor(around, {tag, attributes, css: value('color')}),
    background: background(around, {tag, attributes, said}),
    opacity: around.opacity * opacityOf(value('opacity')),
  }
}

function invisible(value: string, around: boolean): boolean {
  if (value === 'hidden' || value === 'collapse') return true
  return value === 'visible' ? false : around
}

function fontSize(said: Declarations, around: number): number {
  const own = said.get('font-size')?.value
  if (own !== undefined) return lengthPx(own, around) ?? around
  // In the short form the size is the only length, perhaps with the height of lines behind a slash.
  const short = said
    .get('font')
    ?.value.split(/\s+/)
    .map((word) => lengthPx(word.split('/')[0] ?? '', around))
  return short?.find((size) => size !== null) ?? around
}

interface Element {
  readonly tag: string
  readonly attributes: Readonly<Record<string, string>>
}

function textColor(around: Look, {tag, attributes, css}: Element & {css: string}): Color {
  const given = css === '' ? (tag === 'body' ? attributes['text'] : tag === 'font' ? attributes['color'] : '') : css
  const own = parseColor(given ?? '')
  if (own) return own
  return tag === 'a' && 'href' in attributes ? LINK : around.color
}

const BACKGROUNDS = ['background', 'background-color', 'background-image']

function background(around: Look, {attributes, said}: Element & {said: Declarations}): Color | null {
  const given = [attributes['bgcolor'], ...BACKGROUNDS.map((name) => said.get(name)?.value)]
  const styles = given.filter((style) => style !== undefined)
  if (styles.length === 0) return attributes['background'] === undefined ? around.background : null
  const words = styles.flatMap((style) => style.match(/[\w#-]+(?:\([^)]*\))?/g) ?? [])
  const color = words.map(parseColor).findLast((found) => found !== null)
  if (color && color.alpha > 0.5) return color
  const hasPicture = attributes['background'] !== undefined || styles.some((style) => /url\(|gradient\(/.test(style))
  return hasPicture ? null : around.background
}

function opacityOf(value: string): number {
  const number = Number.parseFloat(value)
  if (Number.isNaN(number)) return 1
  return Math.min(1, Math.max(0, value.endsWith('%') ? number / 100 : number))
}
