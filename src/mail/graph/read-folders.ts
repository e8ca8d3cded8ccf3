import type {Cursor, GraphPlace} from '../cursor.js'
import type {Incoming} from '../mail.js'
import type {Batch, BrokenMail, ReadOptions} from '../mailbox.js'
import type {Folders} from './folders.js'
import {firstLook, goOn, type NewMail} from './follow.js'
import {GraphRefusal} from './graph-trouble.js'
import {AT_ONCE} from './patience.js'
import {formatPlace, type Place, parsePlace} from './place.js'
import type {Graph} from './requests.js'

/** So many mails are read between two points that can be kept. */
const BATCH_SIZE = 20
/** Where more of a batch can't be shown it is the server that is ill, and the mails wait until it is well. */
const MOST_BROKEN = 3

/**
 * Reads what is new: first the lists of all folders, which are small, then mail after mail. Whatever ends it early, what
 * the lists have told is in the last batch's cursor, and is asked for no second time.
 */
export async function* readFolders(
  graph: Graph,
  folders: Folders,
  {names, ...options}: ReadOptions & {readonly names: readonly string[]},
): AsyncGenerator<Batch> {
  const {cursor, since, most} = options
  const known: Readonly<Record<string, GraphPlace>> = cursor?.kind === 'graph' ? cursor.folders : {}
  const places = new Map(Object.entries(known).map(([name, {deltaLink}]) => [name, parsePlace(deltaLink)]))
  let isReset = false
  let left = 0
  const batch = (mails: readonly Incoming[], broken: readonly BrokenMail[]): Batch => {
    const told = {mails, broken, cursor: cursorOf(places), left, waiting: waitingIn(places, names), isReset}
    left = 0
    isReset = false
    return told
  }

  try {
    const first: Looked[] = []
    for (const name of names) {
      const place = places.get(name)
      const findId = async (): Promise<string> => (await folders.find(name)).id
      const keep = (next: Place, isAnew: boolean): void => {
        places.set(name, next)
        isReset ||= isAnew
      }
      if (place) await goOn(graph, place, {since, most, findId, keep})
      else first.push(await look(graph, folders, {name, since}))
    }
    left = takeFirst(first, {most, places})
  } catch (error) {
    if (places.size > 0) yield batch([], [])
    throw error
  }

  let room = most
  let isTold = false
  for (const name of names) {
    for (let place = places.get(name); place && place.pending.length > 0 && room > 0; place = places.get(name)) {
      const ids = place.pending.slice(0, Math.min(BATCH_SIZE, room))
      const {mails, broken} = await readAll(graph, name, ids)
      places.set(name, {...place, pending: place.pending.slice(ids.length)})
      room -= ids.length
      isTold = true
      yield batch(mails, broken)
    }
  }
  if (!isTold) yield batch([], [])
}

interface Looked {
  readonly name: string
  readonly link: string
  readonly mails: readonly NewMail[]
  /** All that the folder has, however old. */
  readonly total: number
}

async function look(graph: Graph, folders: Folders, {name, since}: {name: string; since: number}): Promise<Looked> {
  const {id, mails: total} = await folders.find(name)
  const {link, mails} = await firstLook(graph, id, since)
  return {name, link, mails, total: total ?? mails.length}
}

/** Of all folders that are read for the first time, the newest mails are to be read; tells how many are left for good. */
function takeFirst(first: readonly Looked[], {most, places}: {most: number; places: Map<string, Place>}): number {
  const newest = first
    .flatMap(({mails}) => mails)
    .sort((one, other) => (one.received < other.received ? 1 : -1))
    .slice(0, most)
  const taken = new Set(newest.map(({id}) => id))
  let left = 0
  for (const {name, link, mails, total} of first) {
    const pending = mails.map(({id}) => id).filter((id) => taken.has(id))
    places.set(name, {link, pending})
    left += Math.max(0, Math.max(total, mails.length) - pending.length)
  }
  return left
}

async function readAll(
  graph: Graph,
  folder: string,
  ids: readonly string[],
): Promise<{mails: readonly Incoming[]; broken: readonly BrokenMail[]}> {
  // Only with news: what takes mails apart is most of what there is to load.
  const {readMail} = await import('./read-mail.js')
  const broken: BrokenMail[] = []
  const mails: (Incoming | null)[] = ids.map(() => null)
  let next = 0
  let isOver = false
  /** Takes one after the other; once one reader has failed, the others begin nothing more. */
  const readOn = async (): Promise<void> => {
    for (let index = next++; index < ids.length && !isOver; index = next++) {
      const id = ids[index] ?? ''
      try {
        mails[index] = await again(() => readMail(graph, id, folder))
      } catch (error) {
        if (!isOfOneMail(error) || broken.length >= MOST_BROKEN) {
          isOver = true
          throw error
        }
        broken.push({ref: {folder, key: id}, received: null, why: error.message})
      }
    }
  }
  await Promise.all(Array.from({length: AT_ONCE}, readOn))
  return {mails: mails.filter((mail) => mail !== null), broken}
}

/** A server that stumbles once is asked once more. */
async function again<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!isOfOneMail(error) || error.status < 500) throw error
    return work()
  }
}

/** A mail that the server itself can't show must not stand in the way of those behind it. */
function isOfOneMail(error: unknown): error is GraphRefusal {
  return error instanceof GraphRefusal && error.isOfOneThing
}

function cursorOf(places: ReadonlyMap<string, Place>): Cursor {
  const folders = [...places].map(([name, place]) => [name, {deltaLink: formatPlace(place)}] as const)
  return {kind: 'graph', folders: Object.fromEntries(folders)}
}

function waitingIn(places: ReadonlyMap<string, Place>, names: readonly string[]): number {
  return names.reduce((sum, name) => sum + (places.get(name)?.pending.length ?? 0), 0)
}
