import {cleanLine} from '../../kit/text.js'
import type {Attachment, Incoming, MailParts} from '../mail.js'
import {TooLong} from '../oauth/exchange.js'
import {attachmentName} from '../parse/attachment-name.js'
import type {Field} from '../parse/fields.js'
import {headOf} from '../parse/head-of.js'
import {parseMime} from '../parse/parse-mime.js'
import {mailPath, unlessGone} from './one-mail.js'
import type {Graph} from './requests.js'
import {countOf, type Fields, fieldsOf, rowsOf, textOf} from './values.js'

/** As much of a mail as any adapter reads. */
const MOST_BYTES = 64 * 1024
const MOST_ATTACHMENTS = 100

const HEAD =
  'id,receivedDateTime,sentDateTime,subject,from,sender,replyTo,toRecipients,ccRecipients,internetMessageId,internetMessageHeaders,hasAttachments'

/** One mail as it is on the server; null: it isn't there. */
export async function readMail(graph: Graph, id: string, folder: string): Promise<Incoming | null> {
  const fields = await unlessGone(() => fieldsWithBody(graph, id))
  if (fields === null) return null
  const headers = headersOf(fields)
  const attachments = fields['hasAttachments'] === true ? await unlessGone(() => readAttachments(graph, id)) : []
  return {
    // A mail that was asked for by an id of another form keeps the one that stays.
    ref: {folder, key: textOf(fields['id']) ?? id},
    received: isoOf(fields['receivedDateTime']) ?? new Date(0).toISOString(),
    head: headOf(headers),
    parts: (await machineParts(graph, id, {fields, headers, attachments: attachments ?? []})) ?? {
      ...bodyOf(fields),
      attachments: attachments ?? [],
      calendar: null,
      deliveryStatus: null,
      trouble: null,
    },
  }
}

/** A body that is longer than anything read whole: its beginning, as the server shows it in lists. */
async function fieldsWithBody(graph: Graph, id: string): Promise<Fields> {
  try {
    return fieldsOf(await graph.get(`${mailPath(id)}?$select=${HEAD},body`))
  } catch (error) {
    if (!(error instanceof TooLong)) throw error
    return fieldsOf(await graph.get(`${mailPath(id)}?$select=${HEAD},bodyPreview`))
  }
}

function bodyOf(fields: Fields): Pick<MailParts, 'text' | 'html' | 'isCut'> {
  const preview = textOf(fields['bodyPreview'])
  if (preview !== null) return {text: preview, html: null, isCut: true}
  const {contentType, content} = fieldsOf(fields['body'])
  const whole = textOf(content) ?? ''
  const isCut = whole.length > MOST_BYTES
  const shown = isCut ? whole.slice(0, MOST_BYTES) : whole
  return contentType === 'html' ? {text: null, html: shown, isCut} : {text: shown, html: null, isCut}
}

/** Invitations and reports of a delivery say what they are only in the mail's own parts. */
async function machineParts(
  graph: Graph,
  id: string,
  {fields, headers, attachments}: {fields: Fields; headers: readonly Field[]; attachments: readonly Attachment[]},
): Promise<MailParts | null> {
  const type = headers.find(({name}) => name.toLowerCase() === 'content-type')?.value ?? ''
  const isEvent = /eventMessage/i.test(textOf(fields['@odata.type']) ?? '')
  const isMachines = /^\s*(?:multipart\/report|text\/calendar)/i.test(type)
  if (!isEvent && !isMachines && !attachments.some((one) => /^text\/calendar/i.test(one.type))) return null
  const raw = await unlessGone(() => graph.bytes(`${mailPath(id)}/$value`, MOST_BYTES))
  if (raw === null) return null
  return (await parseMime(raw, {isCut: raw.length >= MOST_BYTES})).parts
}

async function readAttachments(graph: Graph, id: string): Promise<Attachment[]> {
  const page = fieldsOf(await graph.get(`${mailPath(id)}/attachments?$select=id,name,contentType,size`))
  return rowsOf(page['value'])
    .slice(0, MOST_ATTACHMENTS)
    .map(({name, contentType, size}) => ({
      name: attachmentName(textOf(name) ?? ''),
      type: cleanLine(textOf(contentType) ?? 'application/octet-stream').toLowerCase(),
      size: countOf(size),
    }))
}

/** Headers as the mail has them; what Exchange keeps none of (mail within a company, drafts), as it tells itself. */
function headersOf(fields: Fields): Field[] {
  const own = rowsOf(fields['internetMessageHeaders']).flatMap(({name, value}) => {
    const [header, text] = [textOf(name), textOf(value)]
    return header === null || text === null ? [] : [{name: header, value: text}]
  })
  const known = new Set(own.map(({name}) => name.toLowerCase()))
  return [...own, ...toldHeaders(fields).filter(({name, value}) => value !== '' && !known.has(name))]
}

function toldHeaders(fields: Fields): Field[] {
  const sent = isoOf(fields['sentDateTime'])
  return [
    {name: 'from', value: addressesOf([fields['from']])},
    {name: 'sender', value: addressesOf([fields['sender']])},
    {name: 'reply-to', value: addressesOf(rowsOf(fields['replyTo']))},
    {name: 'to', value: addressesOf(rowsOf(fields['toRecipients']))},
    {name: 'cc', value: addressesOf(rowsOf(fields['ccRecipients']))},
    {name: 'subject', value: textOf(fields['subject']) ?? ''},
    {name: 'message-id', value: textOf(fields['internetMessageId']) ?? ''},
    {name: 'date', value: sent === null ? '' : new Date(sent).toUTCString()},
  ]
}

function addressesOf(people: readonly unknown[]): string {
  return people
    .map((one) => fieldsOf(fieldsOf(one)['emailAddress']))
    .filter(({address}) => textOf(address) !== null)
    .map(({name, address}) => `"${(textOf(name) ?? '').replace(/["\\\r\n]/g, ' ')}" <${textOf(address)}>`)
    .join(', ')
}

function isoOf(value: unknown): string | null {
  const ms = Date.parse(textOf(value) ?? '')
  return Number.isNaN(ms) ? null : new Date(ms).toISOString()
}
