import {isTrusted, planTrust, readTrust, type TrustKind} from '../guard/trust.js'
import {readHeartbeat} from '../schedule/read-heartbeat.js'
import {type AgentEntry, agentPaths, findAgent, listAgents} from '../workspace/agents.js'
import type {Fleet} from '../workspace/fleet.js'
import {personHere} from './speaker.js'

/** A command line of a HEARTBEAT.md, which runs only once a person has trusted it on this machine. */
export interface TrustLine {
  readonly agent: string
  readonly kind: TrustKind
  readonly text: string
  /** Where it stands. */
  readonly file: string
  readonly line: number
  readonly trusted: boolean
}

export interface TrustList {
  readonly lines: readonly TrustLine[]
  /** How many of them this command made trusted. */
  readonly added: number
}

/** Every `run:` and `recover:` of an agent, or of all, with whether this machine trusts its exact text. */
export function listTrust(fleet: Fleet, agent: string | null): TrustLine[] {
  const agents = agent === null ? listAgents(fleet.home) : [findAgent(fleet.home, agent)]
  const trust = readTrust(fleet.mcos)
  return agents.flatMap((entry) =>
    commandsOf(fleet, entry).map((found) => ({
      ...found,
      trusted: isTrusted(trust, {agent: entry.name, kind: found.kind, text: found.text}),
    })),
  )
}

/** Trusts these lines from now on, on this machine only, exactly as they stand. */
export function trustLines(fleet: Fleet, lines: readonly TrustLine[]): void {
  for (const agent of new Set(lines.map((line) => line.agent))) {
    const texts = lines.filter((line) => line.agent === agent).map(({kind, text}) => ({kind, text}))
    const at = new Date(fleet.clock.now()).toISOString()
    const {path, content} = planTrust(readTrust(fleet.mcos), {agent, texts, at, by: personHere(fleet.home)})
    fleet.mcos.write(path, content, {mode: 0o600})
  }
}

function commandsOf({home}: Fleet, agent: AgentEntry): Omit<TrustLine, 'trusted'>[] {
  const file = agentPaths(agent).heartbeat
  const bytes = home.files.read(file)
  if (bytes === null) return []
  return readHeartbeat(bytes, file).checks.flatMap(({probes, recover}) => [
    ...probes
      .filter(({word}) => word === 'run')
      .map(({text, line}) => ({agent: agent.name, kind: 'run' as const, text, file, line})),
    ...(recover ? [{agent: agent.name, kind: 'recover' as const, text: recover.text, file, line: recover.line}] : []),
  ])
}
