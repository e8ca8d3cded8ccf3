import {clean, cleanLine, shorten} from '../../kit/text.js'
import type {Attachment, MailContent, MailParts} from '../mail.js'
import {attachmentName} from './attachment-name.js'
import {renderHtml} from './html/render-html.js'
import {readCalendar} from './text/calendar-event.js'
import {freshText} from './text/fresh-text.js'
import {seenText} from './text/invisible.js'
import {compareBodies} from './text/mismatch.js'

const MOST_TEXT = 16_000
const MOST_HIDDEN = 1000
const MOST_STATUS = 4000
const MOST_ATTACHMENTS = 100

/** What a person would see of a body, and what was hidden from them; the subject tells a forward from a reply. */
export function readContent(parts: MailParts, subject = ''): MailContent {
  const {text: seen, hidden: found, isMismatch, isCut} = visible(parts)
  const hidden = newIn(found, `${subject} ${seen}`)
  const text = shorten(tidy(seen), MOST_TEXT)
  return {
    text,
    fresh: freshText(text, subject),
    hidden: hidden.length === 0 ? null : shorten(cleanLine(hidden.join(' · ')), MOST_HIDDEN),
    isMismatch,
    attachments: parts.attachments.slice(0, MOST_ATTACHMENTS).map(cleanAttachment),
    calendar: parts.calendar === null ? null : readCalendar(parts.calendar),
    deliveryStatus: parts.deliveryStatus === null ? null : shorten(tidy(clean(parts.deliveryStatus)), MOST_STATUS),
    isCut: parts.isCut || isCut,
    trouble: parts.trouble === null ? null : shorten(cleanLine(parts.trouble), 200),
  }
}

interface Visible {
  readonly text: string
  readonly hidden: readonly string[]
  readonly isMismatch: boolean
  readonly isCut: boolean
}

/**
 * The plain text, unless the HTML is what a person sees and says more or something else: then what the plain text says
 * is as hidden as white letters on white.
 */
function visible({text, html}: MailParts): Visible {
  const plain = text === null ? null : seenText(text)
  if (html === null) return {text: plain?.text ?? '', hidden: plain?.hidden ?? [], isMismatch: false, isCut: false}
  const rendered = renderHtml(html)
  const {isCut} = rendered
  const page = seenText(rendered.text)
  const hidden = [...rendered.hidden.flatMap(spelledOut), ...page.hidden]
  if (plain === null) return {text: page.text, hidden, isMismatch: false, isCut}
  const {isMismatch, isPoor} = compareBodies(plain.text, page.text)
  const all = [...hidden, ...plain.hidden]
  if (isMismatch) return {text: page.text, hidden: [...all, plain.text], isMismatch, isCut}
  return {text: isPoor ? page.text : plain.text, hidden: all, isMismatch, isCut}
}

/** What is hidden and said nowhere else: the preview lines of newsletters repeat what stands below them. */
function newIn(hidden: readonly string[], visible: string): string[] {
  if (hidden.length === 0) return []
  const known = new Set(wordsOf(visible))
  return hidden.filter((text) => wordsOf(text).some((word) => !known.has(word)))
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}

function spelledOut(hidden: string): string[] {
  const seen = seenText(hidden)
  return [seen.text, ...seen.hidden].filter((said) => said.trim() !== '')
}

/** No spaces at the end of lines but those of a signature's mark, and never more than one empty line. */
function tidy(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '-- ' ? line : line.trimEnd()))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

function cleanAttachment({name, type, size}: Attachment): Attachment {
  return {name: attachmentName(name), type: shorten(cleanLine(type).toLowerCase(), 100), size}
}
