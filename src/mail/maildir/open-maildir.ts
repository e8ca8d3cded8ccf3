import {isUserError} from '../../kit/errors.js'
import type {MaildirAccount} from '../../workspace/config.js'
import {idsIn} from '../compose.js'
import type {Incoming, MailRef} from '../mail.js'
import type {Mailbox} from '../mailbox.js'
import type {OpenDeps} from '../open-deps.js'
import {MailTrouble} from '../trouble.js'
import {changeMaildir} from './change-maildir.js'
import {layDraft, withdrawDraft} from './draft-maildir.js'
import {listMails, readStart} from './maildir-mails.js'
import {findFolder, foldersOf, type MaildirRoot, openRoot} from './maildir-place.js'
import {readMail, readMaildir} from './read-maildir.js'

/** Headers reach no further. */
const MOST_HEADERS = 32 * 1024

/** Opens mail that lies on this machine: a maildir, or a folder of .eml files. */
export async function openMaildir(account: MaildirAccount, deps: OpenDeps): Promise<Mailbox> {
  const root = await ofDisk(deps.name, () => openRoot(account, deps))
  const names = account.folders.length === 0 ? ['INBOX'] : account.folders
  const on = <T>(work: () => T | Promise<T>): Promise<T> => ofDisk(deps.name, work)
  return {
    async *read(options) {
      try {
        yield* readMaildir(root, names, options)
      } catch (error) {
        throw troubleOf(deps.name, error)
      }
    },
    fetch: (ref, messageId) => on(() => fetchAgain(root, ref, messageId)),
    change: (ref, change) => on(() => changeMaildir(root, ref, change)),
    draft: (reply) => on(() => layDraft(root, reply, {from: account.addresses[0] ?? '', now: deps.clock.now()})),
    withdraw: (ref) => on(() => withdrawDraft(root, ref)),
    folders: () =>
      on(() => foldersOf(root).map((name) => ({name, mails: listMails(root, findFolder(root, name)).size}))),
    close: async () => undefined,
  }
}

/** By its name, or by its Message-ID where another program has named it anew. */
async function fetchAgain(root: MaildirRoot, ref: MailRef, messageId: string | null): Promise<Incoming | null> {
  const mails = listMails(root, findFolder(root, ref.folder))
  const known = mails.get(ref.key)
  if (known) return readMail(root, ref.folder, known)
  if (messageId === null) return null
  for (const file of mails.values()) {
    const raw = readStart(root, file, MOST_HEADERS)?.raw
    if (raw && idsIn(raw, 'message-id').includes(messageId)) return readMail(root, ref.folder, file)
  }
  return null
}

async function ofDisk<T>(name: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw troubleOf(name, error)
  }
}

function troubleOf(name: string, error: unknown): unknown {
  if (!isUserError(error)) return error
  const fix = error.suggestions[0] ?? `mcos email check ${name}`
  return new MailTrouble('storage', error.message.replace(/\.$/, ''), {fix, cause: error})
}
