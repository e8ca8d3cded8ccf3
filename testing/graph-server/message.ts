/** Somebody, as Graph writes them. */
export interface Recipient {
  readonly emailAddress: {readonly name: string; readonly address: string}
}

export interface Header {
  readonly name: string
  readonly value: string
}

export interface GraphAttachment {
  readonly id: string
  readonly name: string
  readonly contentType: string
  readonly size: number
  readonly isInline: boolean
  readonly content: Buffer
}

export interface ExtendedProperty {
  readonly id: string
  readonly value: string
}

/** What a client may see of a mail and, of some of it, change. */
export interface Properties {
  subject: string
  bodyPreview: string
  body: {contentType: 'text' | 'html'; content: string}
  from: Recipient | null
  sender: Recipient | null
  toRecipients: readonly Recipient[]
  ccRecipients: readonly Recipient[]
  bccRecipients: readonly Recipient[]
  replyTo: readonly Recipient[]
  categories: readonly string[]
  flag: {flagStatus: string}
  isRead: boolean
  isDraft: boolean
  importance: string
  inferenceClassification: string
  hasAttachments: boolean
  internetMessageId: string
  conversationId: string
  receivedDateTime: string
  sentDateTime: string
  createdDateTime: string
  lastModifiedDateTime: string
  internetMessageHeaders: readonly Header[]
}

/** A mail in a mailbox of the fake. */
export interface Stored {
  /** The same through every move; clients see it only if they ask for it each time. */
  readonly immutableId: string
  /** Another one after each move. */
  id: string
  folder: string
  changeKey: number
  readonly raw: Buffer
  readonly properties: Properties
  readonly attachments: readonly GraphAttachment[]
  extended: readonly ExtendedProperty[]
}

/** How a client wants to be answered. */
export interface Wanted {
  readonly isImmutable: boolean
  readonly isText: boolean
  /** Absent: all but those that have to be asked for. */
  readonly select?: readonly string[]
  /** Only what has changed, of the properties selected. */
  readonly changed?: ReadonlySet<string>
  readonly expandsExtended?: string
  readonly expandsAttachments?: boolean
}

/** Properties that a mail shows only if they are selected. */
const ONLY_SELECTED: readonly string[] = ['internetMessageHeaders']

/** A mail as JSON. */
export function presentMessage(message: Stored, wanted: Wanted): Record<string, unknown> {
  const {properties} = message
  const body = wanted.isText ? {contentType: 'text', content: asText(properties.body)} : properties.body
  const id = wanted.isImmutable ? message.immutableId : message.id
  const changeKey = `CQAAABYAAA${message.changeKey}`
  const all: Record<string, unknown> = {...properties, body, parentFolderId: message.folder, changeKey}
  const names = wanted.select ?? Object.keys(all).filter((name) => !ONLY_SELECTED.includes(name))
  const shown = names.filter((name) => wanted.changed?.has(name) ?? true)
  return {
    '@odata.etag': `W/"${changeKey}"`,
    id,
    ...Object.fromEntries(shown.filter((name) => name in all).map((name) => [name, all[name]])),
    ...(wanted.expandsExtended === undefined ? {} : extended(message, wanted.expandsExtended)),
    ...(wanted.expandsAttachments ? {attachments: message.attachments.map(presentAttachment)} : {}),
  }
}

/** Every name that may stand in a $select. */
export const SELECTABLE: ReadonlySet<string> = new Set([
  'id',
  'changeKey',
  'parentFolderId',
  'subject',
  'bodyPreview',
  'body',
  'uniqueBody',
  'from',
  'sender',
  'toRecipients',
  'ccRecipients',
  'bccRecipients',
  'replyTo',
  'categories',
  'flag',
  'isRead',
  'isDraft',
  'importance',
  'inferenceClassification',
  'hasAttachments',
  'internetMessageId',
  'conversationId',
  'receivedDateTime',
  'sentDateTime',
  'createdDateTime',
  'lastModifiedDateTime',
  'internetMessageHeaders',
])

export function presentAttachment({content, ...shown}: GraphAttachment): object {
  return {'@odata.type': '#microsoft.graph.fileAttachment', ...shown, contentBytes: content.toString('base64')}
}

function extended({extended: all}: Stored, id: string): object {
  const found = all.filter((one) => one.id === id)
  return found.length === 0 ? {} : {singleValueExtendedProperties: found}
}

function asText({contentType, content}: Properties['body']): string {
  return contentType === 'text' ? content : content.replace(/<[^>]*>/g, '')
}
