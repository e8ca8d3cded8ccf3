import type {GraphMailbox} from './mailbox.js'
import type {ExtendedProperty, Header, Properties, Recipient, Stored} from './message.js'
import {badRequest, GraphRefusal} from './refusal.js'

/** A body of a request. */
export type Fields = Readonly<Record<string, unknown>>

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const ALWAYS: readonly string[] = ['categories', 'flag', 'isRead', 'importance', 'inferenceClassification']
const OF_DRAFTS: readonly string[] = [
  'subject',
  'body',
  'toRecipients',
  'ccRecipients',
  'bccRecipients',
  'replyTo',
  'from',
  'sender',
]
const EXTENDED = 'singleValueExtendedProperties'

/** Changes a mail as PATCH does: only what may be changed of such a mail, and only if it is still as the client knows it. */
export function patch(box: GraphMailbox, message: Stored, {fields, ifMatch}: {fields: Fields; ifMatch?: string}): void {
  if (ifMatch !== undefined && ifMatch !== '*' && ifMatch !== `W/"CQAAABYAAA${message.changeKey}"`)
    throw new GraphRefusal(412, 'ErrorIrresolvableConflict', 'The send or update operation could not be performed.')
  const known = message.properties.isDraft ? [...ALWAYS, ...OF_DRAFTS] : ALWAYS
  const {[EXTENDED]: extended, ...values} = fields
  const strange = Object.keys(values).find((name) => !known.includes(name))
  if (strange !== undefined)
    throw new GraphRefusal(400, 'ErrorInvalidPropertySet', `The property '${strange}' can't be set here.`)
  box.change(message, checked(values), readExtended(extended))
}

/** Lays a reply ready in Drafts, as createReply does. Never sends. */
export function createReply(box: GraphMailbox, to: Stored, fields: Fields, isToAll: boolean): Stored {
  const {comment, message = {}, ...rest} = fields
  if (!isFields(message) || Object.keys(rest).length > 0) throw badRequest('Invalid parameters of createReply.')
  if (comment !== undefined && typeof comment !== 'string') throw badRequest('Invalid comment.')
  if (comment !== undefined && message['body'] !== undefined)
    throw badRequest('A comment and the body of the message can not both be specified.')
  const {properties: original} = to
  const others = isToAll ? [...original.toRecipients, ...original.ccRecipients].filter(isNot(box.user)) : []
  const quote = `<hr><div>${original.body.content}</div>`
  return addDraft(box, message, {
    subject: /^re:/i.test(original.subject) ? original.subject : `RE: ${original.subject}`,
    toRecipients: original.replyTo.length > 0 ? original.replyTo : original.from ? [original.from] : [],
    ccRecipients: others,
    body: {contentType: 'html', content: `<html><body>${comment ?? ''}${quote}</body></html>`},
    conversationId: original.conversationId,
    internetMessageHeaders: [{name: 'In-Reply-To', value: original.internetMessageId}],
  })
}

/** A new draft of these fields, laid over what a draft is anyway. */
export function addDraft(box: GraphMailbox, fields: Fields, beginning: Partial<Properties> = {}): Stored {
  const {[EXTENDED]: extended, internetMessageHeaders, ...values} = fields
  const strange = Object.keys(values).find((name) => ![...ALWAYS, ...OF_DRAFTS].includes(name))
  if (strange !== undefined) throw badRequest(`The property '${strange}' can't be set on a draft.`)
  const now = `${new Date().toISOString().slice(0, 19)}Z`
  const own: Recipient = {emailAddress: {name: box.user, address: box.user}}
  const {conversationId, ...more} = beginning
  const message = box.add(
    {
      properties: {
        subject: '',
        bodyPreview: '',
        body: {contentType: 'text', content: ''},
        from: own,
        sender: own,
        toRecipients: [],
        ccRecipients: [],
        bccRecipients: [],
        replyTo: [],
        categories: [],
        flag: {flagStatus: 'notFlagged'},
        isRead: true,
        isDraft: true,
        importance: 'normal',
        inferenceClassification: 'focused',
        hasAttachments: false,
        internetMessageId: `<draft-${box.seq}@${box.user.split('@')[1]}>`,
        receivedDateTime: now,
        sentDateTime: now,
        ...more,
        internetMessageHeaders: [...(beginning.internetMessageHeaders ?? []), ...readHeaders(internetMessageHeaders)],
        ...checked(values),
      },
      attachments: [],
      references: [],
    },
    {raw: Buffer.alloc(0), folder: box.folder('drafts').id},
  )
  if (conversationId !== undefined) message.properties.conversationId = conversationId
  message.extended = readExtended(extended)
  return message
}

/** What is sent along has the form that the real server insists on. */
function checked(values: Fields): Partial<Properties> {
  const {categories, flag, isRead} = values
  const areTexts = Array.isArray(categories) && categories.every((one) => typeof one === 'string')
  if (categories !== undefined && !areTexts) throw badRequest('categories is a collection of Edm.String.')
  if (isRead !== undefined && typeof isRead !== 'boolean') throw badRequest('isRead is an Edm.Boolean.')
  const status = isFields(flag) ? flag['flagStatus'] : undefined
  if (flag !== undefined && !['notFlagged', 'flagged', 'complete'].includes(String(status)))
    throw badRequest('flagStatus is notFlagged, complete or flagged.')
  return values as Partial<Properties>
}

function readExtended(value: unknown): ExtendedProperty[] {
  if (value === undefined) return []
  if (!Array.isArray(value)) throw badRequest(`${EXTENDED} is a collection.`)
  return value.map((one: unknown) => {
    const {id, value: text} = isFields(one) ? one : {}
    if (typeof id !== 'string' || typeof text !== 'string' || !/^String \{[0-9a-f-]{36}\} Name \S+$/i.test(id))
      throw badRequest('An extended property has an id such as "String {guid} Name word" and a value.')
    return {id, value: text}
  })
}

function readHeaders(value: unknown): Header[] {
  if (value === undefined) return []
  if (!Array.isArray(value)) throw badRequest('internetMessageHeaders is a collection.')
  return value.map((one: unknown) => {
    const {name, value: text} = isFields(one) ? one : {}
    if (typeof name !== 'string' || typeof text !== 'string' || !/^x-/i.test(name))
      throw new GraphRefusal(
        400,
        'InvalidInternetMessageHeader',
        "The internet message header's name has to start with 'x-'.",
      )
    return {name, value: text}
  })
}

function isNot(user: string): (recipient: Recipient) => boolean {
  return ({emailAddress}) => emailAddress.address.toLowerCase() !== user
}
