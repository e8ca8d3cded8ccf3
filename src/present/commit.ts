import type {CommittedEdits} from '../app/commit.js'

/** The commit and what is in it, or that there was nothing to commit. */
export function presentCommitted({commit, turn, files}: CommittedEdits): string {
  if (commit === null) return 'Nothing to commit: every fleet file is as the last commit has it.'
  return [`${commit.slice(0, 10)}  ${turn}`, ...files.map(({path, change}) => `  ${change.padEnd(8)}  ${path}`)].join(
    '\n',
  )
}
