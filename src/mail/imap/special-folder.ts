import type {ImapFlow, ListResponse} from 'imapflow'
import {MailTrouble} from '../trouble.js'

/** Folders that servers mark by what they are for, or that are known by their names in many languages. */
export type SpecialUse = 'Archive' | 'Drafts' | 'Trash'

/** Gmail's archive is the folder that has everything. */
const ALSO: Readonly<Record<SpecialUse, readonly string[]>> = {Archive: ['\\All'], Drafts: [], Trash: []}

/** The account's own folder of that use; none is a MailTrouble. */
export async function specialFolder(client: ImapFlow, use: SpecialUse): Promise<string> {
  const folders = await client.list()
  for (const mark of [`\\${use}`, ...ALSO[use]]) {
    const found = folders.find((folder) => folder.specialUse === mark && isSelectable(folder))
    if (found) return found.path
  }
  const word = use.toLowerCase()
  throw new MailTrouble('folder', `the account has no folder for ${use === 'Archive' ? 'archived mail' : word}`, {
    fix: `Make a folder ${use} in the mailbox${use === 'Archive' ? ', or name another one in the rule' : ''}`,
  })
}

/** Whether a folder can hold mails. */
export function isSelectable({flags}: ListResponse): boolean {
  return !flags.has('\\Noselect') && !flags.has('\\NonExistent')
}
