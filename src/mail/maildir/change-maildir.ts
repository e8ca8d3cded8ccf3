import type {MailRef} from '../mail.js'
import type {Changed, MailboxChange} from '../mailbox.js'
import {MailTrouble} from '../trouble.js'
import {formatMailName, newKey, withFlag} from './mail-name.js'
import {listMails, type MailFile} from './maildir-mails.js'
import {findFolder, type MaildirRoot, specialName} from './maildir-place.js'

/** Flags live in a mail's file name, folders are folders; labels there are none. */
export function changeMaildir(root: MaildirRoot, ref: MailRef, change: MailboxChange): Changed {
  refuseFiles(root)
  if (change.kind === 'label') {
    throw new MailTrouble('folder', `${root.name} is a maildir, and a maildir has no labels`, {
      fix: 'Let the rule flag or move instead of label',
    })
  }
  const folder = findFolder(root, ref.folder)
  const file = listMails(root, folder).get(ref.key)
  if (file === undefined) return {state: 'gone', ref}
  if (change.kind === 'move') return moveTo(root, {ref, file}, change.to ?? specialName(root, 'Archive'))
  const letter = change.kind === 'flag' ? 'F' : 'S'
  if (file.flags.includes(letter) === change.on) return {state: 'already', ref}
  const name = formatMailName({key: file.key, flags: withFlag(file.flags, letter, change.on)})
  root.around.move(file.path, `${folder}/cur/${name}`)
  return {state: 'done', ref}
}

/** Puts a mail into another folder, under a new name. */
export function moveTo(root: MaildirRoot, {ref, file}: {ref: MailRef; file: MailFile}, to: string): Changed {
  const target = findFolder(root, to)
  if (target === findFolder(root, ref.folder)) return {state: 'already', ref}
  const key = newKey(Date.now())
  root.around.move(file.path, `${target}/cur/${formatMailName({key, flags: file.flags})}`)
  return {state: 'done', ref: {folder: to, key}}
}

/** A folder of files is somebody's collection, not a mailbox: it is only read. */
export function refuseFiles({kind, name, around, inbox}: MaildirRoot): void {
  if (kind === 'maildir') return
  throw new MailTrouble('storage', `${around.dir}/${inbox} is a folder of .eml files, which are only read`, {
    fix: `Point path: of mail account ${name} at a maildir, or leave its mail as it is`,
  })
}
