import {existsSync, realpathSync} from 'node:fs'
import {hostname} from 'node:os'
import path from 'node:path'
import {readObjects} from '../history/objects.js'
import {runGit} from '../history/plumbing.js'
import {readHead} from '../history/read-head.js'
import {findRepository} from '../history/repository.js'
import {type Clock, systemClock} from '../kit/clock.js'
import {EXIT, isUserError, UserError} from '../kit/errors.js'
import {openFolder} from '../kit/folder.js'
import type {Fleet} from '../workspace/fleet.js'
import {CONFIG_FILE, findHome} from '../workspace/home.js'
import {parseConfig} from '../workspace/parse-config.js'
import {ParsedCache} from '../workspace/parsed-cache.js'
import {openFleet} from './fleet.js'

/** A fleet to be looked at; `configError` is set where its mcos.yaml can't be read and the committed one stands in. */
export interface OpenedAnyway {
  readonly fleet: Fleet
  readonly configError: UserError | null
}

interface OpenOptions {
  readonly home?: string | undefined
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly clock?: Clock
}

/** Opens a fleet also when its mcos.yaml is broken: who is asked what is wrong must not fail at the first thing that is. */
export async function openAnyway({home, ...options}: OpenOptions): Promise<OpenedAnyway> {
  try {
    return {fleet: await openFleet(home === undefined ? options : {...options, home}), configError: null}
  } catch (error) {
    if (!isUserError(error)) throw error
    const found = error.code === 'NO_FLEET' ? findBereft({...options, home}) : findHome({...options, home})
    if (found === null) throw error
    const configError = error.code === 'NO_FLEET' ? gone() : error
    return {fleet: openByCommitted(found, options), configError}
  }
}

function gone(): UserError {
  return new UserError(`${CONFIG_FILE} is gone, and it was committed`, {
    code: 'CONFIG_GONE',
    fix: `git restore ${CONFIG_FILE}`,
    exit: EXIT.usage,
  })
}

/** A home that has lost its mcos.yaml: what mcos keeps there lies there still, and the last commit has the file. */
function findBereft({home, cwd, env}: OpenOptions): string | null {
  const named = home ?? (env['MCOS_HOME'] || undefined)
  let dir = path.resolve(cwd, named ?? '.')
  while (!existsSync(path.join(dir, '.mcos'))) {
    const above = path.dirname(dir)
    if (named !== undefined || above === dir) return null
    dir = above
  }
  try {
    return readHead(dir, [CONFIG_FILE]).get(CONFIG_FILE) ? realpathSync(dir) : null
  } catch (error) {
    // Without a repository nobody knows what was there.
    if (isUserError(error)) return null
    throw error
  }
}

function openByCommitted(dir: string, {env, clock = systemClock}: Omit<OpenOptions, 'home'>): Fleet {
  const files = openFolder(dir)
  files.makeFolder('.mcos')
  const configText = readCommitted(dir) ?? 'version: 1\n'
  const config = parseConfig(configText, CONFIG_FILE)
  const home = {dir, files, config, configText}
  const mcos = openFolder(`${dir}/.mcos`)
  return {home, mcos, clock, host: config.host ?? hostname(), env, cache: new ParsedCache(null)}
}

/** The last committed text that can be read: with nothing in its place, everything it names would seem to be missing. */
function readCommitted(dir: string): string | null {
  try {
    const repository = findRepository(dir)
    const file = `${repository.prefix}${CONFIG_FILE}`
    const {stdout} = runGit(repository, ['log', '--no-show-signature', `-${FAR_BACK}`, '--format=%H', '--', file])
    const commits = stdout
      .toString()
      .split('\n')
      .filter((line) => line !== '')
    const texts = readObjects(
      repository,
      commits.map((commit) => `${commit}:${file}`),
    )
    return texts.map((found) => found?.data.toString('utf8') ?? '').find(isReadable) ?? null
  } catch (error) {
    // No repository: the other checks say so.
    if (isUserError(error)) return null
    throw error
  }
}

const FAR_BACK = 30

function isReadable(text: string): boolean {
  try {
    parseConfig(text, CONFIG_FILE)
    return text.trim() !== ''
  } catch (error) {
    if (isUserError(error)) return false
    throw error
  }
}
