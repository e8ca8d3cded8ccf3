import {publicKeyPath} from '../bus/keys.js'
import {EXIT, UserError} from '../kit/errors.js'
import {readFrontmatter, writeFrontmatter} from '../kit/frontmatter.js'
import {contentHash} from '../kit/hash.js'
import {isRecord} from '../kit/is-record.js'
import type {YamlDocument} from '../kit/yaml.js'
import {type AgentEntry, agentPaths, findAgent, listAgents} from '../workspace/agents.js'
import type {Change} from '../workspace/change.js'
import type {Home} from '../workspace/home.js'
import {parseAgentName} from '../workspace/names.js'
import {findMentions} from './config-mentions.js'
import {insistOnFreeName} from './init-agent.js'
import {planConfigEdit} from './listing.js'
import {holdsFiles, planFolderMove} from './move-folder.js'

export interface RenamePlan {
  readonly from: AgentEntry
  readonly to: AgentEntry
  readonly changes: readonly Change[]
}

/**
 * Another name for an agent: its folder, the line in mcos.yaml, whoever reports to it, and its own contract's paths.
 * The old public key stays, because messages that were signed under the old name are not rewritten.
 */
export function planRename(
  home: Home,
  {from: typed, to: wanted}: {readonly from: string; readonly to: string},
): RenamePlan {
  const from = findAgent(home, typed)
  const name = parseAgentName(wanted)
  insistOnFreeName(home, name, {key: home.files.readText(publicKeyPath(from.name))})
  const to = {name, path: renamedPath(from, name)}
  if (to.path !== from.path && holdsFiles(home.files, to.path)) throw inTheWay(to.path)
  return {
    from,
    to,
    changes: [
      ...planSouls(home, from, to),
      ...(to.path === from.path ? [] : planFolderMove(home.files, {from: from.path, to: to.path})),
      ...planConfig(home, from, to),
      ...planKey(home, from.name, name),
    ],
  }
}

/** A folder that was called after its agent is called after it again; any other keeps its place. */
function renamedPath({name, path}: AgentEntry, renamed: string): string {
  const parts = path.split('/')
  return parts.at(-1) === name ? [...parts.slice(0, -1), renamed].join('/') : path
}

function planConfig(home: Home, from: AgentEntry, to: AgentEntry): Change[] {
  return planConfigEdit(home, (config) => {
    for (const {path} of findMentions(home, from.name)) config.set(path, to.name)
    for (const [name, account] of Object.entries(home.config.mail.accounts)) {
      if (account.kind !== 'maildir' || !account.path.startsWith(`${from.path}/`)) continue
      config.set(['mail', 'accounts', name, 'path'], `${to.path}${account.path.slice(from.path.length)}`)
    }
    if (home.config.agents === null) return
    config.set(['agents', to.name], {path: to.path})
    config.delete(['agents', from.name])
  })
}

/** Souls are changed where they lie now; the move comes after. */
function planSouls(home: Home, from: AgentEntry, to: AgentEntry): Change[] {
  return listAgents(home).flatMap((agent): Change[] => {
    const path = agentPaths(agent).soul
    const text = home.files.readText(path)
    if (text === null) return []
    const content = renameInSoul(text, path, {from: from.name, to: to.name})
    return content === text ? [] : [{kind: 'write', path, content, expect: contentHash(text)}]
  })
}

/** The soul with every place that means the agent changed; prose is its writer's and stays. */
function renameInSoul(text: string, file: string, {from, to}: {readonly from: string; readonly to: string}): string {
  const {head, body} = readFrontmatter(text, file)
  if (head === null) return text
  const data = head.data
  if (isRecord(data) && data['reports_to'] === from) head.set(['reports_to'], to)
  if (isRecord(data) && isRecord(data['contract'])) renamePaths(head, data['contract'], {from, to})
  const renamed = writeFrontmatter(head, body)
  // A file with CRLF or a BOM that had nothing to change stays as it is, byte for byte.
  return head.toString() === readFrontmatter(text, file).head?.toString() ? text : renamed
}

function renamePaths(
  head: YamlDocument,
  contract: Readonly<Record<string, unknown>>,
  {from, to}: {readonly from: string; readonly to: string},
): void {
  for (const key of ['reads', 'writes']) {
    const patterns = contract[key]
    if (!Array.isArray(patterns)) continue
    patterns.forEach((pattern: unknown, index) => {
      if (typeof pattern !== 'string' || !pattern.startsWith(`workspaces/${from}/`)) return
      head.set(['contract', key, index], `workspaces/${to}/${pattern.slice(`workspaces/${from}/`.length)}`)
    })
  }
}

function planKey({files}: Home, from: string, to: string): Change[] {
  const known = files.readText(publicKeyPath(from))
  if (known === null) return []
  const path = publicKeyPath(to)
  const there = files.readText(path)
  return there === known
    ? []
    : [{kind: 'write', path, content: known, expect: there === null ? null : contentHash(there)}]
}

function inTheWay(path: string): UserError {
  return new UserError(`${path} is in the way.`, {
    code: 'COLLISION',
    fix: 'Choose another name, or move it away first.',
    exit: EXIT.usage,
  })
}
