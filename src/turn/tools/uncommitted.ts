import {readHead} from '../../history/read-head.js'
import type {Fleet} from '../../workspace/fleet.js'
import type {Draft} from '../draft.js'

/**
 * Those of the paths that a person has changed and not committed: the turn's commit would be refused over them, so
 * they are told at once, while a model can still do something else.
 */
export function findUncommitted({home}: Fleet, draft: Draft, paths: readonly string[]): ReadonlySet<string> {
  const touched = draft.touched()
  const fresh = paths.filter((path) => !touched.has(path))
  if (fresh.length === 0) return new Set()
  const committed = readHead(home.dir, fresh)
  return new Set(fresh.filter((path) => !isSame(home.files.read(path), committed.get(path) ?? null)))
}

/** A checkout may have turned line ends into CRLF; to git that is the same file. A file that is gone is nobody's edit. */
function isSame(disk: Buffer | null, committed: Buffer | null): boolean {
  if (disk === null) return true
  if (committed === null) return false
  return disk.equals(committed) || unifyLines(disk) === unifyLines(committed)
}

function unifyLines(bytes: Buffer): string {
  return bytes.toString('latin1').replaceAll('\r\n', '\n')
}
