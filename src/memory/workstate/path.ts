import {type AgentEntry, agentPaths} from '../../workspace/agents.js'
import {foldName} from '../../workspace/names.js'

/** The file of an agent's own work, or of its conversation with one person; from the home. */
export function workstatePath(agent: AgentEntry, person: string | null): string {
  const paths = agentPaths(agent)
  return person === null ? paths.workstate : paths.workstateWith(fileName(person))
}

/** Folder and ending of the conversations' files, to find them all. */
export function workstateFolder(agent: AgentEntry): string {
  return agentPaths(agent)
    .workstateWith('x')
    .replace(/\/[^/]*$/, '')
}

/** A person's name is written by people and channels: only letters, digits and "-" of it make a file name. */
function fileName(person: string): string {
  const plain = foldName(person)
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
  return plain.slice(0, 40) || 'someone'
}
