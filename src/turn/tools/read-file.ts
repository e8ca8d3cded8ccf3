import {isOfMail} from '../../guard/taint.js'
import {decodeText} from '../../kit/decode.js'
import {shorten} from '../../kit/text.js'
import {inAgent} from '../../workspace/agents.js'
import {BadCall} from '../bad-call.js'
import type {Tool, ToolContext} from '../tool.js'
import {MOST_CHARACTERS} from './cut.js'
import {pathOf, whyNotByFile} from './files.js'
import {wholeNumberOf} from './input.js'

const MOST_BYTES = 8 * 1024 * 1024

/** One file's text, or some lines of it. */
export const readTool: Tool = {
  name: 'read',
  description: 'Read a text file. Paths start at the home: workspaces/NAME/…',
  takes: {path: {type: 'string'}, 'from?': {type: 'integer', description: 'first line'}, 'lines?': {type: 'integer'}},
  verbOf: () => 'read',
  targetOf: pathOf,
  perform(input, context) {
    const path = pathOf(input)
    const lines = readText(path, context).split('\n')
    if (lines.at(-1) === '') lines.pop()
    const from = wholeNumberOf(input, 'from') ?? 1
    const text = showLines(lines, {from, count: wholeNumberOf(input, 'lines') ?? lines.length})
    const taint = isOfMail(path) ? {taint: `mail in ${path}`} : {}
    return {text, changes: [], line: null, messages: [], ...taint}
  },
}

/** A file as it will be once the turn is committed; what is no text is refused. */
function readText(path: string, context: ToolContext): string {
  const {fleet, draft} = context
  const why = whyNotByFile(path, 'read', fleet)
  if (why !== null) throw new BadCall(`${path}: ${why}`)
  const {size = 0, kind = 'file'} = fleet.home.files.stat(path) ?? {}
  if (kind === 'folder') throw new BadCall(`${path} is a folder; list shows what is in it`)
  if (size > MOST_BYTES) throw new BadCall(`${path} has ${size} bytes; ${MOST_BYTES} are the most`)
  const bytes = draft.read(path)
  if (bytes === null) throw notThere(path, context)
  if (isBinary(bytes)) throw new BadCall(`${path} is no text (${bytes.length} bytes)`)
  return decodeText(bytes).text
}

/** Whether bytes are no text in any encoding that has no zero bytes. */
export function isBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 64 * 1024).includes(0)
}

function showLines(lines: readonly string[], {from, count}: {from: number; count: number}): string {
  if (lines.length === 0) return '[the file is empty]'
  if (from > lines.length) throw new BadCall(`the file ends at line ${lines.length}; line ${from} is past its end`)
  const wanted = lines.slice(from - 1, from - 1 + count)
  const shown: string[] = []
  let length = 0
  for (const line of wanted) {
    const fit = shorten(line, MOST_CHARACTERS / 2)
    if (length + fit.length + 1 > MOST_CHARACTERS) break
    shown.push(fit)
    length += fit.length + 1
  }
  const end = from - 1 + shown.length
  const isAll = from === 1 && end === lines.length
  return isAll ? shown.join('\n') : `${shown.join('\n')}\n[lines ${from} to ${end} of ${lines.length}]`
}

/** Models forget that paths start at the home, and remember it when told once. */
function notThere(path: string, {agent, fleet, draft}: ToolContext): BadCall {
  const own = inAgent(agent, path)
  const isOwn = own !== path && (draft.touched().has(own) || fleet.home.files.stat(own)?.kind === 'file')
  return new BadCall(`there is no file ${path}${isOwn ? `; did you mean ${own}?` : ''}`)
}
