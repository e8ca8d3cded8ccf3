import type {Incoming, MailRef} from '../mail.js'
import type {Folders} from './folders.js'
import {keyOf} from './key.js'
import {readMail} from './read-mail.js'
import type {Graph} from './requests.js'
import {fieldsOf, quoted, rowsOf, textOf} from './values.js'

/** A mail by its id, or in its folder by its Message-ID, where a mailbox was brought here from elsewhere. */
export async function fetchMail(
  graph: Graph,
  folders: Folders,
  {ref, messageId}: {readonly ref: MailRef; readonly messageId: string | null},
): Promise<Incoming | null> {
  const {id} = keyOf(ref)
  const known = id === '' ? null : await readMail(graph, id, ref.folder)
  if (known !== null || messageId === null) return known
  const folder = encodeURIComponent((await folders.find(ref.folder)).id)
  const filter = `$filter=internetMessageId%20eq%20${quoted(`<${messageId}>`)}`
  const page = fieldsOf(await graph.get(`/mailFolders/${folder}/messages?${filter}&$select=id&$top=1`))
  const found = textOf(rowsOf(page['value'])[0]?.['id'])
  return found === null ? null : readMail(graph, found, ref.folder)
}
