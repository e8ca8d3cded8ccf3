import {EXIT, UserError} from '../../kit/errors.js'
import {readFrontmatter, writeFrontmatter} from '../../kit/frontmatter.js'
import {contentHash} from '../../kit/hash.js'
import {formatYamlValue, parseYaml, type YamlDocument} from '../../kit/yaml.js'
import {type AgentEntry, agentPaths, inAgent} from '../../workspace/agents.js'
import type {Change} from '../../workspace/change.js'
import {DEFAULT_CONTRACT} from '../../workspace/contract.js'
import type {Home} from '../../workspace/home.js'
import {ADOPTED_FILE, parseTicked, type Ticked} from './adopted-file.js'

export interface ApprovePlan {
  readonly ticked: Ticked
  /** What the contract does not have yet. */
  readonly granted: readonly {readonly kind: 'host' | 'command' | 'repo'; readonly value: string}[]
  readonly changes: readonly Change[]
}

const LISTS = [
  ['hosts', 'host'],
  ['commands', 'command'],
  ['repos', 'repo'],
] as const

/** The contract in SOUL.md with what was ticked in ADOPTED.md; the body of the soul stays byte for byte. */
export function planApproval(home: Home, agent: AgentEntry): ApprovePlan {
  const page = home.files.readText(inAgent(agent, ADOPTED_FILE))
  if (page === null) throw noPage(agent)
  const path = agentPaths(agent).soul
  const bytes = home.files.read(path)
  const text = bytes?.toString('utf8') ?? ''
  if (bytes && !Buffer.from(text).equals(bytes)) throw notUtf8(path)
  const ticked = parseTicked(page)
  const {head, body} = readFrontmatter(text, path)
  const contract = head ?? parseYaml(startingContract(agent), {file: path})
  const granted = LISTS.flatMap(([list, kind]) =>
    addMissing(contract, {list, values: ticked[list], agent}).map((value) => ({kind, value})),
  )
  if (granted.length === 0) return {ticked, granted, changes: []}
  // A soul without frontmatter keeps its bytes, whatever its line ends are.
  const content = writeFrontmatter(contract, head === null ? text.replace(/^\ufeff/, '') : body)
  return {ticked, granted, changes: [{kind: 'write', path, content, expect: bytes ? contentHash(bytes) : null}]}
}

function addMissing(
  head: YamlDocument,
  {list, values, agent}: {list: string; values: readonly string[]; agent: AgentEntry},
): string[] {
  if (values.length === 0) return []
  if (!head.has(['contract'])) head.set(['contract'], defaultLists(agent))
  const now = listAt(head.data, list)
  const missing = [...new Set(values)].filter((value) => !now.includes(value))
  if (missing.length > 0) head.set(['contract', list], [...now, ...missing])
  return missing
}

/** What the agent may do without a contract, written out, so that the first grant takes nothing away. */
function startingContract(agent: AgentEntry): string {
  const lines = Object.entries(defaultLists(agent)).map(([list, values]) => `  ${list}: ${formatYamlValue(values)}`)
  return `contract:\n${lines.join('\n')}\n`
}

function defaultLists(agent: AgentEntry): Record<string, readonly string[]> {
  const {reads, writes, hosts, commands, repos, may, ask, never} = DEFAULT_CONTRACT(agent)
  return {reads, writes, hosts, commands, repos, may, ask, never}
}

function listAt(data: unknown, list: string): unknown[] {
  const contract = typeof data === 'object' && data !== null ? Reflect.get(data, 'contract') : null
  const value: unknown = typeof contract === 'object' && contract !== null ? Reflect.get(contract, list) : null
  return Array.isArray(value) ? value : []
}

function noPage(agent: AgentEntry): UserError {
  return new UserError(`${agent.name} has no ${ADOPTED_FILE}, so there is nothing to approve.`, {
    code: 'NOT_ADOPTED',
    fix: `Edit the contract in ${agentPaths(agent).soul}, then run: mcos commit`,
    exit: EXIT.usage,
  })
}

function notUtf8(path: string): UserError {
  return new UserError(`${path} is not UTF-8, so a contract can't be put into it without changing its text.`, {
    code: 'NOT_UTF8',
    fix: `Save ${path} as UTF-8, then run the same command again.`,
    exit: EXIT.usage,
  })
}
