import {isOfMail} from '../../guard/taint.js'
import {isUserError} from '../../kit/errors.js'
import {compileGlob, globBase} from '../../kit/path-glob.js'
import {cleanLine, shorten} from '../../kit/text.js'
import {optionalTextOf, type Tool, type ToolContext, textOf} from '../tool.js'
import {cutList} from './cut.js'
import {plainPath} from './files.js'
import {isBinary} from './read-file.js'
import {type Readable, readableBy} from './readable.js'

const MOST_FILES = 5_000
const MOST_BYTES = 64 * 1024 * 1024
const MOST_FILE_BYTES = 1024 * 1024
const MOST_HITS = 100
const DEEPEST = 24
const SKIPPED = new Set(['node_modules/'])

/** Lines that hold a text, in files that may be read. The text is taken as it is: no pattern of anybody's can take long. */
export const searchTool: Tool = {
  name: 'search',
  description: 'Find lines that hold a text (any case).',
  takes: {text: {type: 'string'}, 'in?': {type: 'string', description: 'glob, e.g. wiki/**/*.md'}},
  verbOf: () => null,
  targetOf: (input) => plainPath(optionalTextOf(input, 'in') ?? '**'),
  perform(input, context) {
    const wanted = textOf(input, 'text').toLowerCase()
    const found = searchFiles(wanted, plainPath(optionalTextOf(input, 'in') ?? '**'), context)
    const list = cutList(found.hits, {most: MOST_HITS, what: 'lines; say more, or search in fewer files'})
    const parts = [list || `[nothing in ${found.files} files]`, ...(found.bound ? [`[${found.bound}]`] : [])]
    const taint = found.mail === null ? {} : {taint: `mail in ${found.mail}`}
    return {text: parts.join('\n'), changes: [], line: null, messages: [], ...taint}
  },
}

interface Found {
  readonly hits: string[]
  files: number
  /** The first file with a hit in which outsiders have put words; null: there is none. */
  mail: string | null
  /** Why it did not look everywhere; null when it did. */
  bound: string | null
}

function searchFiles(wanted: string, glob: string, context: ToolContext): Found {
  const found: Found = {hits: [], files: 0, mail: null, bound: null}
  const isMeant = compileGlob(glob)
  const readable = readableBy(context)
  let bytes = 0
  for (const path of walk(globBase(glob) || '.', readable, context)) {
    if (!isMeant(path) || !readable.file(path)) continue
    if (context.signal.aborted) return {...found, bound: 'ended early'}
    if (found.files === MOST_FILES || bytes > MOST_BYTES) {
      return {...found, bound: `looked into the first ${found.files} files only; search in fewer`}
    }
    const content = contentOf(path, context)
    if (content === null) continue
    found.files++
    bytes += content.length
    const hits = hitsIn(content.toString('utf8'), wanted, path)
    found.hits.push(...hits)
    if (hits.length > 0 && isOfMail(path)) found.mail ??= path
  }
  return found
}

function hitsIn(text: string, wanted: string, path: string): string[] {
  if (!text.toLowerCase().includes(wanted)) return []
  return text
    .split('\n')
    .flatMap((line, index) =>
      line.toLowerCase().includes(wanted) ? [`${path}:${index + 1}: ${shorten(cleanLine(line), 200)}`] : [],
    )
}

/** Straight from the disk where the turn has planned nothing, so that a search doesn't keep all it has read. */
function contentOf(path: string, {fleet, draft}: ToolContext): Buffer | null {
  try {
    const {files} = fleet.home
    const isOwn = draft.touched().has(path)
    if (!isOwn && (files.stat(path)?.size ?? 0) > MOST_FILE_BYTES) return null
    const content = isOwn ? draft.read(path) : files.read(path, {maxBytes: MOST_FILE_BYTES})
    return content === null || isBinary(content) ? null : content
  } catch (error) {
    // A link, a device, a file of somebody else's: it is passed over.
    if (!isUserError(error)) throw error
    return null
  }
}

function* walk(folder: string, readable: Readable, context: ToolContext, depth = 0): Generator<string> {
  if (depth > DEEPEST) return
  for (const name of context.draft.list(folder)) {
    const path = folder === '.' ? name : `${folder}/${name}`
    if (!name.endsWith('/')) yield path
    else if (!SKIPPED.has(name) && readable.folder(path.slice(0, -1))) {
      yield* walk(path.slice(0, -1), readable, context, depth + 1)
    }
  }
}
