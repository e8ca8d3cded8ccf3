import type {ImapFlow} from 'imapflow'

/** Only what can be asked for safely: an id comes out of a mail and may be anything. */
const ID = /^<?[!#-;=?-[\]-~]{1,400}>?$/

/** The newest mail of the open folder that isn't marked as removed and names this id in a header; null: none. */
export async function searchId(
  client: ImapFlow,
  header: 'message-id' | 'in-reply-to',
  id: string,
): Promise<number | null> {
  if (!ID.test(id)) return null
  const found = await client.search({header: {[header]: id}, deleted: false}, {uid: true})
  return Array.isArray(found) && found.length > 0 ? Math.max(...found) : null
}
