import {statSync} from 'node:fs'
import {approvalsOnDisk, readApprovals} from '../../guard/approvals/read-approvals.js'
import {isUserError} from '../../kit/errors.js'
import {listAgents} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'

/** What a path of the home that has changed means to `mcos up`. */
export type Landing =
  | {readonly kind: 'wake'; readonly agent: string}
  /** A stop was laid down or lifted. */
  | {readonly kind: 'stop'}

/** Keeps everything below the home from being followed but the ways to what may land. */
export function isUnfollowed({home, mcos}: Fleet): (path: string) => boolean {
  const folders = listAgents(home).map(({path}) => path)
  return (path) => {
    if (path === home.dir || path === mcos.dir || path === `${mcos.dir}/STOP`) return false
    if (!path.startsWith(`${home.dir}/`)) return true
    const rel = path.slice(home.dir.length + 1)
    return !isWay(rel, folders) || isAnswered(home.dir, rel)
  }
}

const NEWS_MS = 60_000

/** Approvals are kept for good, and of one that has long had its answer nothing more is to be heard. */
function isAnswered(home: string, rel: string): boolean {
  if (!/^approvals\/[^/]+$/.test(rel)) return false
  const answer = statSync(`${home}/${rel}/answer.md`, {throwIfNoEntry: false})
  // By the disk's clock, as it is the disk that says when it came.
  return answer !== undefined && Date.now() - answer.mtimeMs > NEWS_MS
}

/** `folders` are the agents' own, from the home; a workspace that is made later lies in workspaces/. */
function isWay(path: string, folders: readonly string[]): boolean {
  if (path === 'workspaces' || /^approvals(?:\/[^/]+(?:\/answer\.md)?)?$/.test(path)) return true
  const made = /^workspaces\/[a-z0-9-]+(?:\/(.*))?$/.exec(path)
  return (made !== null && isOwnWay(made[1] ?? '')) || folders.some((folder) => leadsInto(folder, path))
}

function leadsInto(folder: string, path: string): boolean {
  if (folder === '.') return isOwnWay(path)
  if (path === folder || folder.startsWith(`${path}/`)) return true
  return path.startsWith(`${folder}/`) && isOwnWay(path.slice(folder.length + 1))
}

/** What it means that something came, changed or went there; null: nothing. */
export function landingAt(
  {home, mcos}: Fleet,
  {path, isGone}: {readonly path: string; readonly isGone: boolean},
): Landing | null {
  if (path === `${mcos.dir}/STOP`) return {kind: 'stop'}
  if (!path.startsWith(`${home.dir}/`)) return null
  const rel = path.slice(home.dir.length + 1)
  const [, id] = /^approvals\/([^/]+)\/answer\.md$/.exec(rel) ?? []
  const agent = id === undefined ? agentOf(home, rel) : isGone ? null : askedBy(home, id)
  return agent === null ? null : {kind: 'wake', agent}
}

/** A message that has come, or a park that has gone. */
function agentOf(home: Fleet['home'], rel: string): string | null {
  const match = /^(?:(.+)\/)?(inbox\/new\/[^/.][^/]*\.md|PARKED\.md)$/.exec(rel)
  if (!match) return null
  const isThere = home.files.stat(rel) !== null
  if (isThere === rel.endsWith('PARKED.md')) return null
  return listAgents(home).find((agent) => agent.path === (match[1] ?? '.'))?.name ?? null
}

function askedBy(home: Fleet['home'], id: string): string | null {
  try {
    return readApprovals(approvalsOnDisk(home.files), [id]).found[0]?.request.agent ?? null
  } catch (error) {
    // A request that can't be read is fsck's to tell, and the next slot's beat looks anyway.
    if (isUserError(error)) return null
    throw error
  }
}

/** Inside an agent's folder. */
function isOwnWay(rel: string): boolean {
  return rel === '' || rel === 'PARKED.md' || rel === 'inbox' || rel === 'inbox/new' || rel.startsWith('inbox/new/')
}
