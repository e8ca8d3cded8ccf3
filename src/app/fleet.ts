import {hostname} from 'node:os'
import {type Clock, systemClock} from '../kit/clock.js'
import {isUserError} from '../kit/errors.js'
import {type Folder, openFolder} from '../kit/folder.js'
import type {FleetConfig} from '../workspace/config.js'
import type {Fleet} from '../workspace/fleet.js'
import {findHome, readHome} from '../workspace/home.js'
import {PARSED_CACHE_FILE, ParsedCache} from '../workspace/parsed-cache.js'

export type {Fleet} from '../workspace/fleet.js'

export interface OpenFleetOptions {
  readonly home?: string
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly clock?: Clock
}

/** Finds the fleet home and reads its configuration; a fleet that can't be read whole is not opened at all. */
export async function openFleet({home: wanted, cwd, env, clock = systemClock}: OpenFleetOptions): Promise<Fleet> {
  const dir = findHome({home: wanted, cwd, env})
  const files = openFolder(dir)
  const cache = new ParsedCache(readCache(files))
  const home = await readHome(dir, {cached: (text) => cache.peek<FleetConfig>('config', text) ?? null})
  cache.keep('config', home.configText, home.config)
  files.makeFolder('.mcos')
  if (/^[^#\n]*\bkeyring:/m.test(home.configText)) await lookUpKeptOf(files, home.config)
  return {
    home,
    mcos: openFolder(`${dir}/.mcos`),
    clock,
    // Only when it is asked for: that part of Node takes longer to set up than many a command needs it.
    get host() {
      return home.config.host ?? hostname()
    },
    env,
    cache,
  }
}

/** Secrets are read where nothing can wait; what has to be waited for is looked up here, by those fleets that have such. */
async function lookUpKeptOf(files: Folder, config: FleetConfig): Promise<void> {
  const [{lookUpKept}, {secretRefsIn}] = await Promise.all([
    import('../workspace/kept-secrets.js'),
    import('../workspace/secret-ref.js'),
  ])
  await lookUpKept(
    files,
    secretRefsIn(config).map(({ref}) => ref),
  )
}

/** Keeps what was parsed for the next start; losing it costs time only. */
export function saveParsedCache({cache, mcos}: Pick<Fleet, 'cache' | 'mcos'>): void {
  const text = cache.textToSave()
  if (text === null) return
  try {
    mcos.write(PARSED_CACHE_FILE, text, {sync: false})
  } catch (error) {
    // A full disk, or a folder in its place: whatever must be written says so itself.
    if (!isUserError(error)) throw error
  }
}

function readCache(files: Folder): string | null {
  try {
    return files.readText(`.mcos/${PARSED_CACHE_FILE}`)
  } catch (error) {
    // A cache that can't be read is an empty one.
    if (isUserError(error)) return null
    throw error
  }
}
