import {EXIT, UserError} from '../kit/errors.js'
import type {Folder} from '../kit/folder.js'
import {contentHash} from '../kit/hash.js'
import {shellWord} from '../kit/shell-word.js'
import type {AgentEntry} from '../workspace/agents.js'
import type {Change} from '../workspace/change.js'
import {formatPark, parkPath} from '../workspace/park.js'

export interface ParkWords {
  readonly who: string
  /** ISO. */
  readonly when: string
  readonly why: string | null
}

/**
 * What lays an agent up. One that lies already keeps who, when and why, unless there is a new reason; a file that somebody
 * has laid down by hand is taken along as it is.
 */
export function planPark(files: Folder, agent: AgentEntry, words: ParkWords): readonly Change[] {
  const path = parkPath(agent)
  const there = readThere(files, path)
  if (there === null) return [{kind: 'write', path, content: formatPark(words), expect: null}]
  const content = words.why === null ? there : formatPark(words)
  return [{kind: 'write', path, content, expect: contentHash(there)}]
}

/** What wakes it; nothing where it isn't parked. */
export function planWake(files: Folder, agent: AgentEntry): readonly Change[] {
  const path = parkPath(agent)
  const there = readThere(files, path)
  return there === null ? [] : [{kind: 'remove', path, expect: contentHash(there)}]
}

function readThere(files: Folder, path: string): string | null {
  const kind = files.stat(path)?.kind
  if (kind === undefined) return null
  if (kind === 'file') return files.readText(path)
  throw new UserError(`${path} is no file but a ${kind}. The agent is parked as long as it lies there.`, {
    code: 'ODD_FILE',
    fix: `Take it away yourself: rm -r ${shellWord(path)}`,
    exit: EXIT.failed,
  })
}
