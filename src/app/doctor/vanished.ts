import {indexListing} from '../../history/index-listing.js'
import {isUserError} from '../../kit/errors.js'
import {shellWord} from '../../kit/shell-word.js'
import {listAgents} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import {type Checkup, restoreCommand, type Trouble} from '../../workspace/health.js'
import {keptFiles} from './committed.js'
import {openedRepository} from './opened-repository.js'

const DAY_MS = 86_400_000
/** An edit may wait for so many days: a weekend, and the day it was made on. */
const PATIENCE_DAYS = 3
const WELL_KNOWN = ['SOUL.md', 'HEARTBEAT.md', 'MEMORY.md', 'WORKSTATE.md', 'USER.md']

const absent: Checkup = {
  id: 'agents-lost',
  title: 'No agent that was committed has vanished from the disk',
  means: 'It is not woken and not even listed: as if there had never been such an agent.',
  examine(fleet) {
    const repository = openedRepository(fleet)
    const listed = indexListing(fleet).files
    const start = `${repository?.prefix ?? ''}workspaces/`
    const troubles = listed.flatMap(({flag, path}): Trouble[] => {
      const name = path.startsWith(start) ? /^([^/]+)\/SOUL\.md$/.exec(path.slice(start.length))?.[1] : undefined
      if (name === undefined || isThere(fleet, `workspaces/${name}`)) return []
      const isSparse = flag === 'S'
      const detail = `workspaces/${name} is gone, and git has it${isSparse ? ': a sparse checkout leaves it out' : '; if you mean it: mcos fleet retire'}`
      return [
        {status: 'fail', detail, fix: isSparse ? 'git sparse-checkout disable' : restoreCommand(`workspaces/${name}`)},
      ]
    })
    return {seen: 'none has', troubles}
  },
}

function isThere({home}: Fleet, path: string): boolean {
  try {
    return home.files.stat(path) !== null
  } catch (error) {
    // Something lies there, or on the way to it: others tell what.
    if (isUserError(error)) return true
    throw error
  }
}

const waiting: Checkup = {
  id: 'edits-waiting',
  title: 'No edit of yours has waited for days to be committed',
  means: 'It holds here and nowhere else, what it widens does not hold at all, and nobody can take it back.',
  examine(fleet) {
    const troubles = keptFiles(fleet).flatMap(({path, disk, head}): Trouble[] => {
      if (disk === null || head === null || disk.length === 0 || disk.equals(head)) return []
      const now = fleet.clock.now()
      const days = Math.floor((now - (fleet.home.files.stat(path)?.mtimeMs ?? now)) / DAY_MS)
      if (days < PATIENCE_DAYS) return []
      return [
        {
          status: 'warn',
          detail: `${path} was changed ${days} days ago and never committed`,
          fix: `mcos commit ${shellWord(path)}`,
        },
      ]
    })
    return {seen: 'none has', troubles}
  },
}

const misplaced: Checkup = {
  id: 'misplaced',
  title: 'Every well-known file lies where it is read',
  means: 'Somebody has written it, and nobody reads it: the agent goes on as if it were not there.',
  examine(fleet) {
    const {files} = fleet.home
    const agents = listAgents(fleet.home)
    const atHome = agents.some(({path}) => path === '.')
      ? []
      : WELL_KNOWN.filter((name) => files.stat(name)?.kind === 'file')
    const astray = atHome.map((name): Trouble => {
      const detail = `${name} lies at the home, where no agent reads it: it belongs into workspaces/AGENT/`
      return {status: 'warn', detail, fix: `mv ${name} ${name}.old`}
    })
    return {seen: 'each does', troubles: astray}
  },
}

/** What is no longer, or not where it is looked for. */
export const VANISHED_CHECKUPS: readonly Checkup[] = [absent, waiting, misplaced]
