import {isUserError, unreadable} from '../../kit/errors.js'
import type {Folder} from '../../kit/folder.js'
import {isUlid} from '../../kit/ids.js'
import {
  type ApprovalAnswer,
  type ApprovalRequest,
  type ApprovalUse,
  parseAnswer,
  parseRequest,
  parseUse,
} from '../../workspace/approval-file.js'

export const APPROVALS_FOLDER = 'approvals'
const MAX_BYTES = 1024 * 1024

/** Where approvals are read from: the disk, or a turn's draft of it. */
export interface ApprovalSource {
  /** Names of the folders in approvals/. */
  names(): readonly string[]
  readText(path: string): string | null
}

/** One approval with all that was written about it. */
export interface FoundApproval {
  readonly id: string
  readonly request: ApprovalRequest
  /** The text of request.md: what a signature is over. */
  readonly text: string
  readonly answer: ApprovalAnswer | null
  readonly use: ApprovalUse | null
  /** Why a file beside the request can't be read; then nothing is done. */
  readonly trouble: string | null
  /** Whether used.md is there, readable or not: then it is never done again. */
  readonly isUsed: boolean
}

/** A folder of approvals/ whose request can't be read. */
export interface BrokenApproval {
  readonly id: string
  readonly trouble: string
}

export interface Approvals {
  readonly found: readonly FoundApproval[]
  readonly broken: readonly BrokenApproval[]
}

/** The home's own approvals, as they lie on the disk. */
export function approvalsOnDisk(files: Folder): ApprovalSource {
  return {
    names: () =>
      files.list(APPROVALS_FOLDER).flatMap(({name, kind}) => (kind === 'folder' && isUlid(name) ? name : [])),
    readText: (path) => files.readText(path, {maxBytes: MAX_BYTES}),
  }
}

/** All of these ids, or of the fleet, oldest first. */
export function readApprovals(source: ApprovalSource, ids: readonly string[] = source.names()): Approvals {
  const found: FoundApproval[] = []
  const broken: BrokenApproval[] = []
  for (const id of [...ids].sort()) {
    const approval = readApproval(source, id)
    if (approval === null) continue
    if ('request' in approval) found.push(approval)
    else broken.push(approval)
  }
  return {found, broken}
}

/** null: there is no request of that id. */
export function readApproval(source: ApprovalSource, id: string): FoundApproval | BrokenApproval | null {
  const request = attempt(() => {
    const path = requestPath(id)
    const text = source.readText(path)
    if (text === null) return null
    const parsed = parseRequest(text, path)
    if (parsed.id === id) return {text, parsed}
    throw unreadable({file: path}, {expected: `id: ${id}`, got: parsed.id, fix: `git restore ${path}`})
  })
  if (request.value === null) return request.trouble === null ? null : {id, trouble: request.trouble}
  const answer = attempt(() => parsed(source, answerPath(id), parseAnswer))
  const use = attempt(() => parsed(source, usedPath(id), parseUse))
  return {
    id,
    request: request.value.parsed,
    text: request.value.text,
    answer: answer.value,
    use: use.value,
    trouble: answer.trouble ?? use.trouble,
    isUsed: use.value !== null || use.trouble !== null,
  }
}

export function requestPath(id: string): string {
  return `${APPROVALS_FOLDER}/${id}/request.md`
}

export function answerPath(id: string): string {
  return `${APPROVALS_FOLDER}/${id}/answer.md`
}

export function usedPath(id: string): string {
  return `${APPROVALS_FOLDER}/${id}/used.md`
}

function parsed<T>(source: ApprovalSource, path: string, parse: (text: string, file: string) => T): T | null {
  const text = source.readText(path)
  return text === null ? null : parse(text, path)
}

function attempt<T>(read: () => T | null): {readonly value: T | null; readonly trouble: string | null} {
  try {
    return {value: read(), trouble: null}
  } catch (error) {
    // A link in its place, a broken header: told to whoever looks, and nothing is done by it.
    if (!isUserError(error)) throw error
    return {value: null, trouble: error.message}
  }
}
