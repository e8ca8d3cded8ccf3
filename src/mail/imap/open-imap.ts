import type {ImapFlow} from 'imapflow'
import type {ImapAccount} from '../../workspace/config.js'
import type {Mailbox} from '../mailbox.js'
import type {OpenDeps} from '../open-deps.js'
import {changeMail} from './change-mail.js'
import {layDraft, withdrawDraft} from './draft-mail.js'
import {askBox, isRefusal} from './imap-box.js'
import {foldersToRead} from './imap-client.js'
import {openLine} from './imap-line.js'
import {readFolders} from './read-folders.js'
import {isSelectable} from './special-folder.js'
import {openStumbles} from './stumbles.js'

/** Logs in to an IMAP account. */
export async function openImap(account: ImapAccount, deps: OpenDeps): Promise<Mailbox> {
  const line = openLine(account, deps)
  try {
    await line.use(async () => undefined)
  } catch (error) {
    await line.close()
    throw error
  }
  return {
    async *read(options) {
      options.signal.throwIfAborted()
      options.signal.addEventListener('abort', line.drop)
      try {
        yield* readFolders(line, {folders: foldersToRead(account), stumbles: openStumbles(deps)}, options)
      } finally {
        options.signal.removeEventListener('abort', line.drop)
      }
    },
    async fetch(ref, messageId) {
      const {fetchAgain} = await import('./fetch-again.js')
      return line.use((client) => fetchAgain(client, ref, messageId))
    },
    change: (ref, change) => line.use((client) => changeMail(client, ref, change)),
    draft: (reply) => line.use((client) => layDraft(client, {reply, account, now: deps.clock.now()})),
    withdraw: (ref) => line.use((client) => withdrawDraft(client, ref)),
    folders: () =>
      line.use(async (client) => {
        const found: {name: string; mails: number | null}[] = []
        for (const {path} of (await client.list({listOnly: true})).filter(isSelectable)) {
          found.push({name: path, mails: await countMails(client, path)})
        }
        return found
      }),
    close: () => line.close(),
  }
}

/** null where the account may see a folder and not look into it. */
async function countMails(client: ImapFlow, folder: string): Promise<number | null> {
  try {
    return (await askBox(client, folder)).mails
  } catch (error) {
    if (client.usable && isRefusal(error)) return null
    throw error
  }
}
