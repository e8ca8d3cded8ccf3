import {isUserError} from '../kit/errors.js'
import type {Folder} from '../kit/folder.js'
import {type AgentEntry, agentPaths} from '../workspace/agents.js'

export const BOXES = ['new', 'cur', 'done', 'held', 'quarantine'] as const

/** Where in an inbox a message lies: unread, read, finished, waiting for a person, put aside. */
export type Box = (typeof BOXES)[number]

/** One entry of a box, before anybody has opened it. */
export interface Listed {
  readonly agent: string
  readonly box: Box
  /** From the home. */
  readonly path: string
  /** The last part of it. */
  readonly file: string
  /** Why it can't be a message; null when it may be one. */
  readonly trouble: string | null
}

/** What lies in one box, oldest first; what can't be a message is listed with why. */
export function listBox(files: Folder, agent: AgentEntry, box: Box): Listed[] {
  const folder = boxFolder(agent, box)
  return box === 'done' ? listMonths(files, agent, folder) : listFolder(files, {agent, box, folder})
}

/**
 * Whether a message was taken out of new/ before: a second one of its name is a replay. It is looked for by that name in
 * the months since it was sent, so that years of finished messages cost nothing.
 */
export function wasShelved(files: Folder, agent: AgentEntry, {file, sent}: {file: string; sent: number}): boolean {
  const done = boxFolder(agent, 'done')
  const isThere = (folder: string): boolean => files.stat(`${folder}/${file}`) !== null
  try {
    if (isThere(boxFolder(agent, 'cur'))) return true
    const first = new Date(sent - CLOCKS_APART_MS).toISOString().slice(0, 7)
    return files
      .list(done)
      .some(({name, kind}) => kind === 'folder' && !(MONTH.test(name) && name < first) && isThere(`${done}/${name}`))
  } catch (error) {
    // A box that can't be looked into tells nothing; listing it says why.
    if (!isUserError(error)) throw error
    return false
  }
}

const MONTH = /^\d{4}-\d\d$/
/** How far the clocks of a sender and of a reader may differ, with time to spare. */
const CLOCKS_APART_MS = 32 * 86_400_000

/** How many unread files look like messages: for counting without opening one. */
export function countUnread(files: Folder, agent: AgentEntry): number {
  return listBox(files, agent, 'new').filter(({trouble}) => trouble === null).length
}

/** The folder of a box; of `done` the one that holds the months. */
function boxFolder(agent: AgentEntry, box: Box): string {
  const {inboxNew, inboxCur, inboxDone, held, quarantine} = agentPaths(agent)
  if (box === 'done') return inboxDone('0000-00').replace(/\/0000-00$/, '')
  return {new: inboxNew, cur: inboxCur, held, quarantine}[box]
}

function listMonths(files: Folder, agent: AgentEntry, folder: string): Listed[] {
  return tolerantly({agent, box: 'done', folder}, () =>
    files.list(folder).flatMap(({name, kind}) => {
      const month = `${folder}/${name}`
      return kind === 'folder' ? listFolder(files, {agent, box: 'done', folder: month}) : []
    }),
  )
}

interface Where {
  readonly agent: AgentEntry
  readonly box: Box
  readonly folder: string
}

function listFolder(files: Folder, where: Where): Listed[] {
  const {agent, box, folder} = where
  return tolerantly(where, () =>
    files
      .list(folder)
      .filter(({name}) => !name.startsWith('.') && !name.endsWith('.why'))
      .map(({name, kind}) => {
        return {agent: agent.name, box, path: `${folder}/${name}`, file: name, trouble: troubleWith(name, kind)}
      }),
  )
}

function troubleWith(name: string, kind: 'file' | 'folder' | 'link' | 'other'): string | null {
  if (kind === 'link') return 'it is a symbolic link, and links are not followed'
  if (kind !== 'file') return `it is not a file but a ${kind === 'folder' ? 'folder' : 'device or pipe'}`
  return name.endsWith('.md') ? null : 'it is not a .md file'
}

/** A box that can't be listed (a link in its place, no permission) is told as one unreadable entry. */
function tolerantly({agent, box, folder}: Where, list: () => Listed[]): Listed[] {
  try {
    return list()
  } catch (error) {
    if (!isUserError(error)) throw error
    return [{agent: agent.name, box, path: folder, file: '', trouble: error.message}]
  }
}
