import {EXIT, UserError} from '../../kit/errors.js'
import {type AgentEntry, agentAt, findAgent} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import {readSoulsHere} from '../../workspace/read-souls.js'
import {CODING_AGENTS, type CodingAgent, settingsFile} from '../guard-install/coding-agents.js'
import {type CanaryResult, keepCanaries} from './canary-file.js'
import {claudeCanary} from './claude.js'
import {codexCanary} from './codex.js'
import {geminiCanary} from './gemini.js'
import {tryGit} from './try-git.js'
import {tryHost} from './try-host.js'
import type {CanaryDialect} from './try-out.js'

export interface CanaryWish {
  /** null: the one whose folder `cwd` is, or else each that has settings of a host, or else the first. */
  readonly agent: string | null
  readonly hosts: readonly CodingAgent[]
  readonly git: boolean
  readonly cwd: string
  readonly deadlineMs?: number
  readonly signal: AbortSignal
  /** Told before each is tried. */
  onTry?(agent: string): void
}

/** What each host made of a call that must be denied. */
export interface CanaryReport {
  readonly hosts: readonly CanaryResult[]
  /** Whether every host that is there denied it. */
  readonly enforced: boolean
}

const DEADLINE_MS = 60_000

const DIALECTS: Readonly<Record<CodingAgent, CanaryDialect>> = {
  claude: claudeCanary,
  codex: codexCanary,
  gemini: geminiCanary,
}

/** Proves for each host found on this machine that what must be denied is denied, by trying it. */
export async function runCanary(fleet: Fleet, wish: CanaryWish): Promise<CanaryReport> {
  const {deadlineMs = DEADLINE_MS, signal} = wish
  const agents = await agentsOf(fleet, wish)
  const [first] = agents
  const hosts: CanaryResult[] = []
  for (const agent of agents) {
    wish.onTry?.(agent.name)
    const tries = wish.hosts.map((host) => tryHost(fleet, {agent, dialect: DIALECTS[host], deadlineMs, signal}))
    // The hooks of git are the whole fleet's, so one agent stands for all.
    if (wish.git && agent === first) tries.push(tryGit(fleet, {agent, deadlineMs, signal}))
    hosts.push(...(await Promise.all(tries)))
  }
  keepCanaries(fleet, hosts)
  const there = hosts.filter(({status}) => status !== 'not installed')
  return {hosts, enforced: there.every(({status}) => status === 'enforced')}
}

async function agentsOf(fleet: Fleet, {agent, cwd}: CanaryWish): Promise<AgentEntry[]> {
  const {home} = fleet
  if (agent !== null) return [findAgent(home, agent)]
  const standing = agentAt(home, cwd)
  if (standing) return [standing]
  const here = (await readSoulsHere(fleet)).map((soul) => soul.agent)
  const withSettings = here.filter((one) => CODING_AGENTS.some((host) => home.files.stat(settingsFile(one, host))))
  const chosen = withSettings.length > 0 ? withSettings : here.slice(0, 1)
  if (chosen.length > 0) return chosen
  throw new UserError('There is no agent here in whose folder a host could be started.', {
    code: 'NO_AGENT',
    fix: 'mcos init agent NAME',
    exit: EXIT.usage,
  })
}
