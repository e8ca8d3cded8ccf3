import {mkdirSync, type Stats, statSync} from 'node:fs'
import {homedir, userInfo} from 'node:os'
import path from 'node:path'
import {EXIT, isUserError, UserError} from '../kit/errors.js'
import {type Folder, openFolder} from '../kit/folder.js'
import {errnoOf, storageError} from '../kit/storage-error.js'
import {CONFIG_FILE, findHome} from '../workspace/home.js'

/** A second mcos.yaml would be a second truth. */
export function insistOnNoFleet(existing: Folder): void {
  if (existing.stat(CONFIG_FILE) === null) return
  throw new UserError(`${existing.dir} is a fleet home already: it has ${CONFIG_FILE}. Nothing was changed.`, {
    code: 'FLEET_EXISTS',
    fix: [`mcos init agent NAME --home ${existing.dir}`, 'mcos init fleet another-folder'],
    exit: EXIT.usage,
  })
}

/** Without a folder on the command line, a home directory or the inside of another fleet was hardly meant. */
export function insistOnOrdinaryFolder(dir: string, env: Readonly<Record<string, string | undefined>>): void {
  const isTooMuch = holdsEverything(dir, env)
  const outer = isTooMuch ? null : outerFleet(dir)
  if (!isTooMuch && outer === null) return
  const what = isTooMuch ? `${dir} is no folder for a fleet` : `${dir} lies inside the fleet ${outer}`
  throw new UserError(`${what}. Nothing was changed.`, {
    code: 'UNLIKELY_FOLDER',
    fix: ['mcos init fleet my-fleet', `mcos init fleet ${dir}   # if that is what you mean`],
    exit: EXIT.usage,
  })
}

/** Whether a folder is the root or somebody's home; under sudo, HOME and the home of who is logged in are two. */
export function holdsEverything(dir: string, env: Readonly<Record<string, string | undefined>>): boolean {
  return [path.parse(dir).root, path.resolve(env['HOME'] || homedir()), loginHome()].includes(dir)
}

function loginHome(): string | null {
  try {
    return userInfo().homedir
  } catch {
    return null // A container's user without an entry in passwd has none.
  }
}

function outerFleet(dir: string): string | null {
  const above = path.dirname(dir)
  try {
    return above === dir ? null : findHome({cwd: above, env: {}})
  } catch (error) {
    if (isUserError(error) && error.code === 'NO_FLEET') return null
    throw error
  }
}

/** The folder a fleet is wanted in; null when it has to be made first. */
export function openPlace(dir: string): Folder | null {
  return stateOf(dir) === undefined ? null : openFolder(dir)
}

/** Makes the folder, and those on the way. */
export function makePlace(dir: string): Folder {
  try {
    makeFolders(dir)
    return openFolder(dir)
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') throw takesNone(dir)
    throw isUserError(error) ? error : storageError(error, {path: dir, work: 'write'})
  }
}

function takesNone(dir: string): UserError {
  return new UserError(`${dir} can't be made: no folders can lie there.`, {
    code: 'NO_FOLDER',
    fix: 'mcos init ~/my-fleet   # or any folder on an ordinary disk',
    exit: EXIT.usage,
  })
}

/** One by one: Node's `recursive` never ends in a folder that takes none, such as /proc. */
function makeFolders(dir: string): void {
  if (stateOf(dir)) return
  makeFolders(path.dirname(dir))
  mkdirSync(dir)
}

function stateOf(dir: string): Stats | undefined {
  try {
    return statSync(dir, {throwIfNoEntry: false})
  } catch (error) {
    throw storageError(error, {path: dir, work: 'read'})
  }
}
