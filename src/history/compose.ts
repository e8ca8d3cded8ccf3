import type {Change} from '../workspace/change.js'
import type {ChangeSet} from './change-set.js'
import type {CommitPlan, FileChange} from './fast-import.js'
import {blobId, EXECUTABLE, ORDINARY} from './objects.js'
import type {Repository} from './repository.js'
import type {Snapshot} from './snapshot.js'
import {endsInMidLine} from './virtual-disk.js'

/** A path as the newest commit will have it. */
export interface ComposedFile {
  readonly mode: string
  readonly oid: string
  /** null when git has the content already. */
  readonly content: Buffer | null
}

export interface ComposeInput {
  readonly sets: readonly ChangeSet[]
  readonly prefix: string
  readonly hash: Repository['hash']
  /** The commit that the sets were planned on. */
  readonly base: Snapshot
  /** The commit they go on top of: another one when a person has committed in between. */
  readonly now: Snapshot
  /** What lies on the disk, for files that git doesn't know yet. */
  readonly disk: (path: string) => {readonly content: Buffer; readonly mode: number | null} | null
}

export interface Composition {
  readonly commits: readonly CommitPlan[]
  /** What the last of them has, for every path that was touched. */
  readonly tree: ReadonlyMap<string, ComposedFile | null>
}

/** The commits for some sets, each on top of the one before; a set that changes nothing gets none. */
export function compose(input: ComposeInput): Composition {
  const tree = new Map<string, ComposedFile | null>()
  const commits = input.sets.flatMap(({id, commit, changes}) => {
    if (!commit) return []
    const touched = new Map<string, ComposedFile | null>()
    for (const change of changes) composeChange(change, {input, tree: new Layers(touched, tree, input)})
    const files = [...touched].flatMap(([path, file]) =>
      fileChange(path, {file, before: readTree(tree, input, path), input}),
    )
    for (const [path, file] of touched) tree.set(path, file)
    return files.length > 0 ? [{id, meta: commit, files}] : []
  })
  return {commits, tree}
}

class Layers {
  constructor(
    private readonly top: Map<string, ComposedFile | null>,
    private readonly below: ReadonlyMap<string, ComposedFile | null>,
    private readonly input: ComposeInput,
  ) {}

  get(path: string): ComposedFile | null {
    const file = this.top.get(path)
    return file === undefined ? readTree(this.below, this.input, path) : file
  }

  set(path: string, file: ComposedFile | null): void {
    this.top.set(path, file)
  }
}

function readTree(
  tree: ReadonlyMap<string, ComposedFile | null>,
  {now}: ComposeInput,
  path: string,
): ComposedFile | null {
  const file = tree.get(path)
  return file === undefined ? (now.committed.get(path) ?? null) : file
}

function composeChange(change: Change, {input, tree}: {input: ComposeInput; tree: Layers}): void {
  switch (change.kind) {
    case 'append': {
      const file = appended(change, {input, file: tree.get(change.path)})
      if (file) tree.set(change.path, file)
      return
    }
    case 'write': {
      // What a person has committed in between is newer than what we planned.
      if (isTheirs(change.path, input)) return
      const content = Buffer.from(change.content)
      const mode =
        modeOf(change.mode) ?? tree.get(change.path)?.mode ?? modeOf(input.disk(change.path)?.mode) ?? ORDINARY
      tree.set(change.path, {mode, oid: blobId(content, input.hash), content})
      return
    }
    case 'remove':
      if (!isTheirs(change.path, input)) tree.set(change.path, null)
      return
    case 'move': {
      if (isTheirs(change.to, input)) return
      const known = tree.get(change.from) ?? input.base.committed.get(change.from)
      const file = (change.asItLies ? null : known) ?? fromDisk(change, input)
      if (file) tree.set(change.to, file)
      tree.set(change.from, null)
      return
    }
  }
}

function appended(
  {path, text, header = ''}: Change & {kind: 'append'},
  {input, file}: {input: ComposeInput; file: ComposedFile | null},
): ComposedFile | null {
  const lines = text.endsWith('\n') ? text : `${text}\n`
  const before = file ? contentOf(path, file, input) : Buffer.from(header)
  // A person who committed everything in between has committed our lines, too.
  if (file && isTheirs(path, input) && before.includes(lines)) return null
  const content = Buffer.concat([before, Buffer.from(endsInMidLine(before) ? `\n${lines}` : lines)])
  const mode = file?.mode ?? modeOf(input.disk(path)?.mode) ?? ORDINARY
  return {mode, oid: blobId(content, input.hash), content}
}

function contentOf(path: string, file: ComposedFile, {now}: ComposeInput): Buffer {
  if (file.content) return file.content
  const known = [...now.committed.values()].find((entry) => entry?.oid === file.oid && entry.content !== null)
  if (!known?.content) throw new Error(`the content of ${path} was not read`)
  return known.content
}

/** Where the file lies depends on whether the move has been done yet. */
function fromDisk({from, to}: Change & {kind: 'move'}, {disk, hash}: ComposeInput): ComposedFile | null {
  const file = disk(to) ?? disk(from)
  return file && {mode: modeOf(file.mode) ?? ORDINARY, oid: blobId(file.content, hash), content: file.content}
}

function isTheirs(path: string, {base, now}: ComposeInput): boolean {
  return base.committed.get(path)?.oid !== now.committed.get(path)?.oid
}

function modeOf(mode: number | null | undefined): string | null {
  if (mode === null || mode === undefined) return null
  return mode & 0o100 ? EXECUTABLE : ORDINARY
}

function fileChange(
  path: string,
  {file, before, input}: {file: ComposedFile | null; before: ComposedFile | null; input: ComposeInput},
): FileChange[] {
  const full = input.prefix + path
  if (!file) return before ? [{path: full, to: null}] : []
  if (before && before.oid === file.oid && before.mode === file.mode) return []
  const {mode, oid, content} = file
  return [{path: full, to: content ? {mode, content} : {mode, oid}}]
}
