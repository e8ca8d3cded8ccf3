import {contentHash} from '../kit/hash.js'
import type {PlannedFile, VirtualDisk} from './virtual-disk.js'

/** Bytes in a JSON file: as text where that is exact, otherwise in base64. */
export type Packed = {readonly text: string} | {readonly base64: string}

/**
 * One thing to do on the disk, with what tells a redo whether it has been done: hashes are contentHash, null is absent.
 * No two of a plan touch the same path.
 */
export type DiskStep =
  | {
      readonly kind: 'put'
      readonly path: string
      readonly content: Packed
      readonly mode: number | null
      readonly before: string | null
    }
  | {
      readonly kind: 'append'
      readonly path: string
      readonly text: string
      /** How often the text stood in the file already. */
      readonly occurrences: number
      /** How long the file was, in bytes. */
      readonly size: number
    }
  | {readonly kind: 'move'; readonly from: string; readonly to: string}
  | {readonly kind: 'remove'; readonly path: string; readonly before: string}

/** What has to be done so that the disk becomes what was planned; only the difference, each path once. */
export function planDisk(disk: VirtualDisk): DiskStep[] {
  const moved = new Set<string>()
  const steps: DiskStep[] = []
  const removals: DiskStep[] = []
  for (const path of disk.touched()) {
    const [before, after] = [disk.before(path), disk.after(path)]
    if (after) {
      const step = stepFor(path, {before, after, disk})
      if (step?.kind === 'move') moved.add(step.from)
      if (step) steps.push(step)
    } else if (before) {
      removals.push({kind: 'remove', path, before: contentHash(before.content)})
    }
  }
  return [...steps, ...removals.filter((step) => !(step.kind === 'remove' && moved.has(step.path)))]
}

function stepFor(
  path: string,
  {before, after, disk}: {before: PlannedFile | null; after: PlannedFile; disk: VirtualDisk},
): DiskStep | null {
  const {origin, appended, content, mode} = after
  if (origin === path) {
    if (appended === '') return null
    const content = before?.content ?? Buffer.alloc(0)
    return {kind: 'append', path, text: appended, occurrences: countOf(content, appended), size: content.length}
  }
  if (origin !== null && appended === '' && !before && !disk.after(origin))
    return {kind: 'move', from: origin, to: path}
  if (before?.content.equals(content) && before.mode === mode) return null
  return {kind: 'put', path, content: pack(content), mode, before: before ? contentHash(before.content) : null}
}

/** How often a text stands in a content; overlapping ones count. */
export function countOf(content: Buffer, text: string): number {
  let count = 0
  for (let at = content.indexOf(text); at !== -1; at = content.indexOf(text, at + 1)) count++
  return count
}

function pack(content: Buffer): Packed {
  const text = content.toString('utf8')
  return Buffer.from(text).equals(content) ? {text} : {base64: content.toString('base64')}
}

export function unpack(packed: Packed): Buffer {
  return 'text' in packed ? Buffer.from(packed.text) : Buffer.from(packed.base64, 'base64')
}
