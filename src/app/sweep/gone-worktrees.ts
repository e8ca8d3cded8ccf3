import {existsSync} from 'node:fs'
import path from 'node:path'
import {findRepository, listNames, readSmall} from '../../history/repository.js'
import {isUserError} from '../../kit/errors.js'
import type {Fleet} from '../../workspace/fleet.js'

export interface GoneWorktree {
  /** git's own entry, from the home. */
  readonly path: string
  /** Where it was, below `.mcos`. */
  readonly folder: string
}

/** Worktrees that mcos had made and whose folders are gone; a person's own are the person's, and a locked one is away. */
export function goneWorktrees({home, mcos}: Pick<Fleet, 'home' | 'mcos'>): GoneWorktree[] {
  const dir = adminFolder(home.dir)
  if (dir === null) return []
  return listNames(dir).flatMap((name): GoneWorktree[] => {
    const pointer = readSmall(path.join(dir, name, 'gitdir'))?.trim()
    if (pointer === undefined || existsSync(pointer) || existsSync(path.join(dir, name, 'locked'))) return []
    const folder = path.dirname(pointer)
    return folder.startsWith(`${mcos.dir}/`) ? [{path: path.relative(home.dir, path.join(dir, name)), folder}] : []
  })
}

function adminFolder(home: string): string | null {
  try {
    return path.join(findRepository(home).commonDir, 'worktrees')
  } catch (error) {
    // git's own checks tell of it.
    if (isUserError(error)) return null
    throw error
  }
}
