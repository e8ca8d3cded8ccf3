import type {Folder} from '../kit/folder.js'
import {type AgentEntry, agentPaths} from '../workspace/agents.js'
import type {Change} from '../workspace/change.js'
import type {InboxMessage} from './inbox.js'
import {reasonFile} from './send.js'

/** Somebody who may has read it: to cur/. Nothing to do where that happened before. */
export function planRead(agent: AgentEntry, found: InboxMessage): Change[] {
  return found.box === 'cur' || found.box === 'done' ? [] : moveTo(found, agentPaths(agent).inboxCur)
}

/** Nobody needs it any more: into the month of the day it was finished. Nothing to do where that happened before. */
export function planDone(agent: AgentEntry, found: InboxMessage, now: number): Change[] {
  if (found.box === 'done') return []
  return moveTo(found, agentPaths(agent).inboxDone(new Date(now).toISOString().slice(0, 7)))
}

/** All of them out of the way of anybody who might believe them, each with its reason beside it. */
export function planQuarantine(files: Folder, agent: AgentEntry, found: readonly InboxMessage[]): Change[] {
  const aside = found.filter(({box}) => box !== 'quarantine')
  return putAside(files, agentPaths(agent).quarantine, aside)
}

interface Aside {
  readonly path: string
  readonly reason: string | null
}

/** Copies of one message may come again and again under one name, and nothing that lies there is written over. */
function putAside(files: Folder, folder: string, aside: readonly Aside[]): Change[] {
  const taken = new Set(files.list(folder).map(({name}) => name))
  return aside.flatMap(({path, reason}): Change[] => {
    const name = freeName(fileOf(path), taken)
    taken.add(name)
    const to = `${folder}/${name}`
    return [{kind: 'move', from: path, to, asItLies: true}, reasonFile(to, reason ?? 'put aside')]
  })
}

function freeName(file: string, taken: ReadonlySet<string>): string {
  if (!taken.has(file)) return file
  const stem = file.replace(/\.md$/, '')
  let count = 2
  while (taken.has(`${stem}-${count}.md`)) count++
  return `${stem}-${count}.md`
}

/** What was held leaves its reason behind: somebody has decided. */
function moveTo({path, reasonFile: why}: InboxMessage, folder: string): Change[] {
  const leftover: Change[] = why === null ? [] : [{kind: 'remove', path: why.path, expect: why.hash}]
  return [{kind: 'move', from: path, to: `${folder}/${fileOf(path)}`}, ...leftover]
}

function fileOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
