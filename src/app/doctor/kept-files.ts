import {runGit} from '../../history/plumbing.js'
import {findRepository, isInRepository} from '../../history/repository.js'
import {decodeText} from '../../kit/decode.js'
import {contentHash} from '../../kit/hash.js'
import {shellWord} from '../../kit/shell-word.js'
import {type AgentEntry, agentPaths, listAgents} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import {type Checkup, editCommand, type Repair, restoreCommand, type Trouble} from '../../workspace/health.js'
import {type KeptFile, keptFiles, rewrite} from './committed.js'

const FIX = 'mcos doctor --fix'

const lost: Checkup = {
  id: 'files-lost',
  title: 'No file that an agent lives by was lost or emptied since the last commit',
  means: 'The agent goes on without it: without its contract, its procedures or its memory.',
  examine(fleet) {
    const troubles = keptFiles(fleet).flatMap((file): Trouble[] => {
      const how = howLost(file)
      if (how === null) return []
      const detail = `${file.path} ${how}; if you mean it: mcos commit ${file.path}`
      // People empty a HEARTBEAT.md to switch an agent off.
      if (file.kind === 'HEARTBEAT' && file.isThere) {
        return [{status: 'warn', detail, fix: restoreCommand(file.path)}]
      }
      return [{status: 'fail', detail, fix: FIX, fixable: true}]
    })
    return {seen: 'none was', troubles}
  },
  repair: (fleet) =>
    keptFiles(fleet)
      .filter((file) => howLost(file) !== null && !(file.kind === 'HEARTBEAT' && file.isThere))
      .map(({path, disk, head}): Repair => {
        const expect = disk === null ? null : contentHash(disk)
        const content = (head ?? Buffer.alloc(0)).toString('utf8')
        return {what: `Restore ${path} from the last commit`, local: [{kind: 'write', path, content, expect}]}
      }),
}

/** null: it is there, or nothing of it was ever committed. A link or folder in its place is another check's. */
function howLost({path, disk, isThere, head}: KeptFile): string | null {
  // mcos.yaml has its own checks: without it there is no home at all, and empty it can't be read.
  if (path === 'mcos.yaml' || head === null || head.toString('utf8').trim() === '') return null
  if (!isThere) return 'is gone, and the last commit has it'
  return disk !== null && disk.toString('utf8').trim() === '' ? 'is empty, and in the last commit it is not' : null
}

const tracked: Checkup = {
  id: 'files-tracked',
  title: 'Every file that an agent lives by is in git',
  means: 'What git does not keep is on no other machine, and nobody can look up or take back how it was.',
  examine(fleet) {
    const known = new Set(committedNames(fleet))
    const missing = keptFiles(fleet).filter(({isThere, head, path}) => isThere && head === null && !known.has(path))
    const ignored = ignoredAmong(
      fleet,
      missing.map(({path}) => path),
    )
    const troubles = missing.map(({path}): Trouble => {
      if (!ignored.has(path)) {
        return {status: 'warn', detail: `${path} was never committed`, fix: `mcos commit ${shellWord(path)}`}
      }
      const detail = `${path} is ignored by git (${ignored.get(path)})`
      return {status: 'fail', detail, fix: editCommand(ignored.get(path)?.split(':')[0] ?? '.gitignore')}
    })
    return {seen: 'each is', troubles: [...troubles, ...ignoredFolders(fleet)]}
  },
}

/** Logs and messages of tomorrow: what ignores one ignores them all. */
function ignoredFolders(fleet: Fleet): Trouble[] {
  const agents = listAgents(fleet.home)
  const samples = agents.flatMap((agent) => [
    `${agentPaths(agent).memoryFolder}/2000-01-01.md`,
    `${agentPaths(agent).inboxNew}/2000-01-01T000000Z-0.md`,
  ])
  const ignored = ignoredAmong(fleet, samples)
  const rules = new Map([...ignored].map(([path, rule]) => [rule, path]))
  return [...rules].map(([rule, path]): Trouble => {
    const folder = path.slice(0, path.lastIndexOf('/'))
    const detail = `${folder}/ is ignored by git (${rule}): what is written there is kept nowhere else`
    return {status: 'fail', detail, fix: editCommand(rule.split(':')[0] ?? '.gitignore')}
  })
}

/** Also those whose content git has lost: that is told by the check of objects. */
function committedNames(fleet: Fleet): string[] {
  const {home} = fleet
  const unsure = keptFiles(fleet).filter(({isThere, head}) => isThere && head === null)
  if (unsure.length === 0 || !isInRepository(home.dir)) return []
  const repository = findRepository(home.dir)
  const paths = unsure.map(({path}) => `${repository.prefix}${path}`)
  const {stdout} = runGit(repository, ['ls-tree', '-z', '--name-only', 'HEAD', '--', ...paths])
  return stdout
    .toString()
    .split('\0')
    .map((path) => path.slice(repository.prefix.length))
}

/** By path: the line that ignores it. */
function ignoredAmong({home}: Fleet, paths: readonly string[]): Map<string, string> {
  if (paths.length === 0 || !isInRepository(home.dir)) return new Map()
  const repository = findRepository(home.dir)
  const input = paths.map((path) => `${repository.prefix}${path}\0`).join('')
  const {stdout} = runGit(repository, ['check-ignore', '--no-index', '--stdin', '-z', '-v'], {input})
  const fields = stdout.toString().split('\0')
  const found = new Map<string, string>()
  for (let index = 0; index + 3 < fields.length; index += 4) {
    const [file = '', line = '', pattern = '', path = ''] = fields.slice(index, index + 4)
    if (!pattern.startsWith('!')) found.set(path.slice(repository.prefix.length), `${file}:${line}: ${pattern}`)
  }
  return found
}

const marks: Checkup = {
  id: 'merge-marks',
  title: 'No file holds the marks of a merge that was not finished',
  means: 'Both sides of the conflict stand in it, and the agent reads both as true.',
  examine(fleet) {
    const troubles = keptFiles(fleet).flatMap(({path, disk}): Trouble[] => {
      const lines = disk?.toString('utf8').split('\n') ?? []
      const at = lines.findIndex((line) => /^(?:<{7}|>{7}) /.test(line))
      if (at === -1) return []
      const detail = `${path}:${at + 1}: "${lines[at]?.slice(0, 40).trim()}" of an unfinished merge`
      return [{status: 'fail', detail, fix: editCommand(path)}]
    })
    return {seen: 'none does', troubles}
  },
}

const encoding: Checkup = {
  id: 'encoding',
  title: 'Every file is UTF-8 with plain line ends',
  means: 'Other tools read such a file otherwise than mcos does, and git shows every line of it as changed.',
  examine(fleet) {
    const troubles = keptFiles(fleet).flatMap((file): Trouble[] => {
      const warnings = file.disk === null ? [] : decodeText(file.disk).warnings
      if (warnings.length === 0) return []
      const detail = `${file.path}: ${warnings.join('; ')}`
      if (plainText(file) !== null) return [{status: 'warn', detail, fix: FIX, fixable: true}]
      return [{status: 'warn', detail, fix: editCommand(file.path)}]
    })
    return {seen: 'each is', troubles}
  },
  repair: (fleet) =>
    keptFiles(fleet).flatMap((file): Repair[] => {
      const content = plainText(file)
      return content === null ? [] : [rewrite(file, {what: `Write ${file.path} as plain UTF-8`, content})]
    }),
}

/** What can be put right without a guess: another encoding, and letters that were lost, are a person's to judge. */
const CERTAIN = /^it (?:begins with a byte order mark|is UTF-16[LB]E, not UTF-8)$|^its lines end/

function plainText({disk}: KeptFile): string | null {
  if (disk === null) return null
  const {text, warnings} = decodeText(disk)
  return warnings.length > 0 && warnings.every((warning) => CERTAIN.test(warning)) ? text : null
}

const HIDDEN = /[\u200b\u2060-\u2064\u202a-\u202e\u2066-\u2069\u00ad]|[\u{e0000}-\u{e007f}]/u

const hidden: Checkup = {
  id: 'hidden-text',
  title: 'No file holds letters that nobody can see',
  means: 'A model reads them and a person does not: that is how instructions are smuggled in.',
  examine(fleet) {
    const troubles = keptFiles(fleet).flatMap(({path, disk}): Trouble[] => {
      const lines = disk?.toString('utf8').split('\n') ?? []
      const at = lines.findIndex((line) => HIDDEN.test(line))
      if (at === -1) return []
      const code = HIDDEN.exec(lines[at] ?? '')?.[0].codePointAt(0) ?? 0
      const detail = `${path}:${at + 1}: U+${code.toString(16).toUpperCase().padStart(4, '0')} can't be seen`
      return [{status: 'warn', detail, fix: editCommand(path)}]
    })
    return {seen: 'none does', troubles}
  },
}

/** What a coding agent in the same folder reads instead of AGENTS.md. */
const RIVALS = ['CLAUDE.md', 'GEMINI.md']

const instructions: Checkup = {
  id: 'instructions',
  title: 'Coding agents in a folder read the same procedures as mcos',
  means: 'Claude Code or Gemini CLI in this folder follows another text than the agent does.',
  examine(fleet) {
    const troubles = keptFiles(fleet).flatMap(({kind, agent, disk}) => {
      if (kind !== 'AGENTS' || agent === null || disk === null) return []
      return RIVALS.flatMap((name) => rivalOf(fleet, {agent, name, own: disk.toString('utf8')}))
    })
    return {seen: 'they do', troubles}
  },
}

function rivalOf(
  {home}: Fleet,
  {agent, name, own}: {readonly agent: AgentEntry; readonly name: string; readonly own: string},
): Trouble[] {
  const path = agent.path === '.' ? name : `${agent.path}/${name}`
  if (home.files.stat(path)?.kind !== 'file') return []
  const text = home.files.readText(path) ?? ''
  if (text.trim() === own.trim() || /@(?:\.\/)?AGENTS\.md/.test(text)) return []
  const detail = `${path} says something else than AGENTS.md beside it; the one line "@AGENTS.md" in it would do`
  return [{status: 'warn', detail, fix: editCommand(path)}]
}

/** What the files that people keep tell beside the last commit. */
export const KEPT_CHECKUPS: readonly Checkup[] = [lost, tracked, marks, encoding, hidden, instructions]
