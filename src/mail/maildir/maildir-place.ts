import {lstatSync, readdirSync} from 'node:fs'
import {basename, dirname} from 'node:path'
import {type Folder, openFolder} from '../../kit/folder.js'
import {errnoOf, storageError} from '../../kit/storage-error.js'
import type {MaildirAccount} from '../../workspace/config.js'
import type {OpenDeps} from '../open-deps.js'
import {MailTrouble} from '../trouble.js'
import {decodeUtf7, encodeUtf7} from './utf7-name.js'

/** Where the mail of an account lies on this machine. */
export interface MaildirRoot {
  /** The account's name. */
  readonly name: string
  /** `files`: mails as .eml files in one folder, which are only read. */
  readonly kind: 'maildir' | 'files'
  /** What its folders are named from: the folder around it, so that mail can move to one beside it. */
  readonly around: Folder
  /** Of the inbox, below `around`. */
  readonly inbox: string
}

/** Names that mail programs give to folders of a special use, in the order in which they are looked for. */
const SPECIAL = {
  Archive: ['Archive', 'Archives', '[Gmail]/All Mail', 'All Mail'],
  Drafts: ['Drafts', 'Draft', '[Gmail]/Drafts'],
  Trash: ['Trash', '[Gmail]/Trash', 'Deleted Messages', 'Deleted Items', 'Bin'],
} as const

/** Finds an account's mail: a maildir, a folder of maildirs with an INBOX among them, or a folder of .eml files. */
export function openRoot({path}: MaildirAccount, deps: OpenDeps): MaildirRoot {
  const dir = wholePath(path, deps)
  const base = isFolder(dir) ? openFolder(dir).dir : null
  if (base === null) {
    const fix = `Check path: of mail account ${deps.name} in mcos.yaml`
    throw new MailTrouble('folder', `${dir} is not a folder`, {fix})
  }
  const root = {name: deps.name, around: openFolder(dirname(base)), inbox: basename(base)}
  if (isMaildir(base)) return {...root, kind: 'maildir'}
  if (isMaildir(`${base}/INBOX`)) return {...root, kind: 'maildir', inbox: `${root.inbox}/INBOX`}
  const entries = entriesOf(base)
  if (!entries.some(({isFile, name}) => isFile && isMailFile(name)) && entries.some(({isFile}) => !isFile)) {
    const maildirs = entries.filter(({isFile, name}) => !isFile && isMaildir(`${base}/${name}`)).map(({name}) => name)
    const which = maildirs.length === 0 ? 'the folder that has cur and new in it' : `${path}/${maildirs[0]}`
    throw new MailTrouble('folder', `${dir} is neither a maildir nor a folder of .eml files`, {
      fix: `Point path: of mail account ${deps.name} at ${which}`,
    })
  }
  return {...root, kind: 'files'}
}

/** Where a folder lies below `around`: inside the inbox (Maildir++ or plain), or beside it; none is a MailTrouble. */
export function findFolder(root: MaildirRoot, name: string): string {
  const found = lookForFolder(root, name)
  if (found !== null) return found
  throw new MailTrouble('folder', `there is no maildir ${name}`, {
    fix: `Name one of these in mcos.yaml or in the rule: ${foldersOf(root).join(', ')}`,
  })
}

/** The name of the account's own folder of that use; none is a MailTrouble. */
export function specialName(root: MaildirRoot, use: keyof typeof SPECIAL): string {
  const found = SPECIAL[use].find((name) => lookForFolder(root, name) !== null)
  if (found !== undefined) return found
  throw new MailTrouble(
    'folder',
    `${root.name} has no maildir for ${use === 'Archive' ? 'archived mail' : use.toLowerCase()}`,
    {
      fix: `Make one named ${use} beside ${root.around.dir}/${root.inbox}`,
    },
  )
}

/** Every folder of the account by the name that a rule may use. */
export function foldersOf(root: MaildirRoot): string[] {
  if (root.kind === 'files') return ['INBOX']
  const {around, inbox} = root
  const maildirsIn = (dir: string): string[] =>
    entriesOf(dir).flatMap(({isFile, name}) => (!isFile && isMaildir(`${dir}/${name}`) ? [name] : []))
  const inside = maildirsIn(`${around.dir}/${inbox}`).map((name) =>
    name.startsWith('.') ? decodeUtf7(name.slice(1).replaceAll('.', '/')) : name,
  )
  const beside = maildirsIn(dirname(`${around.dir}/${inbox}`)).filter((name) => name !== basename(inbox))
  return [...new Set(['INBOX', ...inside, ...beside])]
}

/** What lies in a folder of this machine. */
export function entriesOf(dir: string): {readonly name: string; readonly isFile: boolean}[] {
  try {
    const entries = readdirSync(dir, {withFileTypes: true})
    return entries.map((entry) => ({name: entry.name, isFile: !entry.isDirectory()}))
  } catch (error) {
    throw storageError(error, {path: dir, work: 'read'})
  }
}

/** Whether a file is a mail by its name. */
export function isMailFile(name: string): boolean {
  return /^[^.].*\.eml$/i.test(name)
}

function lookForFolder({around, inbox}: MaildirRoot, name: string): string | null {
  if (/^inbox$/i.test(name)) return inbox
  if (name === '' || name.split('/').some((part) => part === '' || part === '.' || part === '..')) return null
  const parent = dirname(inbox)
  const encoded = encodeUtf7(name)
  const candidates = [
    `${inbox}/.${encoded.replaceAll('/', '.')}`,
    `${inbox}/${name}`,
    parent === '.' ? name : `${parent}/${name}`,
  ]
  return candidates.find((rel) => isMaildir(`${around.dir}/${rel}`)) ?? null
}

function wholePath(path: string, {env, home}: OpenDeps): string {
  const own = env['HOME']
  const expanded = own !== undefined && (path === '~' || path.startsWith('~/')) ? `${own}${path.slice(1)}` : path
  return expanded.startsWith('/') ? expanded : `${home.dir}/${expanded}`
}

function isMaildir(dir: string): boolean {
  return isFolder(`${dir}/cur`) && isFolder(`${dir}/new`)
}

function isFolder(path: string): boolean {
  try {
    // With "/." a link to a folder counts as the folder.
    return lstatSync(`${path}/.`, {throwIfNoEntry: false})?.isDirectory() ?? false
  } catch (error) {
    if (errnoOf(error) === 'ENOTDIR') return false
    throw storageError(error, {path, work: 'read'})
  }
}
