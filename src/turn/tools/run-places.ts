import {readsSecret} from '../../guard/taint.js'
import {isUserError} from '../../kit/errors.js'
import type {Folder} from '../../kit/folder.js'
import type {Hand} from './files.js'
import {readableBy} from './readable.js'

const MOST_ENTRIES = 20_000
/** Each is an argument or three of the sandbox's own command line. */
const MOST_PLACES = 1_000
const DEEPEST = 12

/** What a sandbox shows of the home besides the agent's own folder, and what it covers up inside of that. Absolute. */
export interface Places {
  readonly readable: string[]
  readonly hidden: string[]
  /** Whether there was more to look through than is looked through; what wasn't seen isn't shown. */
  readonly isCut: boolean
}

/**
 * Folders that may be read whole are shown whole, less their closed parts; of others, the single files. Links lead
 * nowhere: they are passed over here, and what they point to isn't in the sandbox. Who reaches hosts is shown nothing
 * that is a secret by its name.
 */
export function placesToRead(hand: Hand, {isOnline}: {readonly isOnline: boolean}): Places {
  const {home} = hand.fleet
  const readable = readableBy(hand)
  const places: Places & {isCut: boolean} = {readable: [], hidden: [], isCut: false}
  const isShownFile = (path: string): boolean =>
    readable.file(path) && !(isOnline && readsSecret({verb: 'read', target: path}))
  let seen = 0
  const add = (list: string[], path: string): void => {
    if (places.readable.length + places.hidden.length < MOST_PLACES) list.push(`${home.dir}/${path}`)
    else places.isCut = true
  }
  const visit = (folder: string, isShown: boolean, depth: number): void => {
    for (const {name, kind} of listOf(home.files, folder)) {
      const path = folder === '.' ? name : `${folder}/${name}`
      if (path === hand.agent.path) continue
      if (++seen > MOST_ENTRIES || depth > DEEPEST) {
        places.isCut = true
        // What nobody has looked at could be closed: the whole folder is covered up.
        if (isShown) add(places.hidden, folder)
        return
      }
      const isOpen = kind === 'folder' ? readable.folder(path) : kind === 'file' && isShownFile(path)
      if (!isOpen && isShown && kind !== 'link') add(places.hidden, path)
      if (!isOpen) continue
      const isWhole = kind === 'file' || readable.whole(path)
      if (isWhole && !isShown) add(places.readable, path)
      if (kind === 'folder') visit(path, isShown || isWhole, depth + 1)
    }
  }
  if (hand.agent.path !== '.') visit('.', false, 0)
  // What should be covered up and no longer can be: then nothing but the agent's own folder is shown.
  return places.isCut && places.readable.length + places.hidden.length >= MOST_PLACES
    ? {readable: [], hidden: [], isCut: true}
    : places
}

function listOf(files: Folder, folder: string): ReturnType<Folder['list']> {
  try {
    return files.list(folder)
  } catch (error) {
    // It may not be looked into, so there is nothing to show.
    if (!isUserError(error)) throw error
    return []
  }
}
