import {diffCommits} from './diff.js'
import {git} from './plumbing.js'
import {findRepository} from './repository.js'
import {findTurn, listUndos, type TurnCommit, undoneTurns} from './turns.js'

export interface ShownTurn extends TurnCommit {
  /** The commit's message below its subject, without trailers. */
  readonly body: string
  readonly files: readonly {readonly path: string; readonly change: 'added' | 'modified' | 'deleted'}[]
  /** As `git show` prints it, with moves found. */
  readonly diff: string
  /** The turn that has taken this one back. */
  readonly undoneBy: string | null
}

/** One turn whole, found by any unique beginning of its id. */
export async function showTurn(home: string, typed: string): Promise<ShownTurn> {
  const repository = findRepository(home)
  const turn = findTurn(repository, typed)
  const {openGit} = await import('./git.js')
  const scope = repository.prefix === '' ? [] : ['--', repository.prefix]
  const plain = ['--no-ext-diff', '--no-textconv', '--no-color', '--no-show-signature', '-M']
  const diff = await openGit(repository).raw(['show', '--format=', ...plain, turn.commit, ...scope])
  const changes = diffCommits(repository, [turn.commit]).get(turn.commit) ?? []
  return {
    ...turn,
    body: bodyOf(git(repository, ['log', '-1', '--no-show-signature', '--format=%b', turn.commit]).toString(), turn),
    files: changes.map(({path, before, after}) => ({path, change: !before ? 'added' : after ? 'modified' : 'deleted'})),
    diff,
    undoneBy: undoneTurns(listUndos(repository)).get(turn.turn) ?? null,
  }
}

function bodyOf(message: string, {trailers}: TurnCommit): string {
  const lines = message.trimEnd().split('\n')
  return lines
    .slice(0, lines.length - trailers.length)
    .join('\n')
    .trim()
}
