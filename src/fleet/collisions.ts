import {EXIT, UserError} from '../kit/errors.js'
import type {Folder} from '../kit/folder.js'
import {contentHash} from '../kit/hash.js'
import type {Change} from '../workspace/change.js'

/** What stands where a new file would go. The same content is none: a run that was killed may have left it. */
function findCollisions(existing: Folder, changes: readonly Change[]): string[] {
  return changes.flatMap((change) => {
    if (change.kind !== 'write' || change.expect !== null) return []
    const facts = existing.stat(change.path)
    if (facts === null) return []
    const isSame =
      facts.kind === 'file' && contentHash(existing.read(change.path) ?? '') === contentHash(change.content)
    return isSame ? [] : [change.path]
  })
}

export function insistOnNoCollisions(existing: Folder, changes: readonly Change[]): void {
  const found = findCollisions(existing, changes)
  if (found.length === 0) return
  const shown = found.slice(0, 12).join(', ')
  const more = found.length > 12 ? ` and ${found.length - 12} more` : ''
  throw new UserError(`${existing.dir} already has what would be written: ${shown}${more}. Nothing was changed.`, {
    code: 'COLLISION',
    fix: [
      'Choose another folder, or move these away first.',
      `mcos adopt ${existing.dir} --dry-run   # if they are an agent you have already`,
    ],
    exit: EXIT.usage,
  })
}
