import {isUserError, type UserError} from '../kit/errors.js'
import type {Folder} from '../kit/folder.js'
import {shellWord} from '../kit/shell-word.js'
import type {Change} from './change.js'
import type {Fleet} from './fleet.js'

/** Something that is wrong with one file, as `mcos fsck` tells it; the keys are a promise to programs. */
export interface FileProblem {
  /** From the home. */
  readonly file: string
  readonly line: number | null
  readonly code: string
  readonly message: string
  /** What a person types. */
  readonly fix: string
}

/** What one domain found when it read its files: how many there were, and what is wrong with them. */
export interface Inspection {
  readonly files: number
  readonly problems: readonly FileProblem[]
}

/** A domain's part in `mcos fsck`: it reads every file of its own and changes none. */
export type Inspect = (fleet: Fleet) => Inspection

const MAX_BYTES = 256 * 1024 * 1024

/** Reads one file by its own parser; a file that isn't there (any more) is no problem of its content. */
export function inspectFile(
  {files, path, shown = path}: {readonly files: Folder; readonly path: string; readonly shown?: string},
  read: (bytes: Buffer) => readonly FileProblem[] | undefined,
): Inspection {
  try {
    const bytes = files.read(path, {maxBytes: MAX_BYTES})
    return bytes === null ? {files: 0, problems: []} : {files: 1, problems: read(bytes) ?? []}
  } catch (error) {
    if (!isUserError(error)) throw error
    return {files: 1, problems: [problemFrom(error, shown)]}
  }
}

/** For looks that begin with a folder's listing: a link or a file in its place is the problem then. */
export function inspectFolder(folder: string, look: () => Inspection): Inspection {
  try {
    return look()
  } catch (error) {
    if (!isUserError(error)) throw error
    return {files: 0, problems: [problemFrom(error, folder)]}
  }
}

/** Reads one text that a parser accepts or throws at. */
export function inspectText(
  place: {readonly files: Folder; readonly path: string; readonly shown?: string},
  parse: (text: string, file: string) => unknown,
): Inspection {
  return inspectFile(place, (bytes) => {
    parse(bytes.toString('utf8'), place.shown ?? place.path)
    return []
  })
}

/** A parser's error as a problem: the line is the one its message begins with. */
export function problemFrom(error: UserError, file: string): FileProblem {
  const place = error.message.startsWith(`${file}:`) ? /^(\d+)[: ]/.exec(error.message.slice(file.length + 1)) : null
  return {
    file,
    line: place ? Number(place[1]) : null,
    code: error.code,
    message: error.message,
    fix: error.suggestions[0] ?? `git diff -- ${file}`,
  }
}

export function sumInspections(all: readonly Inspection[]): Inspection {
  return {
    files: all.reduce((sum, {files}) => sum + files, 0),
    problems: all.flatMap(({problems}) => problems),
  }
}

/** One answer of `mcos doctor`; the keys are a promise to programs. */
export interface HealthCheck {
  readonly id: string
  readonly title: string
  readonly status: 'pass' | 'warn' | 'fail'
  /** What was seen, or what is wrong. */
  readonly detail: string
  /** A command as it is typed; null where nothing is wrong. */
  readonly fix: string | null
  /** Whether `mcos doctor --fix` mends it. */
  readonly fixable: boolean
  /** What it means for a person that this is wrong. */
  readonly means: string
  /** One by one what `detail` says as one text, each with the command that mends it. */
  readonly findings: readonly Required<Trouble>[]
}

/** One thing that is wrong with what a check looks at; a check may find several. */
export interface Trouble {
  readonly status: 'warn' | 'fail'
  readonly detail: string
  readonly fix: string
  readonly fixable?: boolean
}

export interface Examined {
  /** What is told when nothing is wrong. */
  readonly seen: string
  readonly troubles: readonly Trouble[]
}

/** A domain's part in `mcos doctor`. It looks and changes nothing; what it throws as a UserError is its finding. */
export interface Checkup {
  /** Never changes: programs go by it. */
  readonly id: string
  /** A sentence that is true when it passes. */
  readonly title: string
  /** One sentence: what it means for a person when it doesn't. */
  readonly means: string
  examine(fleet: Fleet): Examined | Promise<Examined>
  /** What `--fix` would do about it, planned and not done; absent where only a person can put it right. */
  repair?(fleet: Fleet): readonly Repair[] | Promise<readonly Repair[]>
}

/** One repair as data. What git keeps becomes part of one commit; what is this machine's own is done at once. */
export interface Repair {
  /** As a line of the plan. */
  readonly what: string
  readonly changes?: readonly Change[]
  readonly local?: readonly LocalStep[]
}

/** A change to what is this machine's own; paths are from the home. */
export type LocalStep =
  | {
      readonly kind: 'write'
      readonly path: string
      readonly content: string
      readonly mode?: number
      readonly expect: string | null
    }
  | {readonly kind: 'remove'; readonly path: string}
  | {readonly kind: 'chmod'; readonly path: string; readonly mode: number}
  /** Below git's own folder: what a git that was killed, or a worktree that is gone, has left there. */
  | {readonly kind: 'remove-in-git'; readonly path: string}
  /** Takes over the lock of a process that is gone, and gives it back. */
  | {readonly kind: 'free-lock'; readonly name: string}
  | {readonly kind: 'finish-journals'}

/** How a person opens a file, as a command that works in any shell. */
export function editCommand(file: string): string {
  return `\${EDITOR:-vi} ${shellWord(file)}`
}

/** How a person takes a file back to what was committed. */
export function restoreCommand(file: string): string {
  return `git restore ${shellWord(file)}`
}

export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`
}
