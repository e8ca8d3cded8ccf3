import type {GraphAccount} from '../../workspace/config.js'
import type {Mailbox} from '../mailbox.js'
import type {OpenDeps} from '../open-deps.js'
import {changeMail} from './change-mail.js'
import {draftReply, withdrawDraft} from './drafts.js'
import {openFolders} from './folders.js'
import {readFolders} from './read-folders.js'
import {openRequests} from './requests.js'

/** Opens a mailbox at Microsoft 365: a person's own, or any of a tenant that has agreed to it. Throws `MailTrouble`. */
export async function openGraph(account: GraphAccount, deps: OpenDeps): Promise<Mailbox> {
  const graph = await openRequests(account, deps)
  const folders = openFolders(graph)
  const names = account.folders.length > 0 ? account.folders : ['inbox']
  return {
    async *read(options) {
      options.signal.addEventListener('abort', graph.close)
      try {
        yield* readFolders(graph, folders, {...options, names})
      } finally {
        options.signal.removeEventListener('abort', graph.close)
      }
    },
    async fetch(ref, messageId) {
      const {fetchMail} = await import('./fetch-mail.js')
      return fetchMail(graph, folders, {ref, messageId})
    },
    change: (ref, change) => changeMail(graph, folders, {ref, change}),
    draft: (reply) => draftReply(graph, reply),
    withdraw: (ref) => withdrawDraft(graph, folders, ref),
    folders: () => folders.list(),
    close: async () => graph.close(),
  }
}
