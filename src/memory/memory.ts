import {decodeText} from '../kit/decode.js'
import {EXIT, UserError} from '../kit/errors.js'
import type {Folder} from '../kit/folder.js'
import {contentHash} from '../kit/hash.js'
import {type AgentEntry, agentPaths, inAgent} from '../workspace/agents.js'
import type {Change} from '../workspace/change.js'
import {addFact, hasFact, type MemorySection, type NewFact, parseMemory} from '../workspace/memory-file.js'
import {findFileName} from '../workspace/names.js'

const MAX_MEMORY_BYTES = 4 * 1024 * 1024
/** As much as a model is sent whole: one fact too many would leave the agent without any context. */
const MOST_SENT_BYTES = 256 * 1024

/** What an agent keeps for good; an agent that keeps nothing yet has an empty text. */
export interface Memory {
  readonly path: string
  readonly text: string
  /** Of the file's bytes; null when there is none. */
  readonly hash: string | null
  /** The bytes of a text as the file has its own, with its line ends and byte order mark; null: they would not be the same. */
  readonly written: ((text: string) => string) | null
  /** What had to be put up with to read it. */
  readonly warnings: readonly string[]
  readonly sections: readonly MemorySection[]
}

export function readMemory(files: Folder, agent: AgentEntry): Memory {
  const path = memoryPath(files, agent)
  const bytes = files.read(path, {maxBytes: MAX_MEMORY_BYTES})
  const {text, warnings} = decodeText(bytes ?? Buffer.alloc(0))
  const hash = bytes && contentHash(bytes)
  const written = writerLike(bytes?.toString('utf8') ?? '')
  const isSame = hash === null || hash === contentHash(written(text))
  return {path, text, hash, written: isSame ? written : null, warnings, sections: parseMemory(text)}
}

/** Files of other systems have a mark in front and two bytes at each line's end; they keep them. */
function writerLike(raw: string): (text: string) => string {
  const mark = raw.startsWith('\ufeff') ? '\ufeff' : ''
  const lineEnd = raw.includes('\r\n') ? '\r\n' : '\n'
  return (text) => mark + text.replaceAll('\n', lineEnd)
}

export interface AddPlan {
  readonly path: string
  /** Nothing when the fact is there already. */
  readonly changes: Change[]
}

/** One fact more at the end of its topic; the file must still be as it was read when this is carried out. */
export function planAddFact({path, text, hash, written, warnings, sections}: Memory, fact: NewFact): AddPlan {
  if (hasFact(sections, fact.fact)) return {path, changes: []}
  if (written === null) {
    throw notWritable(path, warnings)
  }
  const content = written(addFact(text, fact))
  if (Buffer.byteLength(content) > MOST_SENT_BYTES) throw tooLong(path)
  return {path, changes: [{kind: 'write', path, content, expect: hash}]}
}

/** To write it as text would change what stands in it, or every line of it. */
function notWritable(path: string, warnings: readonly string[]): UserError {
  const isMixed = warnings.every((warning) => warning.startsWith('its lines end'))
  const why = isMixed ? 'its lines do not all end alike, or end with CR alone' : warnings.join('; ')
  return new UserError(`${path} takes no fact, as it can't be written back as it is: ${why}.`, {
    code: 'UNREADABLE',
    fix: isMixed ? 'mcos doctor --fix' : `Save ${path} as UTF-8 with LF, then run mcos memory commit.`,
    exit: EXIT.usage,
  })
}

function tooLong(path: string): UserError {
  return new UserError(
    `With that ${path} would be longer than the ${MOST_SENT_BYTES / 1024} KiB that a model is sent.`,
    {
      code: 'TOO_LONG',
      fix: `Say it shorter, or move what is old from ${path} into a file of its own.`,
      exit: EXIT.failed,
    },
  )
}

/** MEMORY.md as this workspace spells it: an older tool's memory.md is not given a twin. */
function memoryPath(files: Folder, agent: AgentEntry): string {
  const names = files.list(agent.path).flatMap(({name, kind}) => (kind === 'file' ? [name] : []))
  const found = findFileName(names, 'MEMORY.md')
  return found === null ? agentPaths(agent).memory : inAgent(agent, found)
}
