import {statSync} from 'node:fs'
import path from 'node:path'
import {shellWord} from '../kit/shell-word.js'
import {TURN_TRAILER} from './change-set.js'
import {hasJournal, listSetAside} from './journal.js'
import {git, runGit} from './plumbing.js'
import {findRepository, type Repository} from './repository.js'
import {readState} from './repository-state.js'

export interface HistoryProblem {
  readonly code: 'GIT_DAMAGED' | 'TURN_TWICE' | 'JOURNAL_LEFT' | 'JOURNAL_SET_ASIDE' | 'LOCK_LEFT'
  readonly message: string
  readonly fix: string
}

/** Everything that can be wrong with a fleet's history; empty when it is whole. Reads every object, so it takes its time. */
export function checkHistory(home: string): HistoryProblem[] {
  const repository = findRepository(home)
  return [...damaged(repository), ...doubled(repository), ...left(home, repository)]
}

function damaged(repository: Repository): HistoryProblem[] {
  const {code, stdout, stderr} = runGit(repository, ['fsck', '--no-dangling', '--no-progress'])
  if (code === 0) return []
  const lines = `${stdout}\n${stderr}`.split('\n').map((line) => line.trim())
  return lines
    .filter((line) => line !== '' && !line.startsWith('notice:'))
    .map((line) => ({
      code: 'GIT_DAMAGED',
      message: `git: ${line}`,
      fix: 'Fetch the objects from a clone: git fetch ORIGIN',
    }))
}

function doubled(repository: Repository): HistoryProblem[] {
  if (readState(repository).head === null) return []
  const scope = repository.prefix === '' ? [] : ['--', repository.prefix]
  const format = `--format=%(trailers:key=${TURN_TRAILER},valueonly)`
  const output = git(repository, ['log', '--no-show-signature', `--grep=^${TURN_TRAILER}: `, format, 'HEAD', ...scope])
  const counts = new Map<string, number>()
  for (const turn of output.toString().split('\n')) if (turn !== '') counts.set(turn, (counts.get(turn) ?? 0) + 1)
  return [...counts]
    .filter(([, count]) => count > 1)
    .map(([turn, count]) => ({
      code: 'TURN_TWICE',
      message: `Turn ${turn} has ${count} commits.`,
      fix: `mcos show ${turn}`,
    }))
}

function left(home: string, {gitDir}: Repository): HistoryProblem[] {
  const problems: HistoryProblem[] = listSetAside(home).map((file) => ({
    code: 'JOURNAL_SET_ASIDE',
    message: `${file} holds a turn that could not be finished.`,
    fix: `Look into it, put right by hand what is missing, then remove it: rm ${shellWord(file)}`,
  }))
  if (hasJournal(home)) {
    problems.push({
      code: 'JOURNAL_LEFT',
      message: 'A stopped process has left work that the next run finishes.',
      fix: 'mcos heartbeat',
    })
  }
  const lock = path.join(gitDir, 'index.lock')
  const found = statSync(lock, {throwIfNoEntry: false})
  if (found && Date.now() - found.mtimeMs > 600_000) {
    problems.push({
      code: 'LOCK_LEFT',
      message: `${lock} is older than ten minutes.`,
      fix: `If no git is running: rm ${shellWord(lock)}`,
    })
  }
  return problems
}
