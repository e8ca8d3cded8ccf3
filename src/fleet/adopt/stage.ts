import {EXIT, UserError} from '../../kit/errors.js'
import type {Folder} from '../../kit/folder.js'
import {contentHash} from '../../kit/hash.js'
import {removeEmptyFolders} from '../move-folder.js'
import type {Scan} from './scan.js'

const STAGING_PREFIX = '.adopting-'
const HUGE_BYTES = 64 * 1024 * 1024

/** Copies what was scanned into a folder of the home, byte for byte; what an earlier, cut short run left there goes first. */
export function stageFiles(
  source: Folder,
  scan: Scan,
  {home, staged, sync}: {readonly home: Folder; readonly staged: string; readonly sync: boolean},
): void {
  clearStage(home, staged)
  for (const {path, mode} of scan.files) {
    const bytes = source.read(path, {maxBytes: HUGE_BYTES})
    if (bytes === null) throw hasGone(`${source.dir}/${path}`)
    home.write(`${staged}/${path}`, bytes, {mode, sync, expect: null})
  }
}

/** Where the files of an agent-to-be are put together, beside where they will stand. */
export function stagingFolder(name: string): string {
  return `workspaces/${STAGING_PREFIX}${name}`
}

/** Removes what runs that were killed after their commit have left: the empty folders of agents that are there. */
export function sweepStages(home: Folder): void {
  for (const {name, kind} of home.list('workspaces')) {
    const agent = name.startsWith(STAGING_PREFIX) ? name.slice(STAGING_PREFIX.length) : null
    if (agent !== null && kind === 'folder' && home.stat(`workspaces/${agent}`)) {
      removeEmptyFolders(home, `workspaces/${name}`)
    }
  }
}

/** Empties and removes a staging folder. */
export function clearStage(home: Folder, staged: string): void {
  for (const {name, kind} of home.list(staged)) {
    if (kind === 'folder') clearStage(home, `${staged}/${name}`)
    else home.remove(`${staged}/${name}`)
  }
  home.removeFolder(staged)
}

/** Removes the originals that arrived unchanged, and the folders this empties; the number that stayed is told. */
export function removeOriginals(
  source: Folder,
  scan: Scan,
  {home, to}: {readonly home: Folder; readonly to: string},
): number {
  let stayed = 0
  for (const {path} of scan.files) {
    const arrived = home.read(`${to}/${path}`, {maxBytes: HUGE_BYTES})
    const original = source.read(path, {maxBytes: HUGE_BYTES})
    if (arrived && original?.equals(arrived)) source.remove(path, {expect: contentHash(original)})
    else stayed++
  }
  for (const folder of foldersOf(scan)) source.removeFolder(folder)
  return stayed
}

/** The folders that held what was scanned, innermost first; others' folders are none of ours. */
function foldersOf({files}: Scan): string[] {
  const folders = new Set<string>()
  for (const {path} of files) {
    const parts = path.split('/').slice(0, -1)
    for (let depth = parts.length; depth > 0; depth--) folders.add(parts.slice(0, depth).join('/'))
  }
  return [...folders].sort((a, b) => b.split('/').length - a.split('/').length)
}

function hasGone(path: string): UserError {
  return new UserError(`${path} has gone while it was being adopted. Nothing was changed.`, {
    code: 'CONFLICT',
    fix: 'Stop the old runtime, then run the same command again.',
    exit: EXIT.failed,
  })
}
