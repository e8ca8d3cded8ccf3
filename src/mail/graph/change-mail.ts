import type {MailRef} from '../mail.js'
import type {Changed, MailboxChange} from '../mailbox.js'
import type {Folders} from './folders.js'
import {keyOf} from './key.js'
import {mailPath, unlessGone} from './one-mail.js'
import type {Graph} from './requests.js'
import {type Fields, fieldsOf, textOf, textsOf} from './values.js'

/** Where Graph keeps a mailbox's archive, whatever it is called there. */
const ARCHIVE = 'archive'

/** Makes one change, unless it was made already or the mail is somewhere else by now. */
export async function changeMail(
  graph: Graph,
  folders: Folders,
  {ref, change}: {readonly ref: MailRef; readonly change: MailboxChange},
): Promise<Changed> {
  const {id} = keyOf(ref)
  const mail = await unlessGone(() => graph.get(`${mailPath(id)}?$select=parentFolderId,categories,flag,isRead`))
  if (mail === null) return {state: 'gone', ref}
  const fields = fieldsOf(mail)
  if (change.kind === 'move') return move(graph, folders, {ref, fields, to: change.to ?? ARCHIVE})
  if (fields['parentFolderId'] !== (await folders.find(ref.folder)).id) return {state: 'gone', ref}
  const patch = patchFor(change, fields)
  if (patch === null) return {state: 'already', ref}
  const done = await unlessGone(() => graph.patch(mailPath(id), patch))
  return {state: done === null ? 'gone' : 'done', ref}
}

async function move(
  graph: Graph,
  folders: Folders,
  {ref, fields, to}: {readonly ref: MailRef; readonly fields: Fields; readonly to: string},
): Promise<Changed> {
  const {id} = keyOf(ref)
  const target = await folders.find(to)
  const there = {folder: to, key: id}
  if (fields['parentFolderId'] === target.id) return {state: 'already', ref: there}
  // Somebody has put it where they want it: that is not taken from them.
  if (fields['parentFolderId'] !== (await folders.find(ref.folder)).id) return {state: 'gone', ref}
  const moved = await unlessGone(() => graph.post(`${mailPath(id)}/move`, {destinationId: target.id}))
  if (moved === null) return {state: 'gone', ref}
  return {state: 'done', ref: {...there, key: textOf(fieldsOf(moved)['id']) ?? id}}
}

/** What makes it so; null: it is so. */
function patchFor(change: Exclude<MailboxChange, {kind: 'move'}>, fields: Fields): object | null {
  switch (change.kind) {
    case 'label': {
      const labels = textsOf(fields['categories'])
      const others = labels.filter((one) => one.toLowerCase() !== change.label.toLowerCase())
      const isOn = others.length < labels.length
      if (isOn === change.on) return null
      return {categories: change.on ? [...labels, change.label] : others}
    }
    case 'flag': {
      const isOn = fieldsOf(fields['flag'])['flagStatus'] === 'flagged'
      return isOn === change.on ? null : {flag: {flagStatus: change.on ? 'flagged' : 'notFlagged'}}
    }
    case 'seen':
      return fields['isRead'] === change.on ? null : {isRead: change.on}
  }
}
