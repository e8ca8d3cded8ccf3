import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import {join} from 'node:path'

/** How a mail is laid into a mailbox. */
export interface Delivery {
  /** Default INBOX; `/` between parent and child. */
  readonly folder?: string
  /** IMAP's own flags, such as `\\Seen`; with none the mail is as new as it comes. */
  readonly flags?: readonly Flag[]
  /** What the server says it came at. */
  readonly internalDate?: Date
}

export type Flag = '\\Seen' | '\\Flagged' | '\\Answered' | '\\Draft' | '\\Deleted'

/** A mail as it lies there. */
export interface StoredMail {
  /** What came over IMAP has lost its carriage returns here; a client gets them back. */
  readonly raw: Buffer
  readonly flags: readonly Flag[]
}

const LETTERS: Readonly<Record<string, Flag>> = {
  D: '\\Draft',
  F: '\\Flagged',
  R: '\\Answered',
  S: '\\Seen',
  T: '\\Deleted',
}

/** The mail of one user in the form that Dovecot keeps it in; what is laid down here it shows at its next look. */
export class UserMaildir {
  private count = 0

  constructor(
    private readonly dir: string,
    /** Whose the files are to be; null: whoever writes them. */
    private readonly owner: {readonly uid: number; readonly gid: number} | null,
  ) {
    this.folderDir('INBOX')
  }

  /** Lays mails down in their order; 20,000 take some seconds. */
  deliver(mails: readonly (string | Uint8Array)[], {folder = 'INBOX', flags = [], internalDate}: Delivery): void {
    const dir = this.folderDir(folder)
    const letters = Object.keys(LETTERS).filter((letter) => flags.some((flag) => flag === LETTERS[letter]))
    for (const raw of mails) {
      // Names sort as they were delivered: by that the server gives its numbers.
      const name = `${1_700_000_000 + ++this.count}.M${process.pid}.here`
      const temp = join(dir, 'tmp', name)
      writeFileSync(temp, raw)
      this.own(temp)
      if (internalDate) utimesSync(temp, internalDate, internalDate)
      renameSync(temp, flags.length === 0 ? join(dir, 'new', name) : join(dir, 'cur', `${name}:2,${letters.join('')}`))
    }
  }

  /** What lies in a folder, in the order of its delivery; a folder that isn't there is empty. */
  read(folder: string): StoredMail[] {
    const dir = join(this.dir, maildirName(folder))
    if (!existsSync(dir)) return []
    return ['cur', 'new']
      .flatMap((sub) => readdirSync(join(dir, sub)).map((name) => ({name, path: join(dir, sub, name)})))
      .sort((one, other) => (one.name < other.name ? -1 : 1))
      .map(({name, path}) => ({raw: readFileSync(path), flags: flagsOf(name)}))
  }

  /** Takes mails away as another client would that expunges them. */
  remove(folder: string, isGone: (raw: string) => boolean): number {
    const dir = join(this.dir, maildirName(folder))
    const paths = ['cur', 'new'].flatMap((sub) => readdirSync(join(dir, sub)).map((name) => join(dir, sub, name)))
    const gone = paths.filter((path) => isGone(readFileSync(path, 'latin1')))
    for (const path of gone) rmSync(path)
    return gone.length
  }

  /** Forgets the folder's numbers: at the next look it has another UIDVALIDITY, and its mails are numbered anew. */
  forgetNumbers(folder: string): void {
    const dir = join(this.dir, maildirName(folder))
    const lost = (name: string): boolean => name === 'dovecot-uidlist' || /^dovecot\.index/.test(name)
    for (const name of readdirSync(dir).filter(lost)) rmSync(join(dir, name))
    for (const name of readdirSync(this.dir)) if (/^dovecot\.list\.index/.test(name)) rmSync(join(this.dir, name))
  }

  private folderDir(folder: string): string {
    const dir = join(this.dir, maildirName(folder))
    if (existsSync(join(dir, 'cur'))) return dir
    for (const sub of ['', 'tmp', 'new', 'cur']) {
      mkdirSync(join(dir, sub), {recursive: true})
      this.own(join(dir, sub))
    }
    if (folder !== 'INBOX') {
      writeFileSync(join(dir, 'maildirfolder'), '')
      this.own(join(dir, 'maildirfolder'))
    }
    return dir
  }

  private own(path: string): void {
    if (this.owner) chownSync(path, this.owner.uid, this.owner.gid)
  }
}

/** `Bills/März` is `.Bills.M&AOQ-rz`: modified UTF-7, as IMAP names folders. */
function maildirName(folder: string): string {
  if (folder === 'INBOX') return ''
  if (/[.~]/.test(folder)) throw new RangeError(`a Maildir++ folder can't be named ${folder}`)
  const encoded = folder.replace(/&|[^\x20-\x7e]+/g, (text) => {
    if (text === '&') return '&-'
    const bytes = Buffer.from(text, 'utf16le').swap16()
    return `&${bytes.toString('base64').replaceAll('/', ',').replaceAll('=', '')}-`
  })
  return `.${encoded.replaceAll('/', '.')}`
}

function flagsOf(name: string): Flag[] {
  const letters = /:2,(\w*)$/.exec(name)?.[1] ?? ''
  return [...letters].flatMap((letter) => LETTERS[letter] ?? [])
}
