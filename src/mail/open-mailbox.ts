import type {MailAccount} from '../workspace/config.js'
import type {Mailbox} from './mailbox.js'
import type {OpenDeps} from './open-deps.js'

/** Opens one account; the code of its kind is loaded only now. Throws `MailTrouble`. */
export async function openMailbox(account: MailAccount, deps: OpenDeps): Promise<Mailbox> {
  switch (account.kind) {
    case 'imap':
      return (await import('./imap/open-imap.js')).openImap(account, deps)
    case 'graph':
      return (await import('./graph/open-graph.js')).openGraph(account, deps)
    case 'maildir':
      return (await import('./maildir/open-maildir.js')).openMaildir(account, deps)
  }
}
