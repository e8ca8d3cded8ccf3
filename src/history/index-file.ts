import {createHash} from 'node:crypto'
import {readFileSync, statSync} from 'node:fs'
import {errnoOf} from '../kit/storage-error.js'
import {invalidateTrees} from './index-trees.js'
import type {Repository} from './repository.js'

/** What a path's entry in the index becomes; the path counts from the top of the repository. */
export interface IndexEdit {
  readonly path: string
  readonly to: {readonly mode: string; readonly oid: string} | null
}

/** A path in the index: what is staged for it, or that a conflict over it is unresolved. */
export interface IndexEntry {
  readonly oid: string | null
  readonly isUnmerged: boolean
}

// Of each entry: times of change and content, device, inode, mode, owner, group and size, four bytes each; then its
// object, two bytes of flags and its name, filled up with NULs to a multiple of eight.
const MTIME = 8
const MODE = 24
const SIZE = 36
const OID = 40
const EXTENDED = 0x4000
const LONG_NAME = 0xfff
const HEADER = 12

/** Extensions that stay true whatever becomes of some entries, and those that only save git some time. */
const KEPT = new Set(['REUC'])
const DROPPED = new Set(['EOIE', 'IEOT'])

/**
 * git's index as a file, read and changed without git: a year of history has 70,000 files, and git takes ten times as long
 * to check its own sums of them. Only the plain forms are known here (version 2 and 3, no shared or sparse index, no file
 * monitor); with anything else the answer is null, and git has to be asked.
 */
export class IndexFile {
  private constructor(
    private readonly data: Buffer,
    private readonly hash: Repository['hash'],
    /** Where each entry begins, in their order, and after them the end of the last. */
    private readonly starts: Uint32Array,
    private readonly extensions: readonly Extension[],
  ) {}

  /** null when only git can tell. */
  static read(file: string, hash: Repository['hash']): IndexFile | null {
    try {
      return IndexFile.parse(readFileSync(file), {hash, writtenMs: statSync(file).mtimeMs})
    } catch (error) {
      // No index yet, or one that ends where its own counts say it goes on.
      if (errnoOf(error) === 'ENOENT' || error instanceof RangeError) return null
      throw error
    }
  }

  /** `writtenMs` is the file's time, by which git tells which entries may hide a later change. */
  static parse(data: Buffer, {hash, writtenMs}: {hash: Repository['hash']; writtenMs: number}): IndexFile | null {
    const oidBytes = bytesOf(hash)
    if (data.length < HEADER + oidBytes || data.toString('latin1', 0, 4) !== 'DIRC') return null
    const version = data.readUInt32BE(4)
    if (version !== 2 && version !== 3) return null
    const count = data.readUInt32BE(8)
    if (count * (OID + oidBytes) > data.length) return null
    const writtenSec = Math.floor(writtenMs / 1000)
    const starts = new Uint32Array(count + 1)
    let at = HEADER
    for (let index = 0; index < count; index++) {
      starts[index] = at
      // git compares such an entry with the disk before it writes the index anew; without a size it does so later.
      if (data.readUInt32BE(at + MTIME) >= writtenSec) data.writeUInt32BE(0, at + SIZE)
      at += entryBytes(data, at, oidBytes)
    }
    starts[starts.length - 1] = at
    const extensions = readExtensions(data, at, data.length - oidBytes)
    return extensions && new IndexFile(data, hash, starts, extensions)
  }

  /** null for a path that isn't in it. */
  find(path: string): IndexEntry | null {
    const name = Buffer.from(path)
    const first = this.search(name)
    if (!this.isNamed(first, name)) return null
    const start = this.start(first)
    const isUnmerged = ((this.data[start + OID + bytesOf(this.hash)] ?? 0) & 0x30) !== 0
    const oid = this.data.toString('hex', start + OID, start + OID + bytesOf(this.hash))
    return {oid: isUnmerged ? null : oid, isUnmerged}
  }

  /** The file with some entries changed; null when they need what only git does. */
  edited(edits: readonly IndexEdit[]): Buffer | null {
    const inOrder = [...new Map(edits.map(({path, to}) => [path, {to, name: Buffer.from(path)}])).values()]
    inOrder.sort((one, other) => Buffer.compare(one.name, other.name))
    const parts: Buffer[] = []
    let count = this.starts.length - 1
    let done = HEADER
    for (const {to, name} of inOrder) {
      if (name.length === 0 || name.length >= LONG_NAME || (to && this.isInTheWay(name))) return null
      const first = this.search(name)
      let next = first
      while (this.isNamed(next, name)) next++
      parts.push(this.data.subarray(done, this.start(first)))
      if (to) parts.push(formatEntry(name, to))
      count += (to ? 1 : 0) - (next - first)
      done = this.start(next)
    }
    parts.push(this.data.subarray(done, this.start(this.starts.length - 1)))
    for (const extension of this.extensions) {
      parts.push(...formatExtension(extension, {edits, oidBytes: bytesOf(this.hash)}))
    }
    const header = Buffer.from(this.data.subarray(0, HEADER))
    header.writeUInt32BE(count, 8)
    return this.withSum(Buffer.concat([header, ...parts, Buffer.alloc(bytesOf(this.hash))]))
  }

  /** A person can have the sum left out (index.skipHash); then it is all zeros. */
  private withSum(file: Buffer): Buffer {
    const end = file.length - bytesOf(this.hash)
    const isSummed = this.data.subarray(-bytesOf(this.hash)).some((byte) => byte !== 0)
    if (isSummed) createHash(this.hash).update(file.subarray(0, end)).digest().copy(file, end)
    return file
  }

  /** A file where a folder would have to be, or the other way round. */
  private isInTheWay(name: Buffer): boolean {
    const within = Buffer.concat([name, Buffer.from('/')])
    const next = this.search(within)
    if (this.nameAt(next)?.subarray(0, within.length).equals(within)) return true
    for (let end = name.indexOf(0x2f); end !== -1; end = name.indexOf(0x2f, end + 1)) {
      const folder = name.subarray(0, end)
      if (this.isNamed(this.search(folder), folder)) return true
    }
    return false
  }

  /** The place of the first entry that is not before this name. */
  private search(name: Buffer): number {
    let low = 0
    let high = this.starts.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      const found = this.nameAt(middle)
      if (found && Buffer.compare(found, name) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  private isNamed(place: number, name: Buffer): boolean {
    return this.nameAt(place)?.equals(name) ?? false
  }

  private nameAt(place: number): Buffer | null {
    if (place >= this.starts.length - 1) return null
    const from = nameStart(this.data, this.start(place), bytesOf(this.hash))
    return this.data.subarray(from, this.data.indexOf(0, from))
  }

  private start(place: number): number {
    return this.starts[place] ?? 0
  }
}

interface Extension {
  readonly name: string
  readonly data: Buffer
}

/** null when there is one whose meaning would be lost. */
function readExtensions(data: Buffer, from: number, end: number): Extension[] | null {
  const found: Extension[] = []
  let at = from
  while (at < end) {
    const name = data.toString('latin1', at, at + 4)
    const size = data.readUInt32BE(at + 4)
    if (name === 'TREE' || KEPT.has(name)) found.push({name, data: data.subarray(at + 8, at + 8 + size)})
    else if (!DROPPED.has(name)) return null
    at += 8 + size
  }
  return at === end ? found : null
}

function formatExtension(
  {name, data}: Extension,
  {edits, oidBytes}: {edits: readonly IndexEdit[]; oidBytes: number},
): Buffer[] {
  const paths = edits.map(({path}) => path)
  const content = name === 'TREE' ? invalidateTrees(data, {paths, oidBytes}) : data
  const header = Buffer.alloc(8)
  header.write(name, 'latin1')
  header.writeUInt32BE(content.length, 4)
  return [header, content]
}

/** Without times and size, as git itself writes what it has not seen on the disk. */
function formatEntry(name: Buffer, {mode, oid}: {mode: string; oid: string}): Buffer {
  const object = Buffer.from(oid, 'hex')
  const fixed = OID + object.length + 2
  const entry = Buffer.alloc(padded(fixed + name.length))
  entry.writeUInt32BE(Number.parseInt(mode, 8), MODE)
  object.copy(entry, OID)
  entry.writeUInt16BE(name.length, fixed - 2)
  name.copy(entry, fixed)
  return entry
}

function entryBytes(data: Buffer, start: number, oidBytes: number): number {
  const from = nameStart(data, start, oidBytes)
  const short = data.readUInt16BE(start + OID + oidBytes) & LONG_NAME
  const length = short < LONG_NAME ? short : data.indexOf(0, from) - from
  return padded(from - start + length)
}

function nameStart(data: Buffer, start: number, oidBytes: number): number {
  const flags = data.readUInt16BE(start + OID + oidBytes)
  return start + OID + oidBytes + (flags & EXTENDED ? 4 : 2)
}

/** At least one NUL ends a name. */
function padded(bytes: number): number {
  return (bytes + 8) & ~7
}

function bytesOf(hash: Repository['hash']): number {
  return hash === 'sha256' ? 32 : 20
}
