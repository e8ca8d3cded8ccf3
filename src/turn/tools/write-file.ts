import {contentHash} from '../../kit/hash.js'
import {count} from '../../workspace/health.js'
import {BadCall} from '../bad-call.js'
import {type Tool, type ToolContext, textOf} from '../tool.js'
import {isMemory, pathOf, whyNotByFile} from './files.js'
import {anyTextOf} from './input.js'
import {isBinary} from './read-file.js'
import {refuseSecrets} from './secrets.js'
import {findUncommitted} from './uncommitted.js'

const MOST_BYTES = 1024 * 1024

/** A file anew, or the whole of an old one. */
export const writeTool: Tool = {
  name: 'write',
  description: 'Write a new file, or the whole of an old one.',
  takes: {path: {type: 'string'}, content: {type: 'string'}},
  isOffered: ({contract}) => contract.writes.length > 0,
  verbOf: () => 'write',
  targetOf: pathOf,
  perform(input, context) {
    const path = pathOf(input)
    if (isMemory(path)) {
      throw new BadCall('MEMORY.md is not written anew: remember adds to it, edit corrects it')
    }
    const {before, hash} = readBefore(path, context)
    const content = anyTextOf(input, 'content')
    if (before === content) return {text: `${path} says that already`, changes: [], line: null, messages: []}
    checkText(content, context)
    const lines = content.split('\n').length - (content.endsWith('\n') ? 1 : 0)
    const size = count(lines, 'line')
    return {
      text: `${path}: ${size}`,
      changes: [{kind: 'write', path, content, expect: hash}],
      line: `${before === null ? 'wrote' : 'rewrote'} ${path} (${size})`,
      messages: [],
    }
  },
}

/** Some lines of a file replaced, named by their own text. */
export const editTool: Tool = {
  name: 'edit',
  description: 'Replace one passage of a file; old must be there exactly once.',
  takes: {path: {type: 'string'}, old: {type: 'string'}, new: {type: 'string'}},
  isOffered: ({contract}) => contract.writes.length > 0,
  verbOf: () => 'write',
  targetOf: pathOf,
  perform(input, context) {
    const path = pathOf(input)
    const {before, hash} = readBefore(path, context)
    if (before === null) throw new BadCall(`there is no file ${path}`)
    const isCrlf = before.includes('\r\n')
    const [old, fresh] = [textOf(input, 'old'), anyTextOf(input, 'new')].map((text) =>
      isCrlf ? text.replace(/\r?\n/g, '\r\n') : text,
    ) as [string, string]
    const at = findOnce(before, old, path)
    if (old === fresh) throw new BadCall('"old" and "new" are the same')
    checkText(fresh, context)
    const content = before.slice(0, at) + fresh + before.slice(at + old.length)
    const line = before.slice(0, at).split('\n').length
    return {
      text: `${path}: replaced at line ${line}`,
      changes: [{kind: 'write', path, content, expect: hash}],
      line: `edited ${path} at line ${line}`,
      messages: [],
    }
  },
}

/** What is there now, by the turn's own doing or on the disk; the change holds only as long as it is. */
function readBefore(path: string, context: ToolContext): {before: string | null; hash: string | null} {
  const {fleet, draft} = context
  const why = whyNotByFile(path, 'write', fleet)
  if (why !== null) throw new BadCall(`${path}: ${why}`)
  if (fleet.home.files.stat(path)?.kind === 'folder') throw new BadCall(`${path} is a folder`)
  const bytes = draft.read(path)
  if (bytes === null) return {before: null, hash: null}
  const before = bytes.toString('utf8')
  if (isBinary(bytes) || !Buffer.from(before).equals(bytes))
    throw new BadCall(`${path} is no UTF-8 text and stays as it is`)
  if (findUncommitted(fleet, draft, [path]).has(path)) {
    throw new BadCall(`${path} has changes that a person has not committed yet, so it stays as it is`)
  }
  return {before, hash: contentHash(bytes)}
}

function checkText(text: string, {fleet}: ToolContext): void {
  const size = Buffer.byteLength(text)
  if (size > MOST_BYTES) throw new BadCall(`that is ${size} bytes; ${MOST_BYTES} are the most of a file`)
  refuseSecrets(text, fleet)
}

function findOnce(text: string, old: string, path: string): number {
  const places: number[] = []
  for (let at = text.indexOf(old); at >= 0 && places.length < 6; at = text.indexOf(old, at + old.length))
    places.push(at)
  const [only, second] = places
  const lineOf = (at: number): number => text.slice(0, at).split('\n').length
  if (only === undefined) throw new BadCall(`"old" is not in ${path}${nearMiss(text, old)}`)
  if (second === undefined) return only
  const lines = places.map(lineOf).join(', ')
  throw new BadCall(`"old" is in ${path} more than once (lines ${lines}); take more of the text around it`)
}

/** The commonest mistake: the words are right and the blanks are not. */
function nearMiss(text: string, old: string): string {
  const first = old
    .split('\n')
    .find((line) => line.trim() !== '')
    ?.trim()
  const at = first ? text.split('\n').findIndex((line) => line.trim() === first) : -1
  return at < 0 ? '; read it again' : `; line ${at + 1} begins alike, look at its blanks and at what follows`
}
