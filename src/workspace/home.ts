import {statSync} from 'node:fs'
import path from 'node:path'
import {EXIT, UserError} from '../kit/errors.js'
import {type Folder, openFolder} from '../kit/folder.js'
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
    const dir = path.resolve(cwd, named)
    if (isHome(dir)) return dir
    const source = home === undefined ? 'MCOS_HOME' : '--home'
    throw noFleet(`${source} names ${dir}, and there is no ${CONFIG_FILE}.`, `mcos init fleet ${dir}`)
  }
  for (let dir = path.resolve(cwd); ; dir = path.dirname(dir)) {
    if (isHome(dir)) return dir
    if (dir === path.dirname(dir)) break
  }
  throw noFleet(`There is no fleet here: no ${CONFIG_FILE} in ${path.resolve(cwd)} or above it.`, [
    'mcos init   # begins one',
    'cd into yours, or name it with --home DIR or MCOS_HOME',
  ])
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
  if (configText === null) throw noFleet(`There is no ${CONFIG_FILE} in ${dir}.`, `mcos init fleet ${dir}`)
  const known = cached?.(configText)
  if (known) return {dir, files, config: known, configText}
  const {parseConfig} = await import('./config.js')
  const config = parseConfig(configText, CONFIG_FILE, {name: path.basename(dir)})
  return {dir, files, config, configText}
}

function isHome(dir: string): boolean {
  return statSync(path.join(dir, CONFIG_FILE), {throwIfNoEntry: false})?.isFile() ?? false
}

function noFleet(message: string, fix: string | string[]): UserError {
  return new UserError(message, {code: 'NO_FLEET', fix, exit: EXIT.usage})
}
