import {statSync} from 'node:fs'
import {basename, dirname, join, resolve} from 'node:path'
import {EXIT, UserError} from '../kit/errors.js'
import {type Folder, openFolder} from '../kit/folder.js'
import {shellWord} from '../kit/shell-word.js'
import {errnoOf, storageError} from '../kit/storage-error.js'
import type {FleetConfig} from './config.js'

/** The file that makes a folder a fleet home. */
export const CONFIG_FILE = 'mcos.yaml'

/** A fleet home that was found and whose mcos.yaml was read. */
export interface Home {
  /** Absolute. */
  readonly dir: string
  readonly files: Folder
  readonly config: FleetConfig
  /** The text `config` was read from: what a cache is keyed by. */
  readonly configText: string
}

/** The folder of the fleet: what `--home` or MCOS_HOME names, or the nearest one upwards that has an mcos.yaml. */
export function findHome({
  home,
  cwd,
  env,
}: {
  readonly home?: string | undefined
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
}): string {
  const named = home ?? (env['MCOS_HOME'] || undefined)
  if (named !== undefined) {
    const dir = resolve(cwd, named)
    if (isHome(dir)) return dir
    if (isBereft(dir)) throw bereft(dir, cwd)
    const source = home === undefined ? 'MCOS_HOME' : '--home'
    throw noFleet(`${source} names ${dir}, and there is no ${CONFIG_FILE}.`, `mcos init fleet ${shellWord(dir)}`)
  }
  for (let dir = resolve(cwd); ; dir = dirname(dir)) {
    if (isHome(dir)) return dir
    if (dir === dirname(dir)) break
  }
  const lost = bereftHome(cwd)
  if (lost !== null) throw bereft(lost, cwd)
  throw noFleet(`There is no fleet here: no ${CONFIG_FILE} in ${resolve(cwd)} or above it.`, [
    'mcos init   # begins one',
    'cd into yours, or name it with --home DIR or MCOS_HOME',
  ])
}

/** The nearest folder upwards in which a fleet has lost its mcos.yaml: what mcos keeps of it lies there still. */
export function bereftHome(cwd: string): string | null {
  for (let dir = resolve(cwd); ; dir = dirname(dir)) {
    if (isBereft(dir)) return dir
    if (dir === dirname(dir)) return null
  }
}

/**
 * Opens the home and reads its config. The parser and its libraries are only loaded when `cached` doesn't know the
 * text: a heartbeat with nothing due never pays for them.
 */
export async function readHome(
  dir: string,
  {cached}: {readonly cached?: (configText: string) => FleetConfig | null} = {},
): Promise<Home> {
  const files = openFolder(dir)
  const configText = files.readText(CONFIG_FILE)
  if (configText === null) throw noFleet(`There is no ${CONFIG_FILE} in ${dir}.`, `mcos init fleet ${shellWord(dir)}`)
  const known = cached?.(configText)
  if (known) return {dir, files, config: known, configText}
  const {parseConfig} = await import('./parse-config.js')
  const config = parseConfig(configText, CONFIG_FILE, {name: basename(dir)})
  return {dir, files, config, configText}
}

/** Nothing there, a file on the way, a name that no disk takes, a link in a circle. */
const NOT_THERE = ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP']

function isHome(dir: string): boolean {
  const config = join(dir, CONFIG_FILE)
  try {
    return statSync(config, {throwIfNoEntry: false})?.isFile() ?? false
  } catch (error) {
    if (NOT_THERE.includes(errnoOf(error) ?? '')) return false
    throw storageError(error, {path: config, work: 'read'})
  }
}

function isBereft(dir: string): boolean {
  return !isHome(dir) && isFolder(join(dir, '.mcos'))
}

function isFolder(at: string): boolean {
  try {
    return statSync(at, {throwIfNoEntry: false})?.isDirectory() ?? false
  } catch (error) {
    if (NOT_THERE.includes(errnoOf(error) ?? '')) return false
    throw storageError(error, {path: at, work: 'read'})
  }
}

/** To begin a fleet would be the wrong advice here: this one has its agents and its history. */
function bereft(dir: string, cwd: string): UserError {
  const there = resolve(cwd) === dir ? '' : `-C ${shellWord(dir)} `
  return noFleet(`${CONFIG_FILE} is gone from ${dir}, where a fleet lies.`, [
    `git ${there}restore ${CONFIG_FILE}`,
    `mcos doctor${there === '' ? '' : ` --home ${shellWord(dir)}`}`,
  ])
}

function noFleet(message: string, fix: string | string[]): UserError {
  return new UserError(message, {code: 'NO_FLEET', fix, exit: EXIT.usage})
}
