import {Parser} from 'htmlparser2'
import {shorten} from '../../../kit/text.js'
import {type Declaration, type Declarations, put, readDeclarations} from './declarations.js'
import {isSeen, type Look, lookInside, PLAIN_LOOK} from './look.js'
import {type Named, readSheet, type Sheet, saidOf} from './style-sheet.js'
import {textFlow} from './text-flow.js'

/** What an HTML body shows to a person, and what it holds besides. */
export interface RenderedHtml {
  readonly text: string
  readonly hidden: readonly string[]
  /** Whether it has more elements, or more of them in each other, than any page a person wrote. */
  readonly isCut: boolean
}

// The parser itself takes longer with each level and each element.
const MOST_ELEMENTS = 4000
const DEEPEST = 500
const CHUNK = 1024
const MOST_CSS = 40_000
const MOST_TEXT = 20_000
const MOST_HIDDEN = 4000
const QUOTES = /(?:^|\s)(?:gmail_quote|moz-cite|protonmail_quote|yahoo_quoted)/
// A label of a picture has fewer words; from here on it is a text that only machines read.
const FEWEST_WORDS = 8

const LABELS = ['alt', 'title', 'aria-label', 'summary']

const NONE: readonly string[] = []
const UNSAID: Declarations = new Map()

interface Open extends Named {
  readonly look: Look
  readonly isQuote: boolean
}

/**
 * Reads HTML in one pass with a stack of its own, so that no nesting is too deep and each letter costs the same. What a
 * reader can't see goes apart: hidden by style, sheet or attribute, comments, and long alternative texts.
 */
export function renderHtml(html: string): RenderedHtml {
  const styles: Styles = {sheet: sheetOf(html), known: new Map()}
  const flow = textFlow(MOST_TEXT)
  const hidden = hiddenTexts()
  const stack: Open[] = []
  let elements = 0
  let pending = ''
  // Text comes in pieces, one for each entity; it is looked at once for all up to the next tag.
  const say = () => {
    const top = stack.at(-1)
    if (pending === '') return
    if (isSeen(top?.look ?? PLAIN_LOOK)) {
      if (!flow.isFull) flow.say(pending)
    } else if (top?.tag === 'title') hidden.label(pending)
    else if (top?.tag !== 'style' && top?.tag !== 'script') hidden.say(pending)
    pending = ''
  }
  const parser = new Parser({
    onopentag(tag, attributes) {
      say()
      elements++
      const open = opened(tag, attributes, stack, styles)
      stack.push(open)
      if (!open.look.isGone) flow.open(tag, open.isQuote)
      for (const name of LABELS) if (name in attributes) hidden.label(attributes[name])
    },
    onclosetag(tag) {
      say()
      const open = stack.pop()
      if (open && !open.look.isGone) flow.close(tag, open.isQuote)
    },
    ontext(text) {
      pending += text
    },
    oncomment(text) {
      hidden.label(commentText(text))
    },
  })
  const isCut = !feed(parser, html, () => elements < MOST_ELEMENTS && stack.length < DEEPEST)
  say()
  return {text: flow.done(), hidden: hidden.done(), isCut}
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

interface Styles {
  readonly sheet: Sheet
  /** Style attributes that were read before: a page repeats a few of them. */
  readonly known: Map<string, Declarations>
}

function opened(
  tag: string,
  attributes: Readonly<Record<string, string>>,
  stack: readonly Open[],
  {sheet, known}: Styles,
): Open {
  const around = stack.at(-1)?.look ?? PLAIN_LOOK
  const {style, class: names, id = ''} = attributes
  const classes = names === undefined || names === '' ? NONE : /\s/.test(names) ? names.split(/\s+/) : [names]
  const own = declarationsOf(style, known)
  const said = sheet.size === 0 ? own : withSheet(saidOf(sheet, {tag, id, classes}, stack), own)
  const isQuote = tag === 'blockquote' && (attributes['type']?.toLowerCase() === 'cite' || QUOTES.test(names ?? ''))
  return {tag, id, classes, look: lookInside(around, {tag, attributes, said}), isQuote}
}

function declarationsOf(style: string | undefined, known: Map<string, Declarations>): Declarations {
  if (style === undefined) return UNSAID
  const read = known.get(style) ?? readDeclarations(style)
  known.set(style, read)
  return read
}

function withSheet(said: Map<string, Declaration>, own: Declarations): Declarations {
  for (const [name, value] of own) put(said, name, value)
  return said
}

/** Gives the parser all, a piece at a time, as long as it may go on; tells whether it got all. */
function feed(parser: Parser, html: string, mayGoOn: () => boolean): boolean {
  for (let at = 0; at < html.length; at += CHUNK) {
    if (!mayGoOn()) return false
    parser.write(html.slice(at, at + CHUNK))
  }
  parser.end()
  return true
}

/** Sheets hold for the whole mail wherever they stand in it, so they are read before. */
function sheetOf(html: string): Sheet {
  if (!/<style/i.test(html)) return readSheet('')
  let css = ''
  let isStyle = false
  let elements = 0
  const parser = new Parser({
    onopentag(tag) {
      elements++
      isStyle = tag === 'style'
    },
    onclosetag() {
      isStyle = false
    },
    ontext(text) {
      if (isStyle) css += text
    },
  })
  feed(parser, html, () => css.length < MOST_CSS && elements < MOST_ELEMENTS)
  return readSheet(css)
}

/** What a comment says, without the markup that conditional ones give to old programs. */
function commentText(text: string): string {
  return text
    .replace(/<(style|xml)\b[\s\S]*?(?:<\/\1>|$)/gi, ' ')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/^\[if[^\]]*\]>?|<?!?\[endif\]$/gi, ' ')
}

function hiddenTexts() {
  const found: string[] = []
  let length = 0
  const add = (text: string) => {
    const flat = text.replace(/\s+/g, ' ').trim()
    if (!/[\p{L}\p{N}]/u.test(flat) || length > MOST_HIDDEN) return
    length += flat.length
    found.push(shorten(flat, MOST_HIDDEN))
  }
  return {
    say: add,
    label(text: string | undefined) {
      const words = text?.trim().split(/\s+/, FEWEST_WORDS).length ?? 0
      const isLong = words >= FEWEST_WORDS || (text !== undefined && /\p{Lo}{20}/u.test(text))
      if (text !== undefined && isLong && length <= MOST_HIDDEN) add(text)
    },
    done: () => found,
  }
}
