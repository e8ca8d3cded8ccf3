import {readFileSync} from 'node:fs'
import path from 'node:path'
import {findRepository, type Repository} from '../../history/repository.js'
import {readState} from '../../history/repository-state.js'
import type {StagedOptions} from '../../history/staged.js'
import type {Fleet} from '../../workspace/fleet.js'
import {openFleet} from '../fleet.js'

/** Where git has called a hook from. */
export interface HookCall {
  /** The fleet's home as the hook was installed for it; null: the nearest one. */
  readonly home: string | null
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** What git hands the hook: a file, a remote. */
  readonly args: readonly string[]
  readonly stdin: string
}

/** What a hook of git says: what it tells, and whether git may go on. */
export interface HookWord {
  readonly isRefused: boolean
  readonly lines: readonly string[]
}

export const GO_ON: HookWord = {isRefused: false, lines: []}

/** The fleet and the work tree that a hook is about. */
export interface HookSite extends StagedOptions {
  readonly fleet: Fleet
  readonly repository: Repository
  /** The commits that are being merged in; none outside a merge. */
  readonly mergeHeads: readonly string[]
}

/** null: the repository is not the fleet's, and the hook has nothing to do there. */
export async function openSite({home, cwd, env}: HookCall): Promise<HookSite | null> {
  const fleet = await openFleet({...(home === null ? {} : {home}), cwd, env})
  const own = findRepository(fleet.home.dir)
  const here = findRepository(cwd)
  if (here.commonDir !== own.commonDir) return null
  // Another work tree of the same repository has the home at the same place.
  const repository = {...here, prefix: own.prefix}
  const index = env['GIT_INDEX_FILE']
  return {
    fleet,
    repository,
    head: readState(repository).head,
    indexFile: index === undefined || index === '' ? null : path.resolve(cwd, index),
    mergeHeads: [...recordedHeads(repository.gitDir), ...headsIn(env)],
  }
}

function recordedHeads(gitDir: string): string[] {
  try {
    return readFileSync(path.join(gitDir, 'MERGE_HEAD'), 'utf8').split('\n').filter(isId)
  } catch {
    // No merge waits for a person's hand.
    return []
  }
}

/** While git itself makes the merge it has written nothing down yet, and names what comes in by its environment. */
function headsIn(env: HookCall['env']): string[] {
  return Object.keys(env)
    .flatMap((name) => (name.startsWith('GITHEAD_') ? [name.slice(8)] : []))
    .filter(isId)
}

function isId(text: string): boolean {
  return /^[0-9a-f]{40,64}$/.test(text)
}
