import type {ImapFlow} from 'imapflow'
import type {ImapPlace} from '../cursor.js'
import {MailTrouble} from '../trouble.js'

/** What a server says of a folder as a whole. */
export interface ImapBox extends ImapPlace {
  readonly mails: number
}

/** How a folder stands, without opening it; a question and an answer of a hundred bytes. */
export async function askBox(client: ImapFlow, folder: string): Promise<ImapBox> {
  // A server says of the folder that is open what it knew when it opened it.
  if (client.mailbox && client.mailbox.path === folder) return openBox(client, folder)
  try {
    const query = {messages: true, uidNext: true, uidValidity: true, highestModseq: true}
    const status = await client.status(folder, query)
    if (status && status.uidValidity !== undefined) return boxOf({...status, exists: status.messages})
  } catch (error) {
    if (!isNotFound(error)) throw error
    throw await noFolder(client, folder, error)
  }
  return openBox(client, folder)
}

/** Opens a folder for reading only, or for changes. */
export async function openBox(client: ImapFlow, folder: string, mode: 'read' | 'change' = 'read'): Promise<ImapBox> {
  try {
    return boxOf(await client.mailboxOpen(folder, {readOnly: mode === 'read'}))
  } catch (error) {
    if (!isRefusal(error) || (await isThere(client, folder))) throw error
    throw await noFolder(client, folder, error)
  }
}

/** A folder that isn't there, with the names of those that are. */
export async function noFolder(client: ImapFlow, folder: string, cause?: unknown): Promise<MailTrouble> {
  const names = (await client.list({listOnly: true})).map(({path}) => path)
  const shown = names.slice(0, 12).join(', ')
  return new MailTrouble('folder', `there is no folder ${folder}`, {
    fix: `Name one of these in mcos.yaml or in the rule: ${shown}${names.length > 12 ? ', …' : ''}`,
    cause,
  })
}

interface Said {
  readonly uidValidity?: bigint | undefined
  readonly uidNext?: number | undefined
  readonly highestModseq?: bigint | undefined
  readonly exists?: number | undefined
}

function boxOf({uidValidity, uidNext, highestModseq, exists}: Said): ImapBox {
  return {
    uidValidity: String(uidValidity ?? 0),
    // Servers that don't say what comes next are asked for all that is there.
    uidNext: uidNext ?? 0,
    modSeq: highestModseq === undefined ? null : String(highestModseq),
    mails: exists ?? 0,
  }
}

async function isThere(client: ImapFlow, folder: string): Promise<boolean> {
  return (await client.list({listOnly: true})).some(({path}) => path === folder)
}

function isNotFound(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'NotFound'
}

/** Whether the server answered with a no, and stays to answer more. */
export function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'responseStatus' in error
}
