import type {ImapPlace} from '../cursor.js'
import type {Batch, ReadOptions} from '../mailbox.js'
import {MailTrouble} from '../trouble.js'
import {askBox, type ImapBox} from './imap-box.js'
import type {ImapLine} from './imap-line.js'
import type {FolderNews} from './plan-reading.js'
import type {Stumbles} from './stumbles.js'

/**
 * What is new in some folders of one account. Each is asked how it stands first, so that no news costs one answer a
 * folder; where there is news, the folder with the least comes first and leaves the others what it doesn't need.
 */
export async function* readFolders(
  line: ImapLine,
  {folders, stumbles}: {readonly folders: readonly string[]; readonly stumbles: Stumbles},
  options: ReadOptions,
): AsyncGenerator<Batch> {
  let places: Readonly<Record<string, ImapPlace>> = options.cursor?.kind === 'imap' ? options.cursor.folders : {}
  const {news, trouble} = await askAll(line, {folders, places})
  if (news.length === 0 && trouble === null) return
  // Loaded with what reads a mail, which nobody needs who has none.
  const {readFolder} = await import('./read-folder.js')
  let most = options.most
  let waiting = news.reduce((sum, {count}) => sum + count, 0)
  for (const [index, one] of news.entries()) {
    const share = Math.ceil(most / (news.length - index))
    if (share <= 0) break
    waiting -= one.count
    for await (const part of readFolder(line, one, {share, since: options.since, stumbles})) {
      most -= part.mails.length + part.broken.length
      places = {...places, [one.folder]: part.place}
      const {mails, broken, left, isReset} = part
      yield {mails, broken, left, isReset, waiting: part.waiting + waiting, cursor: {kind: 'imap', folders: places}}
    }
  }
  // One folder that isn't there is said once the others are read.
  if (trouble) throw trouble
}

interface Asked {
  readonly news: FolderNews[]
  readonly trouble: MailTrouble | null
}

async function askAll(
  line: ImapLine,
  {folders, places}: {folders: readonly string[]; places: Readonly<Record<string, ImapPlace>>},
): Promise<Asked> {
  const news: FolderNews[] = []
  let trouble: MailTrouble | null = null
  for (const folder of folders) {
    try {
      const box = await line.use((client) => askBox(client, folder))
      const one = newsOf(folder, {box, known: places[folder] ?? null})
      if (one) news.push(one)
    } catch (error) {
      if (!(error instanceof MailTrouble) || error.kind !== 'folder') throw error
      trouble ??= error
    }
  }
  return {news: news.sort((one, other) => one.count - other.count), trouble}
}

/** null: no mail came since. */
function newsOf(folder: string, {box, known}: {box: ImapBox; known: ImapPlace | null}): FolderNews | null {
  if (known === null) return {folder, known, isReset: false, count: box.mails}
  if (known.uidValidity !== box.uidValidity) return {folder, known: null, isReset: true, count: box.mails}
  if (box.uidNext !== 0 && box.uidNext <= known.uidNext) return null
  return {folder, known, isReset: false, count: Math.min(box.mails, Math.max(box.uidNext - known.uidNext, 0))}
}
