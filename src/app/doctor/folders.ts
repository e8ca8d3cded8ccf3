import {isUserError} from '../../kit/errors.js'
import {shellWord} from '../../kit/shell-word.js'
import {agentPaths, listAgents} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import {type Checkup, count, type Trouble} from '../../workspace/health.js'

const folders: Checkup = {
  id: 'folders',
  title: 'What has to be a folder is one',
  means: 'With a file in the place of a folder, nothing can be delivered to it or kept in it.',
  examine(fleet) {
    const wanted = wantedFolders(fleet)
    const troubles = wanted.flatMap((path): Trouble[] => {
      const kind = kindOf(fleet, path)
      if (kind === null || kind === 'folder') return []
      return [
        {
          status: 'fail',
          detail: `${path} is no folder but a ${kind}`,
          fix: `mv ${shellWord(path)} ${shellWord(`${path}.old`)}`,
        },
      ]
    })
    return {seen: count(wanted.length, 'folder'), troubles}
  },
}

/** Where files have to lie. */
export const FOLDER_CHECKUPS: readonly Checkup[] = [folders]

const OF_FLEET = ['workspaces', 'guardrails', 'keys', 'tasks', 'alerts', 'approvals', 'usage']
const OF_MACHINE = ['keys', 'locks', 'runs', 'beats', 'journal', 'staging', 'transcripts', 'people']

function wantedFolders({home}: Fleet): string[] {
  const ofAgents = listAgents(home).flatMap((agent) => {
    const {inbox, inboxNew, inboxCur, inboxTmp, held, quarantine, memoryFolder} = agentPaths(agent)
    return [inbox, inboxNew, inboxCur, inboxTmp, held, quarantine, memoryFolder]
  })
  return [...OF_FLEET, ...OF_MACHINE.map((name) => `.mcos/${name}`), ...ofAgents]
}

/** null: it isn't there, or what it lies in is no folder itself. */
function kindOf({home}: Fleet, path: string): string | null {
  try {
    return home.files.stat(path)?.kind ?? null
  } catch (error) {
    if (isUserError(error)) return null
    throw error
  }
}
