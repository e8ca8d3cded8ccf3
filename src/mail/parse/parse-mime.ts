import type {Attachment, MailHead, MailParts} from '../mail.js'
import {type Collected, collect, type Stretch} from './collect-parts.js'
import {latinOf, splitMail} from './fields.js'
import {headOf} from './head-of.js'
import {escapeHtml, renderHtml} from './html/render-html.js'
import {type Budget, type MimePart, readTree} from './mime-tree.js'

/** So much of a mail is read; the rest would say nothing new about what it is. */
export const MOST_BYTES = 64 * 1024
const LARGE_BYTES = 8 * 1024

/** Reads a mail from its bytes. Never throws for a bad one: `parts.trouble` says what is wrong with it. */
export async function parseMime(
  raw: Buffer,
  {isCut}: {readonly isCut: boolean},
): Promise<{head: MailHead; parts: MailParts}> {
  // One account's large mails must not keep the connections of the others waiting.
  if (raw.length > LARGE_BYTES) await new Promise((go) => setImmediate(go))
  const isShort = isCut || raw.length > MOST_BYTES
  const mail = splitMail(latinOf(raw.subarray(0, MOST_BYTES)))
  const budget: Budget = {parts: 0, troubles: new Set()}
  const tree = readTree(mail, {depth: 0, usual: 'text/plain', budget})
  const rest: Collected = {attachments: [], calendar: null, deliveryStatus: null}
  const stretches = collect(tree, rest)
  if (raw.length === 0) budget.troubles.add('it is empty')
  else if (mail.fields.length === 0) budget.troubles.add('it has no headers')
  return {
    head: headOf(mail.fields),
    parts: {
      ...bodies(stretches),
      ...rest,
      attachments: isShort ? withoutLastSize(rest.attachments, tree) : rest.attachments,
      isCut: isShort,
      trouble: budget.troubles.size === 0 ? null : [...budget.troubles].join('; '),
    },
  }
}

/**
 * The whole as text and the whole as HTML. Where a stretch exists in one form only, the other whole gets it converted:
 * HTML by what is visible of it.
 */
function bodies(stretches: readonly Stretch[]): Pick<MailParts, 'text' | 'html'> {
  const hasText = stretches.some(({text}) => text !== null)
  const hasHtml = stretches.some(({html}) => html !== null)
  const texts = stretches.map(({text, html}) => text ?? (hasText ? renderHtml(html ?? '').text : ''))
  const htmls = stretches.map(({text, html}) => html ?? `<pre>${escapeHtml(text ?? '')}</pre>`)
  return {text: hasText ? texts.join('\n') : null, html: hasHtml ? htmls.join('\n') : null}
}

/** Where the reading stopped, the size of what was being read is not known. */
function withoutLastSize(attachments: readonly Attachment[], tree: MimePart): Attachment[] {
  const isLast = (index: number) => index === attachments.length - 1 && lastLeaf(tree) !== 'shown'
  return attachments.map((one, index) => (isLast(index) ? {...one, size: null} : one))
}

function lastLeaf({parts, type, disposition}: MimePart): 'shown' | 'kept' {
  const last = parts?.at(-1)
  if (last) return lastLeaf(last)
  return type.startsWith('text/') && disposition.value !== 'attachment' ? 'shown' : 'kept'
}
