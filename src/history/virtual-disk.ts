import type {Folder} from '../kit/folder.js'
import {contentHash} from '../kit/hash.js'
import type {Change} from '../workspace/change.js'

/** A file as it is, or as it will be once what is planned has been done. */
export interface PlannedFile {
  readonly content: Buffer
  /** Permission bits; null: whatever a new file gets. */
  readonly mode: number | null
  /** The path under which these bytes lie on the disk now, unless they are new. */
  readonly origin: string | null
  /** What is added to the bytes at `origin`. */
  readonly appended: string
}

/** A plan that doesn't fit what is on the disk. */
export interface Misfit {
  readonly path: string
  readonly reason: string
}

// Logs of years and messages with attachments; what is larger than this no agent writes.
const MAX_BYTES = 256 * 1024 * 1024

/** The home's files with changes laid over them; nothing is written. */
export class VirtualDisk {
  private constructor(
    private readonly files: Folder,
    private readonly found: Map<string, PlannedFile | null>,
    private readonly layer: Map<string, PlannedFile | null>,
  ) {}

  static over(files: Folder): VirtualDisk {
    return new VirtualDisk(files, new Map(), new Map())
  }

  /** A copy to try a set on; what was read from the disk is shared. */
  fork(): VirtualDisk {
    return new VirtualDisk(this.files, this.found, new Map(this.layer))
  }

  /** What lies on the disk now; throws for links and folders in the way. */
  before(path: string): PlannedFile | null {
    const known = this.found.get(path)
    if (known !== undefined) return known
    const content = this.files.read(path, {maxBytes: MAX_BYTES})
    const mode = content === null ? null : (this.files.stat(path)?.mode ?? null)
    const file = content === null ? null : {content, mode, origin: path, appended: ''}
    this.found.set(path, file)
    return file
  }

  after(path: string): PlannedFile | null {
    const planned = this.layer.get(path)
    return planned === undefined ? this.before(path) : planned
  }

  /** Every path that something was planned for. */
  touched(): readonly string[] {
    return [...this.layer.keys()]
  }

  /** Lays one change over the rest, or says why it doesn't fit. */
  plan(change: Change): Misfit | null {
    switch (change.kind) {
      case 'append':
        return this.planAppend(change)
      case 'write': {
        const now = this.after(change.path)
        const misfit = compare(change.path, now, change.expect)
        if (misfit) return misfit
        const mode = change.mode ?? now?.mode ?? null
        this.layer.set(change.path, {content: Buffer.from(change.content), mode, origin: null, appended: ''})
        return null
      }
      case 'remove': {
        const now = this.after(change.path)
        if (now) {
          const misfit = compare(change.path, now, change.expect)
          if (misfit) return misfit
        }
        this.layer.set(change.path, null)
        return null
      }
      case 'move':
        return this.planMove(change)
    }
  }

  private planAppend({path, text, header = ''}: Change & {kind: 'append'}): Misfit | null {
    const now = this.after(path)
    const lines = text.endsWith('\n') ? text : `${text}\n`
    if (now) {
      const lead = endsInMidLine(now.content) ? '\n' : ''
      const content = Buffer.concat([now.content, Buffer.from(lead + lines)])
      this.layer.set(path, {...now, content, appended: now.appended + lines})
    } else {
      this.layer.set(path, {content: Buffer.from(header + lines), mode: null, origin: null, appended: ''})
    }
    return null
  }

  private planMove({from, to}: Change & {kind: 'move'}): Misfit | null {
    const file = this.after(from)
    if (!file) return {path: from, reason: 'it is no longer there'}
    if (this.after(to)) return {path: to, reason: 'there is already a file of that name'}
    this.layer.set(to, file)
    this.layer.set(from, null)
    return null
  }
}

/** True when a text doesn't end with its last line. */
export function endsInMidLine(content: Uint8Array): boolean {
  return content.length > 0 && content[content.length - 1] !== 0x0a
}

function compare(path: string, now: PlannedFile | null, expect: string | null | undefined): Misfit | null {
  if (expect === undefined) return null
  if (expect === null) return now ? {path, reason: 'there is already a file of that name'} : null
  if (!now) return {path, reason: 'it is no longer there'}
  return contentHash(now.content) === expect ? null : {path, reason: 'somebody else has changed it since it was read'}
}
