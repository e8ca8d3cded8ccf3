import type {Folder} from '../kit/folder.js'
import type {Change} from '../workspace/change.js'

/** A shipped folder's files as new files of a home; `to` is "" for the home itself. */
export function copyFolder(shipped: Folder, {from, to}: {readonly from: string; readonly to: string}): Change[] {
  return shipped.list(from).flatMap(({name, kind}): Change[] => {
    const source = `${from}/${name}`
    const path = to === '' ? name : `${to}/${name}`
    if (kind === 'folder') return copyFolder(shipped, {from: source, to: path})
    // A sample that somebody ran in place has left this machine's own things behind.
    if (kind !== 'file' || name === '.gitignore' || path.startsWith('.mcos/')) return []
    return [{kind: 'write', path, content: shipped.readText(source) ?? '', expect: null}]
  })
}
