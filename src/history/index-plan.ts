import type {ChangeSet} from './change-set.js'
import type {IndexEdit} from './index-entries.js'
import type {Snapshot, StagedFile} from './snapshot.js'
import {endsInMidLine} from './virtual-disk.js'

/** An entry that gets a content of its own: what a person has staged, with our lines added. */
export interface StagedText {
  readonly path: string
  readonly mode: string
  readonly content: Buffer
}

export interface IndexPlan {
  readonly edits: readonly IndexEdit[]
  /** Contents that git has to be given first. */
  readonly texts: readonly StagedText[]
}

/**
 * Follows the commits in the index. An entry that was as the old commit had it becomes as the new one has it; where a
 * person has staged something of their own, it stays, and lines that we added to the file are added to it.
 */
export function planIndex({
  sets,
  prefix,
  base,
  head,
}: {
  sets: readonly ChangeSet[]
  prefix: string
  /** The commit the sets were planned on. */
  base: Pick<Snapshot, 'committed'>
  /** The newest commit, and the index as it is now. */
  head: Pick<Snapshot, 'committed' | 'staged' | 'unmerged'>
}): IndexPlan {
  const lines = linesAdded(sets)
  const moves = new Map(
    sets.flatMap(({changes}) =>
      changes.flatMap((change) => (change.kind === 'move' ? [[change.from, change.to] as const] : [])),
    ),
  )
  const edits: IndexEdit[] = []
  const texts: StagedText[] = []
  for (const [path, staged] of head.staged) {
    if (head.unmerged.has(path)) continue
    const [before, after] = [base.committed.get(path) ?? null, head.committed.get(path) ?? null]
    const target = moves.get(path)
    const wasMovedAway = !before && !after && staged?.oid === head.committed.get(target ?? '')?.oid
    if ((staged?.oid ?? null) === (after?.oid ?? null)) continue
    const isFollowing = (staged?.oid ?? null) === (before?.oid ?? null) || (!before && staged?.content.length === 0)
    if (isFollowing || wasMovedAway) edits.push({path: prefix + path, to: after && {mode: after.mode, oid: after.oid}})
    else if (staged && after)
      texts.push(...withLines(prefix + path, {staged, mode: after.mode, lines: lines.get(path) ?? []}))
  }
  return {edits, texts}
}

function withLines(
  path: string,
  {staged, mode, lines}: {staged: StagedFile; mode: string; lines: readonly string[]},
): StagedText[] {
  const missing = lines.filter((text) => !staged.content.includes(text)).join('')
  if (missing === '') return []
  const lead = endsInMidLine(staged.content) ? '\n' : ''
  return [{path, mode, content: Buffer.concat([staged.content, Buffer.from(lead + missing)])}]
}

function linesAdded(sets: readonly ChangeSet[]): Map<string, string[]> {
  const lines = new Map<string, string[]>()
  for (const change of sets.flatMap(({changes}) => changes)) {
    if (change.kind !== 'append') continue
    const text = change.text.endsWith('\n') ? change.text : `${change.text}\n`
    lines.set(change.path, [...(lines.get(change.path) ?? []), text])
  }
  return lines
}
