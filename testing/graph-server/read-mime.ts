import type {Address} from '../../src/mail/mail.js'
import {parseMime} from '../../src/mail/parse/parse-mime.js'
import type {GraphAttachment, Header, Properties, Recipient} from './message.js'
import {leavesOf} from './mime-leaves.js'

/** What a server makes of a mail that comes in. */
export interface ReadMime {
  readonly properties: Omit<Properties, 'conversationId' | 'createdDateTime' | 'lastModifiedDateTime'>
  readonly attachments: readonly GraphAttachment[]
  /** Ids of the mails that it belongs to, the oldest first. */
  readonly references: readonly string[]
}

/** Takes a mail apart: who and when by mcos's own parser, which other tests try; headers and bodies by themselves. */
export async function readMime(raw: Buffer, receivedDateTime: string): Promise<ReadMime> {
  const headers = readHeaders(raw)
  const value = (name: string): string | undefined => headers.find((one) => one.name.toLowerCase() === name)?.value
  const {head} = await parseMime(raw, {isCut: false})
  const [from] = recipients([head.from])
  const [sender] = head.sender ? recipients([head.sender]) : []
  const leaves = leavesOf(raw)
  const shown = (type: string) => leaves.find((one) => one.type === type && one.name === '')
  const [text, html] = [shown('text/plain'), shown('text/html')]
  const content = (html ?? text)?.text ?? ''
  const attachments = leaves
    .filter(({type, name}) => name !== '' || !/^text\/(plain|html)$/.test(type))
    .map(({type, name, isInline, bytes}, index) => ({
      id: `ATT-${index}`,
      name,
      contentType: type,
      size: bytes.length,
      isInline,
      content: bytes,
    }))
  return {
    properties: {
      subject: head.subject,
      bodyPreview: (text?.text ?? content.replace(/<[^>]*>/g, '')).slice(0, 255),
      body: {contentType: html ? 'html' : 'text', content},
      from: from ?? null,
      sender: sender ?? from ?? null,
      toRecipients: recipients(head.to),
      ccRecipients: recipients(head.cc),
      bccRecipients: [],
      replyTo: recipients(head.replyTo),
      categories: [],
      flag: {flagStatus: 'notFlagged'},
      isRead: false,
      isDraft: false,
      importance: /high|1/i.test(value('importance') ?? '') ? 'high' : 'normal',
      inferenceClassification: 'focused',
      hasAttachments: attachments.some(({isInline}) => !isInline),
      internetMessageId: value('message-id') ?? '',
      receivedDateTime,
      sentDateTime: head.date === null ? receivedDateTime : `${head.date.slice(0, 19)}Z`,
      internetMessageHeaders: headers,
    },
    attachments,
    references: (value('references') ?? value('in-reply-to') ?? '').match(/<[^>]*>/g) ?? [],
  }
}

/** Headers as they stand there: unfolded, not decoded. */
function readHeaders(raw: Buffer): Header[] {
  const head = raw.toString('latin1').split(/\r?\n\r?\n/, 1)[0] ?? ''
  const lines = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)
  return lines.flatMap((line) => {
    const [, name, value] = /^([!-9;-~]+):[ \t]*(.*)$/.exec(line) ?? []
    return name === undefined || value === undefined ? [] : [{name, value}]
  })
}

function recipients(addresses: readonly Address[]): Recipient[] {
  return addresses.flatMap(({name, address}) =>
    address === '' ? [] : [{emailAddress: {name: name || address, address}}],
  )
}
