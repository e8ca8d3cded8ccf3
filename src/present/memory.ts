import type {CommittedMemory} from '../app/commit-memory.js'
import type {AddedFact, ShownMemory} from '../app/memory.js'

/** The file as it is; how it had to be read stands on top when that wasn't plainly. */
export function presentMemory({agent, path, text, warnings}: ShownMemory): string {
  if (text.trim() === '') return `${agent} has no memory yet.`
  return [...warnings.map((warning) => `${path}: ${warning}`), text].join('\n')
}

/** That it will be remembered, or was known before. */
export function presentAdded({agent, path, topic, added, commit}: AddedFact): string {
  if (!added) return `${agent} knew that already: ${path} is as it was.`
  return `Added to ${path} under "${topic}"${commit === null ? ', not committed' : ''}.`
}

/** Which files were committed, or that there was nothing to do. */
export function presentCommitted({agent, files, commit}: CommittedMemory): string {
  if (commit === null) return `Nothing has changed in the memory of ${agent}.`
  return [`Committed ${commit.slice(0, 10)}:`, ...files.map(({path, change}) => `  ${change} ${path}`)].join('\n')
}
