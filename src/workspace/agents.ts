import {isAbsolute, relative, sep} from 'node:path'
import {EXIT, UserError} from '../kit/errors.js'
import type {Folder} from '../kit/folder.js'
import type {FleetConfig} from './config.js'
import {isAgentName, nearestName, parseAgentName} from './names.js'

/** One agent and where its folder lies: relative to the home, `.` in a flat one-agent home. */
export interface AgentEntry {
  readonly name: string
  readonly path: string
}

/** What the list of agents is read from; a Home is one. */
export interface AgentSource {
  readonly files: Folder
  readonly config: Pick<FleetConfig, 'agents'>
}

/** Where an agent's files are, relative to the home. */
export interface AgentPaths {
  readonly folder: string
  readonly soul: string
  readonly agents: string
  readonly user: string
  readonly guardrails: string
  readonly heartbeat: string
  /** The operator's rules for mail. */
  readonly mailRules: string
  /** What became of mail: a ledger and a page a day. */
  readonly mailFolder: string
  readonly memory: string
  readonly memoryFolder: string
  readonly workstate: string
  readonly inbox: string
  readonly inboxNew: string
  readonly inboxCur: string
  readonly inboxTmp: string
  readonly quarantine: string
  readonly held: string
  workstateWith(person: string): string
  /** `date` as 2026-11-21, in the fleet's time zone. */
  log(date: string): string
  /** `month` as 2026-11. */
  inboxDone(month: string): string
}

export function agentPaths(agent: AgentEntry): AgentPaths {
  const at = (rel: string): string => inAgent(agent, rel)
  return {
    folder: agent.path,
    soul: at('SOUL.md'),
    agents: at('AGENTS.md'),
    user: at('USER.md'),
    guardrails: at('GUARDRAILS.md'),
    heartbeat: at('HEARTBEAT.md'),
    mailRules: at('MAIL.md'),
    mailFolder: at('mail'),
    memory: at('MEMORY.md'),
    memoryFolder: at('memory'),
    workstate: at('WORKSTATE.md'),
    inbox: at('inbox'),
    inboxNew: at('inbox/new'),
    inboxCur: at('inbox/cur'),
    inboxTmp: at('inbox/tmp'),
    quarantine: at('inbox/quarantine'),
    held: at('inbox/held'),
    workstateWith: (person) => at(`workstate/chat-${person}.md`),
    log: (date) => at(`memory/${date}.md`),
    inboxDone: (month) => at(`inbox/done/${month}`),
  }
}

/** A path inside an agent's folder, as a path from the home. */
export function inAgent(agent: AgentEntry, rel: string): string {
  return agent.path === '.' ? rel : `${agent.path}/${rel}`
}

/** The agents that `agents:` names, or else every well-named folder under workspaces/; sorted by name. */
export function listAgents(home: AgentSource): AgentEntry[] {
  const named = home.config.agents
  const entries = named
    ? Object.entries(named).map(([name, agent]) => ({name, path: agent.path}))
    : home.files
        .list('workspaces')
        .filter((entry) => entry.kind === 'folder' && isAgentName(entry.name))
        .map(({name}) => ({name, path: `workspaces/${name}`}))
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** What lies under workspaces/ and is no agent: badly named folders, links, files; `doctor` tells of them. */
export function listStrangers(home: AgentSource): string[] {
  if (home.config.agents) return []
  return home.files
    .list('workspaces')
    .filter((entry) => !entry.name.startsWith('.') && !(entry.kind === 'folder' && isAgentName(entry.name)))
    .filter((entry) => entry.kind !== 'file' || !/^readme/i.test(entry.name))
    .map((entry) => `workspaces/${entry.name}`)
}

export function findAgent(home: AgentSource, typed: string): AgentEntry {
  const name = parseAgentName(typed)
  const agents = listAgents(home)
  const found = agents.find((agent) => agent.name === name)
  if (found) return found
  const names = agents.map((agent) => agent.name)
  const near = nearestName(name, names)
  if (home.files.stat(`retired/${name}`) !== null) throw retired(name)
  throw new UserError(`There is no agent ${name} in this fleet.`, {
    code: 'NO_AGENT',
    fix: near
      ? `Did you mean ${near}?`
      : names.length > 0
        ? `mcos fleet list   # ${names.slice(0, 12).join(', ')}${names.length > 12 ? ', …' : ''}`
        : `mcos init agent ${name}`,
    exit: EXIT.usage,
  })
}

function retired(name: string): UserError {
  return new UserError(`${name} has retired; what it left is in retired/${name}.`, {
    code: 'NO_AGENT',
    fix: 'mcos history   # its turn "Retire" can be undone: mcos undo TURN',
    exit: EXIT.usage,
  })
}

/** The agent whose folder `cwd` is or lies in, the innermost one; null at the home itself or elsewhere. */
export function agentAt(home: AgentSource & {readonly dir: string}, cwd: string): AgentEntry | null {
  const rel = relative(home.dir, cwd).split(sep).join('/')
  if (rel === '..' || rel.startsWith('../') || isAbsolute(rel)) return null
  const around = listAgents(home).filter(
    (agent) => agent.path === '.' || rel === agent.path || rel.startsWith(`${agent.path}/`),
  )
  return around.sort((a, b) => b.path.length - a.path.length)[0] ?? null
}
