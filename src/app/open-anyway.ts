import {hostname} from 'node:os'
import {readHead} from '../history/read-head.js'
import {type Clock, systemClock} from '../kit/clock.js'
import {isUserError, type UserError} from '../kit/errors.js'
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
    if (!isUserError(error) || error.code === 'NO_FLEET') throw error
    return {fleet: openByCommitted({...options, home}), configError: error}
  }
}

function openByCommitted({home: wanted, cwd, env, clock = systemClock}: OpenOptions): Fleet {
  const dir = findHome({home: wanted, cwd, env})
  const files = openFolder(dir)
  files.makeFolder('.mcos')
  const configText = readCommitted(dir) ?? 'version: 1\n'
  const config = parseConfig(configText, CONFIG_FILE)
  const home = {dir, files, config, configText}
  const mcos = openFolder(`${dir}/.mcos`)
  return {home, mcos, clock, host: config.host ?? hostname(), env, cache: new ParsedCache(null)}
}

/** The committed text where that one can be read. */
function readCommitted(dir: string): string | null {
  try {
    const text = readHead(dir, [CONFIG_FILE]).get(CONFIG_FILE)?.toString('utf8') ?? null
    if (text !== null) parseConfig(text, CONFIG_FILE)
    return text
  } catch (error) {
    // No repository, or no better config in it: the other checks say so.
    if (isUserError(error)) return null
    throw error
  }
}
