import {systemClock} from '../../kit/clock.js'
import {isUserError} from '../../kit/errors.js'
import type {MaildirPlace} from '../cursor.js'
import type {Incoming} from '../mail.js'
import type {Batch, BrokenMail, ReadOptions} from '../mailbox.js'
import {MOST_BYTES, parseMime} from '../parse/parse-mime.js'
import {MailTrouble} from '../trouble.js'
import {arrivalOf, changedAt, listMails, type MailFile, readStart} from './maildir-mails.js'
import {findFolder, type MaildirRoot} from './maildir-place.js'
import {MOST_HEAD, takenIn} from './taken-in.js'

/** What is new in a folder, the oldest first. */
interface News {
  readonly folder: string
  readonly known: MaildirPlace | null
  readonly fresh: readonly {readonly file: MailFile; readonly at: number}[]
  /** Every mail that lies there. */
  readonly all: ReadonlySet<string>
  readonly changed: string
}

/** What of it this reading takes. */
interface Plan extends News {
  readonly files: readonly MailFile[]
  /** New mails that are left to the next reading. */
  readonly later: readonly MailFile[]
  readonly left: number
}

const BATCH = 200
/** A folder that changed this lately may change again within the same tick of the disk's clock. */
const SETTLED_MS = 2_000

/** What is new in some folders; a folder that nothing was put into, taken from or renamed in since is not even listed. */
export async function* readMaildir(
  root: MaildirRoot,
  folders: readonly string[],
  {cursor, since, most, signal}: ReadOptions,
): AsyncGenerator<Batch> {
  let places: Readonly<Record<string, MaildirPlace>> = cursor?.kind === 'maildir' ? cursor.folders : {}
  const {news, trouble} = surveyAll(root, folders, places)
  let budget = most
  let behind = 0
  for (const [index, one] of news.entries()) {
    const share = Math.ceil(budget / (news.length - index))
    if (share <= 0) break
    const plan = planReading(one, {share, since})
    budget -= plan.files.length
    for (let done = 0; done === 0 || done < plan.files.length; done += BATCH) {
      signal.throwIfAborted()
      const {mails, broken, old} = await readFiles(root, plan, {files: plan.files.slice(done, done + BATCH), since})
      const rest = plan.files.slice(done + BATCH)
      const place = placeAfter(plan, rest)
      if (plan.files.length === 0 && isEqual(place, plan.known)) break
      places = {...places, [plan.folder]: place}
      const left = (done === 0 ? plan.left : 0) + old
      const waiting = rest.length + plan.later.length + behind
      yield {mails, broken, left, waiting, isReset: false, cursor: {kind: 'maildir', folders: places}}
      // Reading a disk keeps everybody waiting: the other accounts get their turn in between.
      await new Promise((go) => setImmediate(go))
    }
    behind += plan.later.length
  }
  // One folder that isn't there is said once the others are read.
  if (trouble) throw trouble
}

function surveyAll(
  root: MaildirRoot,
  folders: readonly string[],
  places: Readonly<Record<string, MaildirPlace>>,
): {readonly news: readonly News[]; readonly trouble: MailTrouble | null} {
  const news: News[] = []
  let trouble: MailTrouble | null = null
  for (const folder of folders) {
    try {
      const one = surveyFolder(root, folder, places[folder] ?? null)
      if (one) news.push(one)
    } catch (error) {
      if (!(error instanceof MailTrouble)) throw error
      trouble ??= error
    }
  }
  return {news: news.sort((one, other) => one.fresh.length - other.fresh.length), trouble}
}

/** null: nothing was added, taken or renamed since. */
function surveyFolder(root: MaildirRoot, folder: string, known: MaildirPlace | null): News | null {
  const dir = findFolder(root, folder)
  // Looked at before the list is made: what changes meanwhile shows the next time.
  const {stamp, latestMs} = changedAt(root, dir)
  if (known !== null && known.changed !== '' && known.changed === stamp) return null
  const changed = systemClock.now() - latestMs > SETTLED_MS ? stamp : ''
  const mails = listMails(root, dir)
  const seen = new Set(known === null ? [] : known.known.split('\n'))
  const fresh = byArrival(
    root,
    [...mails.values()].filter(({key}) => !seen.has(key)),
  )
  return {folder, known, fresh, all: new Set(mails.keys()), changed}
}

/** A first contact takes the newest of its window and leaves the rest for good; later the oldest come first. */
function planReading(news: News, {share, since}: {share: number; since: number}): Plan {
  const {fresh, known, all} = news
  const filesOf = (some: News['fresh']): MailFile[] => some.map(({file}) => file)
  if (known !== null) {
    return {...news, files: filesOf(fresh.slice(0, share)), later: filesOf(fresh.slice(share)), left: 0}
  }
  const inWindow = fresh.filter(({at}) => at >= since)
  const files = filesOf(inWindow.slice(Math.max(inWindow.length - share, 0)))
  return {...news, files, later: [], left: all.size - files.length}
}

function byArrival(root: MaildirRoot, files: readonly MailFile[]): {readonly file: MailFile; readonly at: number}[] {
  const dated = files.flatMap((file) => {
    const at = arrivalOf(root, file)
    return at === null ? [] : [{file, at}]
  })
  return dated.sort((one, other) => one.at - other.at || (one.file.key < other.file.key ? -1 : 1))
}

async function readFiles(
  root: MaildirRoot,
  {folder, known}: Plan,
  {files, since}: {readonly files: readonly MailFile[]; readonly since: number},
): Promise<{mails: Incoming[]; broken: BrokenMail[]; old: number}> {
  const mails: Incoming[] = []
  const broken: BrokenMail[] = []
  let old = 0
  for (const file of files) {
    try {
      // Only of what lay there before: what comes later is new, whatever its headers say.
      const at = known === null ? headTime(root, file) : null
      if (at !== null && at < since) old += 1
      else {
        const mail = await readMail(root, folder, file)
        if (mail !== null) mails.push(at === null ? mail : takenInAt(mail, at))
      }
    } catch (error) {
      if (!isUserError(error)) throw error
      broken.push({ref: {folder, key: file.key}, received: null, why: error.message})
    }
  }
  return {mails, broken, old}
}

function headTime(root: MaildirRoot, file: MailFile): number | null {
  const start = readStart(root, file, MOST_HEAD)
  return start === null ? null : takenIn(start.raw)
}

/** Copied lately and taken in before; what has neither id nor date is known by the time of its file. */
function takenInAt(mail: Incoming, at: number): Incoming {
  const {head, received} = mail
  const isNamed = head.messageId !== null || head.date !== null
  return isNamed && at < Date.parse(received) ? {...mail, received: new Date(at).toISOString()} : mail
}

/** One mail of a folder; null where it is gone. */
export async function readMail(root: MaildirRoot, folder: string, file: MailFile): Promise<Incoming | null> {
  const start = readStart(root, file, MOST_BYTES) ?? readRenamed(root, folder, file)
  if (start === null) return null
  const {head, parts} = await parseMime(start.raw, {isCut: start.size > start.raw.length})
  return {ref: {folder, key: file.key}, received: new Date(start.mtimeMs).toISOString(), head, parts}
}

/** Another program has flagged it meanwhile. */
function readRenamed(root: MaildirRoot, folder: string, {key}: MailFile): ReturnType<typeof readStart> {
  const now = listMails(root, findFolder(root, folder)).get(key)
  return now === undefined ? null : readStart(root, now, MOST_BYTES)
}

function placeAfter({all, later, changed}: Plan, rest: readonly MailFile[]): MaildirPlace {
  const open = new Set([...rest, ...later].map(({key}) => key))
  const known = [...all].filter((key) => !open.has(key)).sort()
  return {known: known.join('\n'), changed: open.size === 0 ? changed : ''}
}

function isEqual(one: MaildirPlace, other: MaildirPlace | null): boolean {
  return other !== null && one.known === other.known && one.changed === other.changed
}
