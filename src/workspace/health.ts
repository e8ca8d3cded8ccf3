import {isUserError, type UserError} from '../kit/errors.js'
import type {Folder} from '../kit/folder.js'
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

/** The same for a text that a parser accepts or throws at. */
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
