import {EXIT, UserError} from '../../kit/errors.js'
import type {Folder} from '../../kit/folder.js'
import type {Change} from '../../workspace/change.js'
import {findSameNames} from '../../workspace/names.js'
import type {Scan} from './scan.js'

/** Any of these at the top makes a folder a workspace. */
const KNOWN_FILES = ['SOUL.md', 'HEARTBEAT.md', 'AGENTS.md', 'IDENTITY.md', 'MEMORY.md', 'USER.md']

/** Refuses a folder that holds no agent, naming the one inside that does. */
export function insistOnWorkspace(source: Folder): void {
  if (hasKnownFile(source, '.')) return
  const inner = source
    .list('.')
    .filter(({kind, name}) => kind === 'folder' && !name.startsWith('.') && hasKnownFile(source, name))
    .map(({name}) => `mcos adopt ${source.dir}/${name}`)
  throw new UserError(`${source.dir} has none of ${KNOWN_FILES.slice(0, 3).join(', ')}: it is no agent's workspace.`, {
    code: 'NOT_A_WORKSPACE',
    fix: inner.length > 0 ? inner.slice(0, 5) : 'Name the folder in which SOUL.md or HEARTBEAT.md lies.',
    exit: EXIT.usage,
  })
}

/** Files whose name is nearly one that mcos reads: they come along and aren't read, which a person should know. */
export function nearlyKnown(scan: Scan): string[] {
  const top = scan.files.map(({path}) => path).filter((path) => !path.includes('/'))
  return [...KNOWN_FILES, 'MAIL.md'].flatMap((wanted) => findSameNames(top, wanted).filter((name) => name !== wanted))
}

/** Every staged file moved to its place: those for the commit, and those that a person has to look at first. */
export function planPlacing(
  scan: Scan,
  {staged, to, held}: {readonly staged: string; readonly to: string; readonly held: ReadonlySet<string>},
): {readonly committed: readonly Change[]; readonly placed: readonly Change[]} {
  const moves = scan.files.map(({path}) => ({
    path,
    change: {kind: 'move' as const, from: `${staged}/${path}`, to: `${to}/${path}`},
  }))
  return {
    committed: moves.filter(({path}) => !held.has(path)).map(({change}) => change),
    placed: moves.filter(({path}) => held.has(path)).map(({change}) => change),
  }
}

function hasKnownFile(source: Folder, folder: string): boolean {
  return source
    .list(folder)
    .some(({name, kind}) => kind === 'file' && KNOWN_FILES.some((known) => known.toLowerCase() === name.toLowerCase()))
}
