import {GraphRefusal} from './graph-trouble.js'
import type {Place} from './place.js'
import type {Graph} from './requests.js'
import {type Fields, fieldsOf, rowsOf, textOf} from './values.js'

/** A mail that has come into a folder, before anything of it was read. */
export interface NewMail {
  readonly id: string
  /** ISO. */
  readonly received: string
}

/** Rows are ids and times, so a page of many is small. */
const PAGE_SIZE = 200
/** More are not gathered before any is handed on. */
const ENOUGH = 1_000

/** What is in a folder since a moment, newest first, and where to go on from. */
export async function firstLook(
  graph: Graph,
  folder: string,
  since: number,
): Promise<{readonly link: string; readonly mails: readonly NewMail[]}> {
  const mails = new Map<string, NewMail>()
  let link = firstLink(folder, since)
  for (let isEnd = false; !isEnd; ) {
    const page = await readPage(graph, link)
    takeRows(page, mails)
    ;({link, isEnd} = page)
  }
  return {link, mails: [...mails.values()].sort(byTime).reverse()}
}

/**
 * Goes on from a place; after each page `keep` is told where that has led, and whether the server had forgotten the
 * place, so that everything since that moment comes once more; then the newest is first, as most of it is known.
 */
export async function goOn(
  graph: Graph,
  place: Place,
  {
    since,
    most,
    findId,
    keep,
  }: {since: number; most: number; findId(): Promise<string>; keep(place: Place, isReset: boolean): void},
): Promise<void> {
  const mails = new Map<string, NewMail>()
  let pending = place.pending
  let link = place.link
  let isReset = false
  for (let isEnd = false; !isEnd && pending.length + mails.size < Math.max(ENOUGH, most); ) {
    let page: Page
    try {
      page = await readPage(graph, link)
    } catch (error) {
      if (isReset || !isForgotten(error, link === place.link)) throw error
      isReset = true
      link = firstLink(await findId(), since)
      continue
    }
    const gone = takeRows(page, mails)
    pending = pending.filter((id) => !gone.has(id))
    ;({link, isEnd} = page)
    const fresh = [...mails.values()].sort(byTime).filter(({id}) => !pending.includes(id))
    keep({link, pending: [...pending, ...(isReset ? fresh.reverse() : fresh).map(({id}) => id)]}, isReset)
  }
}

/** Only what is new, and of that only what a place needs: the less is followed, the fewer rows come again. */
function firstLink(folder: string, since: number): string {
  const from = encodeURIComponent(`receivedDateTime ge ${new Date(since).toISOString().slice(0, 19)}Z`)
  const options = `changeType=created&$select=id,receivedDateTime&$filter=${from}`
  return `/mailFolders/${encodeURIComponent(folder)}/messages/delta?${options}`
}

/** Besides 410, whatever a link of an earlier reading meets: another folder of that name, another mailbox, nonsense. */
function isForgotten(error: unknown, isOfEarlier: boolean): boolean {
  if (!(error instanceof GraphRefusal)) return false
  if (error.status === 410 || /^SyncState|resyncRequired/i.test(error.code)) return true
  return isOfEarlier && [0, 400, 404].includes(error.status)
}

interface Page {
  readonly rows: readonly Fields[]
  readonly link: string
  readonly isEnd: boolean
}

async function readPage(graph: Graph, link: string): Promise<Page> {
  const page = fieldsOf(await graph.get(link, {pageSize: PAGE_SIZE}))
  const [next, delta] = [textOf(page['@odata.nextLink']), textOf(page['@odata.deltaLink'])]
  const after = next ?? delta
  if (after === null) throw graph.strange('a page without a link to go on from')
  return {rows: rowsOf(page['value']), link: after, isEnd: next === null}
}

/**
 * Takes what is new; answers what is no longer there. A row that only tells of a change (read, flagged) has no time:
 * it brings along nothing but what has changed.
 */
function takeRows({rows}: Page, mails: Map<string, NewMail>): ReadonlySet<string> {
  const gone = new Set<string>()
  for (const row of rows) {
    const [id, received] = [textOf(row['id']), textOf(row['receivedDateTime'])]
    if (id === null) continue
    if (row['@removed'] !== undefined) {
      gone.add(id)
      mails.delete(id)
    } else if (received !== null) {
      gone.delete(id)
      mails.set(id, {id, received})
    }
  }
  return gone
}

function byTime(one: NewMail, other: NewMail): number {
  return one.received < other.received ? -1 : one.received > other.received ? 1 : 0
}
