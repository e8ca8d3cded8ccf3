import type {Folder} from '../kit/folder.js'
import type {Change} from '../workspace/change.js'

/** Every file below one folder moved below another, each as a change of its own; links are refused by whoever moves. */
export function planFolderMove(files: Folder, {from, to}: {readonly from: string; readonly to: string}): Change[] {
  return files.list(from).flatMap(({name, kind}): Change[] => {
    const source = `${from}/${name}`
    const target = `${to}/${name}`
    if (kind === 'folder') return planFolderMove(files, {from: source, to: target})
    return [{kind: 'move', from: source, to: target}]
  })
}

/** The folders that moving has left empty, innermost first; one that still holds something stays. */
export function removeEmptyFolders(files: Folder, folder: string): void {
  for (const {name, kind} of files.list(folder)) {
    if (kind === 'folder') removeEmptyFolders(files, `${folder}/${name}`)
  }
  files.removeFolder(folder)
}

/** Whether anything but folders lies below; what an undo emptied is as good as gone. */
export function holdsFiles(files: Folder, folder: string): boolean {
  const facts = files.stat(folder)
  if (facts?.kind !== 'folder') return facts !== null
  return files.list(folder).some(({name, kind}) => kind !== 'folder' || holdsFiles(files, `${folder}/${name}`))
}
