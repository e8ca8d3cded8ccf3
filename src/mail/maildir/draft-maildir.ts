import {composeDraft, draftId, idsIn, isUntouchedDraft} from '../compose.js'
import type {MailRef} from '../mail.js'
import type {Drafted, ReplyDraft} from '../mailbox.js'
import {moveTo, refuseFiles} from './change-maildir.js'
import {formatMailName, newKey} from './mail-name.js'
import {listMails, readStart} from './maildir-mails.js'
import {findFolder, type MaildirRoot, specialName} from './maildir-place.js'

/** Headers of a draft are never longer. */
const MOST_HEADERS = 64 * 1024
/** A draft of mcos is never longer, so that one that is was changed. */
const MOST_DRAFT = 512 * 1024

/** Lays a reply into the drafts, unless it is there already or a person has begun one to the same mail. */
export function layDraft(root: MaildirRoot, reply: ReplyDraft, writer: {from: string; now: number}): Drafted {
  refuseFiles(root)
  const name = specialName(root, 'Drafts')
  const folder = findFolder(root, name)
  const id = draftId(reply.mark, writer.from)
  const parent = reply.to.head.messageId
  for (const [key, file] of listMails(root, folder)) {
    const raw = file.flags.includes('T') ? undefined : readStart(root, file, MOST_HEADERS)?.raw
    if (raw === undefined) continue
    const isInThread = parent !== null && idsIn(raw, 'in-reply-to').includes(parent)
    if (isInThread || idsIn(raw, 'message-id').includes(id)) return {state: 'there', ref: {folder: name, key}}
  }
  const key = newKey(Date.now())
  root.around.write(`${folder}/tmp/${key}`, composeDraft(reply, writer))
  root.around.move(`${folder}/tmp/${key}`, `${folder}/cur/${formatMailName({key, flags: 'DS'})}`)
  return {state: 'done', ref: {folder: name, key}}
}

/** To the trash with a draft that still is as it was made. */
export function withdrawDraft(root: MaildirRoot, ref: MailRef): 'done' | 'changed' | 'gone' {
  refuseFiles(root)
  const file = listMails(root, findFolder(root, ref.folder)).get(ref.key)
  const start = file === undefined ? null : readStart(root, file, MOST_DRAFT)
  if (file === undefined || start === null) return 'gone'
  if (start.size > start.raw.length || !isUntouchedDraft(start.raw)) return 'changed'
  moveTo(root, {ref, file}, specialName(root, 'Trash'))
  return 'done'
}
