import type {Folder, Staging} from '../kit/folder.js'
import {contentHash} from '../kit/hash.js'
import {isTorn} from './apply.js'
import {type ChangeSet, COMMIT_PLACEHOLDER, type LocalWrite} from './change-set.js'

interface LinesToAdd {
  readonly path: string
  readonly lines: string[]
}

/** How long the files are that lines will be added to: what lies beyond was written by whoever comes to finish. */
export function localSizes(mcos: Folder, sets: readonly ChangeSet[]): Record<string, number> {
  const paths = sets.flatMap(({local}) => local).flatMap((write) => ('appendLine' in write ? [write.path] : []))
  return Object.fromEntries([...new Set(paths)].map((path) => [path, mcos.stat(path)?.size ?? 0]))
}

interface LocalFacts {
  readonly commits: ReadonlyMap<string, string>
  readonly sizes: Readonly<Record<string, number>>
  readonly staging?: Staging
  /** Off where a journal stands for all of it until `syncLocal`: two waits a file would be most of a fleet's turn. */
  readonly sync: boolean
}

/** Writes what the sets want in `.mcos`; done again after a kill it doubles nothing. */
export function writeLocal(
  mcos: Folder,
  sets: readonly ChangeSet[],
  {commits, sizes, staging, sync}: LocalFacts,
): void {
  const fenced = staging ? {staging} : {}
  const additions = new Map<string, LinesToAdd>()
  for (const {id, local} of sets) {
    for (const write of local) {
      const text = withCommit(textOf(write), commits.get(id) ?? null)
      if (!('appendLine' in write)) mcos.write(write.path, text, {...fenced, sync})
      else if (additions.has(write.path)) additions.get(write.path)?.lines.push(text)
      else additions.set(write.path, {path: write.path, lines: [text]})
    }
  }
  for (const {path, lines} of additions.values()) addLines(mcos, path, {lines, size: sizes[path] ?? null, fenced})
}

function addLines(
  mcos: Folder,
  path: string,
  {lines, size, fenced}: {lines: readonly string[]; size: number | null; fenced: {staging?: Staging}},
): void {
  // Without a journal nothing can have been written before.
  const now = size === null ? null : mcos.read(path, {maxBytes: Number.MAX_SAFE_INTEGER})
  const tail = now?.subarray(size ?? 0) ?? Buffer.alloc(0)
  const missing = lines.filter((line) => !tail.includes(line)).join('')
  if (missing === '') return
  if (now && tail[tail.length - 1] !== 0x0a && isTorn(tail.subarray(tail.lastIndexOf(0x0a) + 1), missing)) {
    const whole = Buffer.concat([now.subarray(0, (size ?? 0) + tail.lastIndexOf(0x0a) + 1), Buffer.from(missing)])
    mcos.write(path, whole, {expect: contentHash(now), ...fenced})
  } else {
    // With a journal, whoever removes it syncs first.
    mcos.append(path, missing, {...fenced, sync: size === null})
  }
}

function textOf(write: LocalWrite): string {
  if (!('appendLine' in write)) return write.content
  return write.appendLine.endsWith('\n') ? write.appendLine : `${write.appendLine}\n`
}

function withCommit(text: string, commit: string | null): string {
  return text.replaceAll(JSON.stringify(COMMIT_PLACEHOLDER), JSON.stringify(commit))
}
