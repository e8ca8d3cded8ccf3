import {agentToken} from '../../bus/agent-token.js'
import {findPrivateKey} from '../../bus/keys.js'
import type {Law, TurnFacts} from '../../guard/action.js'
import {readCommittedLaw} from '../../heartbeat/committed-law.js'
import {readLawAnyhow} from '../../heartbeat/read-law.js'
import type {Clock} from '../../kit/clock.js'
import {EXIT, UserError} from '../../kit/errors.js'
import {type AgentEntry, findAgent} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import {openFleet} from '../fleet.js'
import {noteInSession, readSessionFile} from '../hook/session-file.js'
import type {ActsFor} from '../speaker.js'

/** One client that is connected: which fleet it means, what proves its agent, and what its session is called. */
export interface McpClient {
  readonly home?: string
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** What it has heard is kept under this name, as of a session of a coding agent. */
  readonly session: string
  readonly clock?: Clock
}

/** The fleet and the agent as they are at this very call: a contract, a token or a stop may have changed since the last. */
export interface Desk {
  readonly fleet: Fleet
  readonly agent: AgentEntry
  readonly actor: ActsFor
  readonly env: McpClient['env']
  readonly session: string
  readonly facts: TurnFacts
  /** All that decides for the agent. */
  law(): Promise<Law>
  /** From here on the session has heard this. */
  hear(facts: Partial<TurnFacts>): void
}

/** Opens the fleet for the agent that the environment names and proves. Without that nothing is opened for anybody. */
export async function openDesk({home, cwd, env, session, clock}: McpClient): Promise<Desk> {
  const claim = claimIn(env)
  const fleet = await openFleet({cwd, env, ...(home === undefined ? {} : {home}), ...(clock ? {clock} : {})})
  const agent = proved(fleet, claim)
  const before = readSessionFile(fleet, session)
  let {facts} = before
  let law: Promise<Law> | null = null
  return {
    fleet,
    agent,
    env,
    session,
    actor: {kind: 'agent', name: agent.name, by: 'itself'},
    get facts() {
      return facts
    },
    law() {
      law ??= readLawAnyhow(fleet, agent, readCommittedLaw(fleet, [agent]))
      return law
    },
    hear(heard) {
      const after = joined(facts, heard)
      noteInSession(fleet, session, {before: {...before, facts}, after: {agent: agent.name, facts: after}})
      facts = after
    },
  }
}

interface Claim {
  readonly name: string
  readonly token: string
}

function claimIn({MCOS_AGENT: name, MCOS_TOKEN: token}: McpClient['env']): Claim {
  if (name && token) return {name, token}
  const missing = name ? 'MCOS_TOKEN' : token ? 'MCOS_AGENT' : 'MCOS_AGENT and MCOS_TOKEN'
  throw new UserError(`Nothing says for which agent this server acts: ${missing} not set.`, {
    code: 'NO_ACTOR',
    fix: ['mcos mcp install AGENT --claude   # or --codex, --gemini', 'mcos mcp token AGENT   # for other clients'],
    exit: EXIT.refused,
  })
}

function proved(fleet: Fleet, {name, token}: Claim): AgentEntry {
  const agent = findAgent(fleet.home, name)
  const key = findPrivateKey(fleet.home.files, agent.name)
  if (key !== null && token === agentToken(key)) return agent
  throw new UserError(`MCOS_TOKEN is not the token of ${agent.name} on this machine.`, {
    code: 'BAD_TOKEN',
    fix: `mcos mcp token ${agent.name}   # what a client of this agent is given`,
    exit: EXIT.refused,
  })
}

function joined(facts: TurnFacts, {taint = [], secrets = [], outside = []}: Partial<TurnFacts>): TurnFacts {
  const merged = (known: readonly string[], more: readonly string[]) => [...new Set([...known, ...more])]
  return {
    ...facts,
    taint: merged(facts.taint, taint),
    secrets: merged(facts.secrets, secrets),
    outside: merged(facts.outside, outside),
  }
}
