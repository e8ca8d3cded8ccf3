import PostalMime, {type Address} from 'postal-mime'
import type {GraphAttachment, Header, Properties, Recipient} from './message.js'

/** What a server makes of a mail that comes in. */
export interface ReadMime {
  readonly properties: Omit<Properties, 'conversationId' | 'createdDateTime' | 'lastModifiedDateTime'>
  readonly attachments: readonly GraphAttachment[]
  /** Ids of the mails that it belongs to, the oldest first. */
  readonly references: readonly string[]
}

/** Takes a mail apart; one that no parser understands is still a mail, of its headers alone. */
export async function readMime(raw: Buffer, receivedDateTime: string): Promise<ReadMime> {
  const headers = readHeaders(raw)
  const value = (name: string): string | undefined => headers.find((one) => one.name.toLowerCase() === name)?.value
  const mail = await PostalMime.parse(raw).catch(() => null)
  const content = mail?.html ?? mail?.text ?? ''
  const from = mail?.from ? recipients([mail.from])[0] : undefined
  const sender = mail?.sender ? recipients([mail.sender])[0] : undefined
  const attachments = (mail?.attachments ?? []).map((one, index) => {
    const bytes = Buffer.from(one.content as ArrayBuffer)
    return {
      id: `ATT-${index}`,
      name: one.filename ?? '',
      contentType: one.mimeType,
      size: bytes.length,
      isInline: one.disposition === 'inline',
      content: bytes,
    }
  })
  return {
    properties: {
      subject: mail?.subject ?? value('subject') ?? '',
      bodyPreview: (mail?.text ?? content.replace(/<[^>]*>/g, '')).slice(0, 255),
      body: {contentType: mail?.html ? 'html' : 'text', content},
      from: from ?? null,
      sender: sender ?? from ?? null,
      toRecipients: recipients(mail?.to),
      ccRecipients: recipients(mail?.cc),
      bccRecipients: [],
      replyTo: recipients(mail?.replyTo),
      categories: [],
      flag: {flagStatus: 'notFlagged'},
      isRead: false,
      isDraft: false,
      importance: /high|1/i.test(value('importance') ?? '') ? 'high' : 'normal',
      inferenceClassification: 'focused',
      hasAttachments: attachments.some(({isInline}) => !isInline),
      internetMessageId: mail?.messageId ?? value('message-id') ?? '',
      receivedDateTime,
      sentDateTime: toIso(mail?.date) ?? receivedDateTime,
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

function recipients(addresses: readonly Address[] = []): Recipient[] {
  return addresses.flatMap((one) => {
    if (one.address === undefined) return recipients(one.group ?? [])
    return [{emailAddress: {name: one.name || one.address, address: one.address}}]
  })
}

function toIso(date: string | undefined): string | null {
  const ms = Date.parse(date ?? '')
  return Number.isNaN(ms) ? null : `${new Date(ms).toISOString().slice(0, 19)}Z`
}
