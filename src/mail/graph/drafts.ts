import {clean} from '../../kit/text.js'
import type {MailRef} from '../mail.js'
import type {Drafted, ReplyDraft} from '../mailbox.js'
import type {Folders} from './folders.js'
import {draftKey, keyOf} from './key.js'
import {mailPath, unlessGone} from './one-mail.js'
import type {Graph} from './requests.js'
import {type Fields, fieldsOf, quoted, rowsOf, textOf} from './values.js'

/** Where drafts are, in any mailbox; also the folder of a draft's ref. */
const DRAFTS = 'drafts'
const TRASH = 'deleteditems'
const SHOWN = '$select=id,changeKey,conversationId,isDraft,parentFolderId'

/**
 * Lays a reply ready, unless one lies there in the same conversation, whoever wrote it. The server itself takes the
 * recipients, the subject and the quote from the mail that is answered.
 */
export async function draftReply(graph: Graph, {to, text}: ReplyDraft): Promise<Drafted> {
  const path = mailPath(keyOf(to.ref).id)
  const conversation = textOf(fieldsOf(await graph.get(`${path}?${SHOWN}`))['conversationId'])
  const there = conversation === null ? null : await draftIn(graph, conversation)
  if (there !== null) return {state: 'there', ref: refOf(there)}
  const comment = asHtml(text)
  const made = fieldsOf(await graph.post(`${path}/createReply`, {comment}))
  if (textOf(made['id']) === null || made['isDraft'] !== true) throw graph.strange('a reply that is no draft')
  return {state: 'done', ref: refOf(await readable(graph, made, {comment, text}))}
}

/** To the trash, not away for good: also what was made here is only put out of sight. */
export async function withdrawDraft(
  graph: Graph,
  folders: Folders,
  ref: MailRef,
): Promise<'done' | 'changed' | 'gone'> {
  const {id, version} = keyOf(ref)
  const found = await unlessGone(() => graph.get(`${mailPath(id)}?${SHOWN}`))
  if (found === null) return 'gone'
  const {isDraft, changeKey, parentFolderId} = fieldsOf(found)
  if (isDraft !== true || parentFolderId !== (await folders.find(DRAFTS)).id) return 'gone'
  if (version === null || changeKey !== version) return 'changed'
  const moved = await unlessGone(() => graph.post(`${mailPath(id)}/move`, {destinationId: TRASH}))
  return moved === null ? 'gone' : 'done'
}

async function draftIn(graph: Graph, conversation: string): Promise<Fields | null> {
  const filter = `$filter=conversationId%20eq%20${quoted(conversation)}`
  const page = fieldsOf(await graph.get(`/mailFolders/${DRAFTS}/messages?${filter}&${SHOWN}`))
  return rowsOf(page['value']).find((row) => row['conversationId'] === conversation) ?? null
}

function refOf(row: Fields): MailRef {
  return {folder: DRAFTS, key: draftKey(textOf(row['id']) ?? '', textOf(row['changeKey']))}
}

/** A comment is taken for HTML, where a line's end is nothing and a `<` begins a tag. */
function asHtml(text: string): string {
  return clean(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/\r?\n/g, '<br>\n')
}

/** The draft as a person should find it. */
async function readable(
  graph: Graph,
  made: Fields,
  written: {readonly comment: string; readonly text: string},
): Promise<Fields> {
  const content = asPlain(fieldsOf(made['body']), written)
  if (content === null) return made
  return fieldsOf(await graph.patch(mailPath(textOf(made['id']) ?? ''), {body: {contentType: 'text', content}}))
}

/** Where the reply is plain text all the same, a comment's tags would stand in it for all to see; null: they don't. */
export function asPlain(
  {contentType, content}: Fields,
  {comment, text}: {readonly comment: string; readonly text: string},
): string | null {
  const body = textOf(content) ?? ''
  const isPlain = contentType === 'text' && comment !== text && body.includes(comment)
  return isPlain ? body.replace(comment, () => clean(text)) : null
}
