import {statSync} from 'node:fs'
import {agentPaths, listAgents} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import {type WatchedFiles, watchFiles} from '../watch/watch-files.js'
import {isUnfollowed} from './landings.js'

interface Ears {
  /** Something has come, changed or gone. */
  listen(path: string, isGone: boolean): void
  /** The system can't follow so much: said once, as it comes for each folder. */
  fail(error: Error): void
}

/** Follows what may land in a fleet, and anew once the home has been away, a folder is another one, or agents lie elsewhere. */
export class Following {
  private watched: WatchedFiles | null = null
  /** What is followed, with the number by which the disk knows it (0: not there yet); null: nothing, or a home that has gone meanwhile. */
  private folders: ReadonlyMap<string, number> | null = null

  constructor(private readonly ears: Ears) {}

  /** Begins, or begins anew where that is needed; often is no harm. */
  async renew(fleet: Fleet): Promise<void> {
    const {dir} = fleet.home
    const folders = foldersOf(fleet)
    const isKnown = this.folders !== null && isSame(this.folders, folders)
    this.folders = folders
    if (isKnown) return
    await this.close()
    let isTold = false
    this.watched = await watchFiles([dir], {
      isIgnored: isUnfollowed(fleet),
      listen: (path, isGone) => {
        if (path === dir && isGone) this.folders = null
        this.ears.listen(path, isGone)
      },
      fail: (error) => {
        if (!isTold) this.ears.fail(error)
        isTold = true
      },
    })
  }

  async close(): Promise<void> {
    await this.watched?.close()
    this.watched = null
  }
}

function foldersOf({home}: Fleet): Map<string, number> {
  const agents = listAgents(home).flatMap((agent) => {
    const {inboxNew} = agentPaths(agent)
    return [agent.path, inboxNew.slice(0, inboxNew.lastIndexOf('/')), inboxNew]
  })
  const all = ['.', '.mcos', 'workspaces', 'approvals', ...agents].map((rel) => `${home.dir}/${rel}`)
  return new Map(all.map((dir) => [dir, statSync(dir, {throwIfNoEntry: false})?.ino ?? 0]))
}

/** What comes and goes is heard of; one folder in the place of another is not. */
function isSame(before: ReadonlyMap<string, number>, now: ReadonlyMap<string, number>): boolean {
  if (before.size !== now.size) return false
  return [...now].every(([dir, number]) => {
    const known = before.get(dir)
    return known !== undefined && (known === 0 || number === 0 || known === number)
  })
}
