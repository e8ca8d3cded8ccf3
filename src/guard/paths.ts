import {compileGlob} from '../kit/path-glob.js'
import type {AgentEntry} from '../workspace/agents.js'

/** What an operator or a command writes, whoever's contract covers it. */
const OPERATED_FILES = [
  'soul.md',
  'agents.md',
  'user.md',
  'guardrails.md',
  'heartbeat.md',
  'parked.md',
  'mcos.yaml',
  '.gitattributes',
  '.gitmodules',
]
/** Instructions and settings that other tools obey, or run, because they lie there. */
const OBEYED_FILES = [
  'claude.md',
  'claude.local.md',
  'gemini.md',
  'agents.override.md',
  'copilot-instructions.md',
  '.mcp.json',
  '.cursorrules',
  '.windsurfrules',
  '.clinerules',
  '.envrc',
  '.lfsconfig',
  '.pre-commit-config.yaml',
  '.gitlab-ci.yml',
]
const OBEYED_FOLDER =
  /^\.(claude|codex|gemini|cursor|windsurf|vscode|idea|devcontainer|husky|githooks|github|circleci|forgejo|gitea)$/
const OPERATED_FOLDERS = ['keys', 'guardrails', 'approvals', 'tasks', 'alerts', 'usage']
/** This machine's own and git's own (git~1 is NTFS for .git): keys, locks, receipts, the repository's settings. */
const PRIVATE_FOLDER = /^(\.mcos|\.git|git~\d+)$/

/** The pattern of a contract that covers this path, as the contract has it. */
export function findPattern(
  patterns: readonly string[],
  path: string,
  agent: Pick<AgentEntry, 'name' | 'path'>,
): string | undefined {
  return patterns.find((pattern) => compileGlob(inOwnFolder(pattern, agent))(path))
}

/** Why nobody's contract can open this path, or null. */
export function whyClosed(path: string, access: 'read' | 'write'): string | null {
  if (!isCanonical(path)) return 'the path is not a plain one inside the home'
  const parts = path.split('/').map(foldName)
  if (parts.some((part) => PRIVATE_FOLDER.test(part))) return 'what lies in .mcos and .git is no agent\u2019s'
  if (access === 'read') return null
  // A line break in a name would be two names to whoever is told names line by line, as git is.
  if (/[\u0000-\u001f\u007f-\u009f]/.test(path))
    return 'a control character in a name can mean another file to other tools'
  if (OPERATED_FOLDERS.includes(parts[0] ?? '')) return `only people and commands write in ${parts[0]}/`
  const last = parts.at(-1) ?? ''
  if (OPERATED_FILES.includes(last)) return 'the operator writes this file, agents never do'
  if (OBEYED_FILES.includes(last) || parts.some((part) => OBEYED_FOLDER.test(part)))
    return 'other tools obey what lies there, so the operator writes it, agents never do'
  return null
}

/** The part of a path below an agent's own folder; null: it lies elsewhere. Compared as file systems would. */
export function partInFolder(target: string, {path}: Pick<AgentEntry, 'path'>): string | null {
  if (target.startsWith('/')) return null
  if (path === '.') return target
  const [parts, own] = [target.split('/'), path.split('/')]
  const isBelow = parts.length > own.length && own.every((part, place) => isSameName(part, parts[place] ?? ''))
  return isBelow ? parts.slice(own.length).join('/') : null
}

/**
 * Why an agent's rules for mail and its `mail/` are closed to everybody's contract: whom an urgent mail was told to, and
 * what can be taken back, is read from there.
 */
export function whyMail(target: string, agents: readonly Pick<AgentEntry, 'path'>[]): string | null {
  const parts = agents.map((agent) => partInFolder(target, agent)?.split('/').map(foldName) ?? [])
  if (parts.some(([first]) => first === 'mail')) return 'what became of mail is written down by mcos email alone'
  const isRules = parts.some(([first, ...rest]) => first === 'mail.md' && rest.length === 0)
  return isRules ? 'the operator writes this file, agents never do' : null
}

/** A path in the form in which what closes compares it: as the most forgiving file system would take it. */
export function foldPath(path: string): string {
  return path.split('/').map(foldName).join('/')
}

/** Whether a whole tree, written with "/" at its end, holds this folder, or is it. */
export function isTreeOf(target: string, folder: string): boolean {
  if (!target.endsWith('/')) return false
  const tree = foldPath(target.slice(0, -1))
  return tree === '' || (folder !== '.' && `${foldPath(folder)}/`.startsWith(`${tree}/`))
}

/** Relative to the home, no `.` or `..`, nothing empty: what is compared must be what is opened. */
function isCanonical(path: string): boolean {
  if (path === '' || /[\0\\]/.test(path)) return false
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
}

function isSameName(one: string, other: string): boolean {
  return one === other || foldName(one) === foldName(other)
}

/** Letters and digits of ASCII with single dots between them, as nearly all names are: only case can be forgiven of one. */
const PLAIN_NAME = /^\.?[\w-]+(?:\.[\w-]+)*$/

/** A name as the most forgiving file system would take it: case, normal form, invisible letters, trailing dots, streams. */
function foldName(name: string): string {
  if (PLAIN_NAME.test(name)) return name.toLowerCase()
  return name
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .normalize('NFC')
    .replace(/:.*$/s, '')
    .replace(/[. ]+$/, '')
}

/** `workspaces/<itself>/` means the agent's own folder, wherever that lies. */
function inOwnFolder(pattern: string, {name, path}: Pick<AgentEntry, 'name' | 'path'>): string {
  const own = `workspaces/${name}/`
  if (!pattern.startsWith(own)) return pattern
  const rest = pattern.slice(own.length)
  return path === '.' ? rest : `${path}/${rest}`
}
