import type {Action, Law, TurnFacts} from '../guard/action.js'
import {decide} from '../guard/decide.js'
import {isUserError} from '../kit/errors.js'
import type {Folder} from '../kit/folder.js'
import {contentHash} from '../kit/hash.js'
import {type Change, pathsOf} from '../workspace/change.js'
import type {Fleet} from '../workspace/fleet.js'
import type {Draft} from './draft.js'
import {whyNotByFile} from './tools/files.js'
import {findSecret} from './tools/secrets.js'
import {findUncommitted} from './tools/uncommitted.js'

const MOST_FILE_BYTES = 1024 * 1024
const MOST_CHANGES = 1_000
/** A file system's clock may stand still for so long: what is younger is compared by its content. */
const COARSE_MS = 5_000

/** A file as it was laid into a copy. */
export interface Copied {
  readonly size: number
  readonly mtimeMs: number
  readonly hash: string
}

/** What a program changed and the home doesn't get, and why. */
export interface Skipped {
  readonly path: string
  readonly reason: string
}

interface Place {
  readonly copy: Folder
  readonly fleet: Fleet
  readonly draft: Draft
  /** What lies in the copy now. */
  readonly files: readonly string[]
  /** A path of the copy as one of the home. */
  toHome(rel: string): string
}

/** Compares a copy with what was laid into it. */
export function changesSince(
  copied: ReadonlyMap<string, Copied>,
  place: Place,
): {readonly changes: Change[]; readonly skipped: Skipped[]} {
  const {files, fleet, draft, toHome} = place
  const found = files.map((rel) => lookAt(rel, copied.get(rel), place)).filter((one) => one !== null)
  const there = new Set(files)
  const gone = [...copied].filter(([rel]) => !there.has(rel))
  const removed = gone
    .filter(([rel, {hash}]) => isAsCopied(draft, toHome(rel), hash))
    .map(([rel, {hash}]): Change => ({kind: 'remove', path: toHome(rel), expect: hash}))
  const written = found.flatMap((one) => ('change' in one ? [one.change] : []))
  const all = [...written, ...removed]
  const skipped = found.flatMap((one) => ('reason' in one ? [one] : []))
  const taken = all.slice(0, MOST_CHANGES)
  const theirs = findUncommitted(
    fleet,
    draft,
    taken.flatMap((change) => [...pathsOf(change)]),
  )
  const isTheirs = (change: Change): boolean => pathsOf(change).some((path) => theirs.has(path))
  return {
    changes: taken.filter((change) => !isTheirs(change)),
    skipped: [
      ...skipped,
      ...[...theirs].map((path) => ({path, reason: 'it has changes that a person has not committed yet'})),
      ...all
        .slice(MOST_CHANGES)
        .flatMap(pathsOf)
        .map((path) => ({path, reason: `more than ${MOST_CHANGES} changes`})),
    ],
  }
}

/** What the contract lets come into the home, and the rest with its reasons. A day's log that was only added to is added to. */
export function judgeChanges(
  changes: readonly Change[],
  {fleet, law, facts}: {readonly fleet: Fleet; readonly law: Law; readonly facts: TurnFacts},
): {readonly allowed: Change[]; readonly refused: Skipped[]} {
  const judged = changes.map((change) => {
    const reasons = pathsOf(change).flatMap((path): Skipped[] => {
      const {effect, reason} = decide(law, actionOn(path, change), facts)
      const closed = whyNot(change, path, fleet)
      if (effect !== 'allow') return [{path, reason}]
      return closed === null ? [] : [{path, reason: closed}]
    })
    return {change, reasons}
  })
  return {
    allowed: judged.filter(({reasons}) => reasons.length === 0).map(({change}) => change),
    refused: judged.flatMap(({reasons}) => reasons),
  }
}

function actionOn(path: string, change: Change): Action {
  const isGone = change.kind === 'remove' || (change.kind === 'move' && change.from === path)
  const content = change.kind === 'write' ? change.content : change.kind === 'append' ? change.text : null
  return {verb: isGone ? 'delete' : 'write', target: path, ...(content === null ? {} : {content})}
}

/** As the day's log names a turn, after whatever some reader takes for a line's end. */
const TURN_HEADING = /(?:^|[\n\r\v\f\u0085\u2028\u2029])\s*##\s.*\bt_[0-9A-Z]{26}/i

/** What no contract can open to a program: other tools' files, and texts with a secret in them. */
function whyNot(change: Change, path: string, fleet: Fleet): string | null {
  if (change.kind === 'move' || change.kind === 'remove') return whyNotByFile(path, 'write', fleet)
  if (change.kind === 'append' && TURN_HEADING.test(change.text))
    return 'only a turn itself writes the heading of a turn'
  const secret = findSecret(change.kind === 'append' ? change.text : change.content, fleet)
  if (secret !== null) return `it holds a secret (${secret})`
  return change.kind === 'append' ? null : whyNotByFile(path, 'write', fleet)
}

/** null: as it was. */
function lookAt(
  rel: string,
  before: Copied | undefined,
  {copy, draft, toHome}: Place,
): {change: Change} | Skipped | null {
  const path = toHome(rel)
  const facts = copy.stat(rel)
  if (facts === null) return null
  if (facts.kind !== 'file') return {path, reason: facts.kind === 'link' ? 'it is a link' : 'it is no file'}
  const isOld = Date.now() - facts.mtimeMs > COARSE_MS
  if (before && isOld && before.size === facts.size && before.mtimeMs === facts.mtimeMs) return null
  if (facts.size > MOST_FILE_BYTES && before?.size !== facts.size) return {path, reason: tooLarge(facts.size)}
  const bytes = readCopy(copy, rel)
  if (bytes === null) return {path, reason: "it can't be read"}
  if (before?.hash === contentHash(bytes)) return null
  if (bytes.length > MOST_FILE_BYTES) return {path, reason: tooLarge(bytes.length)}
  const content = bytes.toString('utf8')
  if (bytes.includes(0) || !Buffer.from(content).equals(bytes)) return {path, reason: 'it is no text'}
  if (!isAsCopied(draft, path, before?.hash ?? null)) {
    return {path, reason: before ? 'the turn itself has changed it since' : 'something of that name is there already'}
  }
  return {change: asAppend(path, content, draft) ?? {kind: 'write', path, content, expect: before?.hash ?? null}}
}

/** Whether the home still has what was copied, or nothing where nothing was: only then a change fits. */
function isAsCopied(draft: Draft, path: string, hash: string | null): boolean {
  try {
    const now = draft.read(path)
    return hash === null ? now === null : now !== null && contentHash(now) === hash
  } catch (error) {
    // A link or a folder in its place.
    if (!isUserError(error)) throw error
    return false
  }
}

/** Lines that a program has added to the end of a file; only a day's log is planned so, as it may be nothing else. */
function asAppend(path: string, content: string, draft: Draft): Change | null {
  if (!/(?:^|\/)memory\/(?:[^/]+\/)*[^/]*\.md$/i.test(path)) return null
  const before = draft.readText(path)
  if (before === null || !before.endsWith('\n') || !content.startsWith(before)) return null
  const text = content.slice(before.length)
  return {kind: 'append', path, text: text.endsWith('\n') ? text : `${text}\n`}
}

function readCopy(copy: Folder, rel: string): Buffer | null {
  try {
    return copy.read(rel, {maxBytes: 256 * 1024 * 1024})
  } catch (error) {
    // A program made it unreadable, or put something else in its place just now.
    if (!isUserError(error)) throw error
    return null
  }
}

function tooLarge(size: number): string {
  return `it has ${size} bytes, and ${MOST_FILE_BYTES} are the most`
}
