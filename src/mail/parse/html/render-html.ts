import {Parser} from 'htmlparser2'
import {shorten} from '../../../kit/text.js'
import {put, readDeclarations} from './declarations.js'
import {isSeen, type Look, lookInside, PLAIN_LOOK} from './look.js'
import {type Named, readSheet, type Sheet, saidOf} from './style-sheet.js'
import {textFlow} from './text-flow.js'

/** What an HTML body shows to a person, and what it holds besides. */
export interface RenderedHtml {
  readonly text: string
  readonly hidden: readonly string[]
}

const MOST_TEXT = 20_000
const MOST_HIDDEN = 4000
const QUOTES = /(?:^|\s)(?:gmail_quote|moz-cite|protonmail_quote|yahoo_quoted)/
// A label of a picture has fewer words; from here on it is a text that only machines read.
const FEWEST_WORDS = 8

interface Open extends Named {
  readonly look: Look
  readonly isQuote: boolean
}

/**
 * Reads HTML in one pass with a stack of its own, so that no nesting is too deep and each letter costs the same. What a
 * reader can't see goes apart: hidden by style, sheet or attribute, comments, and long alternative texts.
 */
export function renderHtml(html: string): RenderedHtml {
  const sheet = sheetOf(html)
  const flow = textFlow(MOST_TEXT)
  const hidden = hiddenTexts()
  const stack: Open[] = []
  const look = () => stack.at(-1)?.look ?? PLAIN_LOOK
  const parser = new Parser({
    onopentag(tag, attributes) {
      const open = opened(tag, attributes, stack, sheet)
      stack.push(open)
      if (!open.look.isGone) flow.open(tag, open.isQuote)
      for (const name of ['alt', 'title', 'aria-label', 'summary']) hidden.label(attributes[name])
      hidden.end()
    },
    onclosetag(tag) {
      const open = stack.pop()
      if (open && !open.look.isGone) flow.close(tag, open.isQuote)
      hidden.end()
    },
    ontext(text) {
      const top = stack.at(-1)?.tag
      if (isSeen(look())) {
        if (!flow.isFull) flow.say(text)
      } else if (top === 'title') hidden.label(text)
      else if (top !== 'style' && top !== 'script') hidden.say(text)
    },
    oncomment(text) {
      hidden.label(commentText(text))
    },
  })
  parser.end(html)
  return {text: flow.done(), hidden: hidden.done()}
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function opened(tag: string, attributes: Readonly<Record<string, string>>, stack: readonly Open[], sheet: Sheet): Open {
  const around = stack.at(-1)?.look ?? PLAIN_LOOK
  const named = {tag, id: attributes['id'] ?? '', classes: (attributes['class'] ?? '').split(/\s+/).filter(Boolean)}
  const said = saidOf(sheet, named, stack)
  if (attributes['style']) for (const [name, value] of readDeclarations(attributes['style'])) put(said, name, value)
  const isCite = attributes['type']?.toLowerCase() === 'cite' || QUOTES.test(attributes['class'] ?? '')
  return {...named, look: lookInside(around, {tag, attributes, said}), isQuote: tag === 'blockquote' && isCite}
}

/** Sheets hold for the whole mail wherever they stand in it, so they are read before. */
function sheetOf(html: string): Sheet {
  if (!/<style/i.test(html)) return readSheet('')
  let css = ''
  let isStyle = false
  const parser = new Parser({
    onopentag(tag) {
      isStyle = tag === 'style'
    },
    onclosetag() {
      isStyle = false
    },
    ontext(text) {
      if (isStyle) css += text
    },
  })
  parser.end(html)
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
  let current = ''
  let length = 0
  const add = (text: string) => {
    const flat = text.replace(/\s+/g, ' ').trim()
    if (!/[\p{L}\p{N}]/u.test(flat) || length > MOST_HIDDEN) return
    length += flat.length
    found.push(shorten(flat, MOST_HIDDEN))
  }
  return {
    say(text: string) {
      if (length + current.length <= MOST_HIDDEN) current += text
    },
    end() {
      if (current !== '') add(current)
      current = ''
    },
    label(text: string | undefined) {
      const words = text?.trim().split(/\s+/, FEWEST_WORDS).length ?? 0
      const isLong = words >= FEWEST_WORDS || (text !== undefined && /\p{Lo}{20}/u.test(text))
      if (text !== undefined && isLong && length <= MOST_HIDDEN) add(text)
    },
    done: () => found,
  }
}
