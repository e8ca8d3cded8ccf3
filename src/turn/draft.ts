import {VirtualDisk} from '../history/virtual-disk.js'
import type {Folder} from '../kit/folder.js'
import {type Change, pathsOf} from '../workspace/change.js'
import {BadCall} from './bad-call.js'

/**
 * The home as it will be once the turn is committed: what a tool reads is what an earlier one has planned. Nothing is
 * written before the commit, so a turn that is killed has changed nothing.
 */
export class Draft {
  private readonly disk: VirtualDisk
  private planned: readonly Change[] = []

  constructor(private readonly files: Folder) {
    this.disk = VirtualDisk.over(files)
  }

  /** All that was planned, in its order. */
  changes(): readonly Change[] {
    return this.planned
  }

  read(path: string): Buffer | null {
    return this.disk.after(path)?.content ?? null
  }

  readText(path: string): string | null {
    return this.read(path)?.toString('utf8') ?? null
  }

  /** Paths that are there or will be, or will be gone, by this turn's own doing. */
  touched(): ReadonlySet<string> {
    return new Set(this.planned.flatMap(pathsOf))
  }

  /** Names in a folder, of files and folders, sorted; a folder's name ends with "/". */
  list(folder: string): string[] {
    const prefix = folder === '.' ? '' : `${folder}/`
    const names = new Set(this.files.list(folder).map(({name, kind}) => (kind === 'folder' ? `${name}/` : name)))
    for (const path of this.touched()) {
      if (!path.startsWith(prefix)) continue
      const [name = '', ...below] = path.slice(prefix.length).split('/')
      if (below.length > 0) names.add(`${name}/`)
      else if (this.disk.after(path) === null) names.delete(name)
      else names.add(name)
    }
    return [...names].sort()
  }

  /** Lays changes over the rest, all of them or none. */
  add(changes: readonly Change[]): void {
    const trial = this.disk.fork()
    for (const change of changes) {
      const misfit = trial.plan(change)
      if (misfit) throw new BadCall(`${misfit.path}: ${misfit.reason}`)
    }
    for (const change of changes) this.disk.plan(change)
    this.planned = [...this.planned, ...changes]
  }
}
