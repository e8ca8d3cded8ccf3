import {cleanLine, shorten} from '../../kit/text.js'
import type {Attachment} from '../mail.js'
import {attachmentName} from './attachment-name.js'
import {decodeBytes} from './charset.js'
import type {Field} from './fields.js'
import {unflow} from './flowed.js'
import type {MimePart} from './mime-tree.js'
import {decodeTransfer, sizeOf} from './transfer.js'
import {decodeWords} from './words.js'

/** A stretch of a mail's body as it is shown: one text, one HTML, or the two as each other's alternative. */
export interface Stretch {
  readonly text: string | null
  readonly html: string | null
}

/** All of a tree, sorted by what it is for. */
export interface Collected {
  readonly attachments: Attachment[]
  calendar: string | null
  deliveryStatus: string | null
}

/** Goes through a tree; a mail that lies in a mail is shown below the first lines of its head, one that is attached isn't. */
export function collect(part: MimePart, into: Collected, isReport = false): Stretch[] {
  const {type, parts, disposition} = part
  const isAttached = disposition.value === 'attachment'
  if (parts !== null && type.startsWith('message/')) {
    into.attachments.push(attachmentOf(part))
    // A report carries the mail that it is about as evidence, not as something that is said.
    if (isAttached || isReport) return []
    return [forwardedHead(parts[0]?.fields ?? []), ...parts.flatMap((inner) => collect(inner, into))]
  }
  if (parts !== null) {
    const stretches = parts.flatMap((inner) => collect(inner, into, isReport || type === 'multipart/report'))
    return type === 'multipart/alternative' ? [asOne(stretches)] : stretches
  }
  if (type === 'text/html' && !isAttached) return [{text: null, html: textOf(part)}]
  if (isShown(type) && !isAttached) return [{text: textOf(part), html: null}]
  return keepLeaf(part, into)
}

function keepLeaf(part: MimePart, into: Collected): Stretch[] {
  const {type} = part
  const attachment = attachmentOf(part)
  const isInvitation = type === 'text/calendar' || type === 'application/ics'
  const isStatus = /^message\/(?:global-)?delivery-status$/.test(type)
  if (isInvitation) into.calendar ??= textOf(part)
  if (isStatus) into.deliveryStatus ??= textOf(part)
  // An invitation is a part of the mail itself, unless it has a name to be kept by.
  if (!isStatus && !(isInvitation && attachment.name === '')) into.attachments.push(attachment)
  return []
}

function isShown(type: string): boolean {
  return ['text/plain', 'text/enriched', 'text/richtext', 'text/markdown'].includes(type)
}

function asOne(stretches: readonly Stretch[]): Stretch {
  const join = (texts: readonly (string | null)[]) => {
    const there = texts.filter((text) => text !== null)
    return there.length === 0 ? null : there.join('\n')
  }
  return {text: join(stretches.map(({text}) => text)), html: join(stretches.map(({html}) => html))}
}

/** A part's text; without the control characters that no text needs, so that nothing downstream ever meets them. */
function textOf({body, encoding, params}: MimePart): string {
  const text = decodeBytes(decodeTransfer(body, encoding), params.get('charset') ?? null)
    .replace(/\r\n?/g, '\n')
    .replace(/\u001b\[[0-?]*[ -/]*[@-~]|[\0-\u0008\u000b-\u001f\u007f-\u009f]/g, '')
  const isFlowed = params.get('format')?.toLowerCase() === 'flowed'
  return isFlowed ? unflow(text, params.get('delsp')?.toLowerCase() === 'yes') : text
}

function attachmentOf({type, params, disposition, body, encoding, parts}: MimePart): Attachment {
  const given = attachmentName(disposition.params.get('filename') ?? params.get('name') ?? '')
  const inner = type.startsWith('message/') ? attachmentName(headerOf(parts?.[0]?.fields ?? [], 'subject')) : ''
  const name = given === '' && inner !== '' ? `${inner}.eml` : given
  return {name, type: shorten(cleanLine(type), 100), size: sizeOf(body, encoding)}
}

function forwardedHead(fields: readonly Field[]): Stretch {
  const lines = ['From', 'Date', 'Subject', 'To'].map((name) => `${name}: ${shorten(headerOf(fields, name), 300)}`)
  return {text: ['---------- Forwarded message ----------', ...lines, ''].join('\n'), html: null}
}

function headerOf(fields: readonly Field[], name: string): string {
  const found = fields.find((field) => field.name.toLowerCase() === name.toLowerCase())
  return cleanLine(decodeWords(found?.value ?? ''))
}
