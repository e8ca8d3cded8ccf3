import {isGone, noFolder} from './graph-trouble.js'
import type {Graph} from './requests.js'
import {countOf, type Fields, fieldsOf, quoted, rowsOf, textOf} from './values.js'

/** A folder of the mailbox. */
export interface GraphFolder {
  readonly id: string
  readonly mails: number | null
}

/** Names that Graph knows in each mailbox, whatever language its folders are named in. */
const WELL_KNOWN = ['inbox', 'archive', 'drafts', 'sentitems', 'deleteditems', 'junkemail', 'outbox']
const SHOWN = '$select=id,displayName,totalItemCount,childFolderCount'
const MOST_FOLDERS = 500
const DEEPEST = 5

/** How a folder is found by its name; each name is asked for once. */
export interface Folders {
  /** Throws a `folder` trouble for one that isn't there. */
  find(name: string): Promise<GraphFolder>
  list(): Promise<{readonly name: string; readonly mails: number | null}[]>
}

export function openFolders(graph: Graph): Folders {
  const known = new Map<string, Promise<GraphFolder>>()
  return {
    find(name) {
      const found = known.get(name) ?? findFolder(graph, name)
      known.set(name, found)
      return found
    },
    list: () => listBelow(graph, '', {depth: 0, room: MOST_FOLDERS}),
  }
}

/** By its well-known name, or by the names on the way to it: Projects/North Wind. */
async function findFolder(graph: Graph, name: string): Promise<GraphFolder> {
  const word = name.toLowerCase().replace(/\s/g, '')
  if (WELL_KNOWN.includes(word)) return wellKnown(graph, word, name)
  let found: GraphFolder | null = null
  for (const part of name.split('/')) {
    const below = found === null ? '/mailFolders' : `/mailFolders/${encodeURIComponent(found.id)}/childFolders`
    const page = fieldsOf(await graph.get(`${below}?$filter=displayName%20eq%20${quoted(part)}&${SHOWN}`))
    const [row] = rowsOf(page['value'])
    found = row ? folderOf(row) : null
    if (found === null) throw noFolder(name, graph.asked)
  }
  if (found === null) throw noFolder(name, graph.asked)
  return found
}

async function wellKnown(graph: Graph, word: string, name: string): Promise<GraphFolder> {
  try {
    const found = folderOf(fieldsOf(await graph.get(`/mailFolders/${word}?${SHOWN}`)))
    if (found !== null) return found
  } catch (error) {
    // A mailbox without an archive: it is made when a person first uses it.
    if (!isGone(error)) throw error
  }
  throw noFolder(name, graph.asked)
}

function folderOf(row: Fields): GraphFolder | null {
  const id = textOf(row['id'])
  return id === null ? null : {id, mails: countOf(row['totalItemCount'])}
}

async function listBelow(
  graph: Graph,
  above: string,
  {id, depth, room}: {readonly id?: string; readonly depth: number; readonly room: number},
): Promise<{name: string; mails: number | null}[]> {
  const below = id === undefined ? '/mailFolders' : `/mailFolders/${encodeURIComponent(id)}/childFolders`
  const listed: {name: string; mails: number | null}[] = []
  let link: string | null = `${below}?${SHOWN}&$top=100`
  while (link !== null && listed.length < room) {
    const page: Fields = fieldsOf(await graph.get(link))
    for (const row of rowsOf(page['value'])) {
      const folder = folderOf(row)
      if (folder === null) continue
      const name = `${above}${textOf(row['displayName']) ?? ''}`
      listed.push({name, mails: folder.mails})
      if (!countOf(row['childFolderCount']) || depth >= DEEPEST) continue
      const more = {id: folder.id, depth: depth + 1, room: room - listed.length}
      listed.push(...(await listBelow(graph, `${name}/`, more)))
    }
    link = textOf(page['@odata.nextLink'])
  }
  return listed
}
