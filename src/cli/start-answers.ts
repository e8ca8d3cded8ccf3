import {existsSync, statSync} from 'node:fs'
import {homedir} from 'node:os'
import path from 'node:path'
import {detectEngines} from '../app/start/detect-engines.js'
import {type Around, detectSurroundings, isMaildir, isRepository} from '../app/start/detect-surroundings.js'
import {detectWorkspaces, isWorkspace} from '../app/start/detect-workspaces.js'
import type {EngineOffer} from '../app/start/engine-offer.js'
import {proposePlace} from '../app/start/propose-place.js'
import {holdsEverything} from '../fleet/place.js'
import {EXIT, UserError} from '../kit/errors.js'
import {CONFIG_FILE} from '../workspace/home.js'

/** What flags have answered; what they leave open is asked, or takes its default. */
export interface StartAnswers {
  readonly dir?: string | undefined
  readonly adopt?: string | undefined
  readonly engine?: string | undefined
  readonly template?: string | undefined
  readonly agent?: string | undefined
  readonly watch?: readonly string[] | undefined
  readonly schedule?: string | undefined
}

export interface Here {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/** What is on this machine already: what the questions propose. */
export interface Found {
  readonly place: string
  readonly workspaces: readonly string[]
  readonly engines: readonly EngineOffer[]
  readonly around: Around
}

/** Looks round once, before the first question: nothing waits for longer than a second. */
export async function lookAround(here: Here, {ollama}: {readonly ollama?: string} = {}): Promise<Found> {
  return {
    place: proposePlace(here),
    workspaces: detectWorkspaces(here),
    engines: await detectEngines({env: here.env, ...(ollama === undefined ? {} : {ollama})}),
    around: detectSurroundings(here),
  }
}

/** A folder as it was typed, `~` for the home folder. */
export function folderOf(typed: string, {cwd, env}: Here): string {
  return path.resolve(cwd, typed.replace(/^~(?=\/|$)/, env['HOME'] || homedir()))
}

/** Why a fleet can't begin in a folder; null where it can. */
export function wrongPlace(dir: string, {env}: Here): string | null {
  if (holdsEverything(dir, env)) {
    return `${dir} is no folder for a fleet: it would make everything below it part of one. Name one inside, such as ${path.join(dir, 'my-fleet')}.`
  }
  if (existsSync(path.join(dir, CONFIG_FILE))) return `${dir} is a fleet already. Name another folder.`
  const file = pathsTo(dir).find(isFile)
  return file === undefined ? null : `${file} is a file. Name a folder.`
}

/** A path and every folder on the way to it, the outermost first. */
function pathsTo(dir: string): string[] {
  const above = path.dirname(dir)
  return above === dir ? [dir] : [...pathsTo(above), dir]
}

function isFile(at: string): boolean {
  return existsSync(at) && !statSync(at).isDirectory()
}

/** Why a folder can't be adopted; null where it can. */
export function wrongWorkspace(dir: string): string | null {
  return isWorkspace(dir) ? null : `${dir} has no SOUL.md, HEARTBEAT.md or IDENTITY.md, so it is no agent's workspace.`
}

/** Folders named to be watched, told apart by what they are. */
export function sortWatches(typed: readonly string[], around: Around, here: Here): Around {
  const words = typed.flatMap((word) => word.split(',')).map((word) => word.trim())
  const folders = words.flatMap((word) => {
    if (word === 'none' || word === '') return []
    return word === 'all' ? [...around.repositories, ...around.maildirs] : [folderOf(word, here)]
  })
  const unknown = folders.find((dir) => !isRepository(dir) && !isMaildir(dir))
  if (unknown !== undefined) {
    throw new UserError(`${unknown} is neither a git repository nor a maildir, so there is nothing to watch in it.`, {
      code: 'USAGE',
      fix: '--watch all, --watch none, or --watch FOLDER once for each',
      exit: EXIT.usage,
    })
  }
  return {
    repositories: [...new Set(folders.filter(isRepository))],
    maildirs: [...new Set(folders.filter((dir) => !isRepository(dir)))],
  }
}
