import type {Clock} from '../kit/clock.js'
import type {Folder} from '../kit/folder.js'
import type {MailAccount} from '../workspace/config.js'
import type {SecretRef} from '../workspace/secret-ref.js'
import type {Mailbox} from './mailbox.js'

/** What an account is opened with. */
export interface OpenDeps {
  /** Its name in mcos.yaml. */
  readonly name: string
  readonly home: Folder
  readonly mcos: Folder
  readonly clock: Clock
  readonly env: Readonly<Record<string, string | undefined>>
  readonly signal: AbortSignal
  /** The value behind a reference; throws a UserError that names the reference. */
  secret(ref: SecretRef): Promise<string>
}

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
