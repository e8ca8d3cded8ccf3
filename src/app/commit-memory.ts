import {commitPaths, type EditedFile, editedFiles} from '../history/commit-paths.js'
import {personIdentity} from '../history/person.js'
import {EXIT, UserError} from '../kit/errors.js'
import {newTurnId} from '../kit/ids.js'
import {readMemory} from '../memory/memory.js'
import {agentPaths, findAgent} from '../workspace/agents.js'
import type {Fleet} from '../workspace/fleet.js'
import {refuseSecrets} from './refuse-secrets.js'

/** What a person's edits of an agent's memory came to. */
export interface CommittedMemory {
  readonly agent: string
  readonly files: readonly Pick<EditedFile, 'path' | 'change'>[]
  readonly turn: string | null
  /** null when there was nothing to commit. */
  readonly commit: string | null
}

/** Commits what a person has changed by hand in an agent's MEMORY.md and daily logs, and nothing else. */
export function commitMemory(fleet: Fleet, name: string): CommittedMemory {
  const {home, clock, env} = fleet
  const agent = findAgent(home, name)
  const {path} = readMemory(home.files, agent)
  const {memoryFolder} = agentPaths(agent)
  const edited = editedFiles(home.dir, []).filter((file) => {
    return file.path === path || file.path.startsWith(`${memoryFolder}/`)
  })
  if (edited.length === 0) return {agent: agent.name, files: [], turn: null, commit: null}
  const author = personIdentity(home.dir, env)
  const turn = newTurnId(clock)
  const {commit, files} = commitPaths(
    home.dir,
    edited.map((file) => file.path),
    `${agent.name} memory: edited by hand`,
    {
      clock,
      author,
      check: (edited) => insistOnSound(fleet, edited),
      filters: home.config.git.filters,
      trailers: [
        ['Mcos-Agent', agent.name],
        ['Mcos-Turn', turn],
        ['Mcos-Trigger', 'person'],
        ['Mcos-By', author.name],
      ],
    },
  )
  const changed = files.map(({path, change}) => ({path, change}))
  return {agent: agent.name, files: changed, turn: commit === null ? null : turn, commit}
}

function insistOnSound(fleet: Fleet, files: readonly EditedFile[]): void {
  refuseSecrets(
    fleet,
    files.map(({path, content}) => ({name: path, text: content?.toString('utf8') ?? ''})),
  )
  const link = files.find(({change, content}) => change !== 'deleted' && content === null)
  if (!link) return
  throw new UserError(`${link.path} is a symbolic link, and links are not followed here.`, {
    code: 'PATH_LINK',
    fix: 'Put the real file in its place.',
    exit: EXIT.usage,
  })
}
