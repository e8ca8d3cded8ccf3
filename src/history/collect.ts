import path from 'node:path'
import type {Clock} from '../kit/clock.js'
import {openFolder} from '../kit/folder.js'
import {tryLock} from '../kit/lock.js'
import {configValue} from './git-config.js'
import {COMMIT_LOCK} from './leftover.js'
import {runGit} from './plumbing.js'
import {findRepository, listNames, type Repository} from './repository.js'

export type Collected = 'not-needed' | 'busy' | 'collected' | 'failed'

const LOOSE_LIMIT = 6700
const PACK_LIMIT = 50

/** A pack of this size is finished and left alone, so that years of history aren't written anew every day. */
const FINISHED_PACK = '32m'

/**
 * Packs what has piled up, by git's own thresholds; for the time after a beat, never within a turn. The commit lock
 * must be free and isn't held meanwhile: git collects beside commits safely, and a turn never waits for it.
 */
export function maybeCollect(
  home: string,
  {clock, isForced = false}: {readonly clock: Clock; readonly isForced?: boolean},
): Collected {
  const repository = findRepository(home)
  if (!isForced && !isCollectionDue(repository)) return 'not-needed'
  const mcos = openFolder(path.join(home, '.mcos'))
  const commit = tryLock(mcos, COMMIT_LOCK, {clock})
  if (!('lock' in commit)) return 'busy'
  commit.lock.release()
  const collecting = tryLock(mcos, '_collect', {clock, leaseMs: 3_600_000})
  if (!('lock' in collecting)) return 'busy'
  try {
    const finished = configValue(repository.config, 'gc.bigpackthreshold') ?? FINISHED_PACK
    const {code} = runGit(repository, ['gc', ...(isForced ? [] : ['--auto']), '--quiet'], {
      config: [`gc.auto=${looseLimit(repository)}`, `gc.bigPackThreshold=${finished}`, 'gc.autoDetach=false'],
    })
    return code === 0 ? 'collected' : 'failed'
  } finally {
    collecting.lock.release()
  }
}

/** Counts as git does: one of the 256 folders stands for all. */
export function isCollectionDue(repository: Repository): boolean {
  const limit = looseLimit(repository)
  if (limit <= 0) return false
  const objects = path.join(repository.commonDir, 'objects')
  const loose = listNames(path.join(objects, '17')).filter((name) => /^[0-9a-f]{38,62}$/.test(name)).length
  if (loose > Math.ceil(limit / 256)) return true
  const packs = listNames(path.join(objects, 'pack'))
  const kept = new Set(packs.filter((name) => name.endsWith('.keep')).map((name) => name.replace(/keep$/, 'pack')))
  return packs.filter((name) => name.endsWith('.pack') && !kept.has(name)).length > packLimit(repository)
}

function looseLimit({config}: Repository): number {
  return numberOr(configValue(config, 'gc.auto'), LOOSE_LIMIT)
}

function packLimit({config}: Repository): number {
  const limit = numberOr(configValue(config, 'gc.autopacklimit'), PACK_LIMIT)
  return limit <= 0 ? Number.POSITIVE_INFINITY : limit
}

function numberOr(text: string | null, fallback: number): number {
  const number = text === null ? Number.NaN : Number(text)
  return Number.isFinite(number) ? number : fallback
}
