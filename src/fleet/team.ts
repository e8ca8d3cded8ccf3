import type {Folder} from '../kit/folder.js'
import {type AgentEntry, agentPaths} from '../workspace/agents.js'
import {parseSoul} from '../workspace/parse-soul.js'

/** What colleagues know of one another. */
export interface Teammate {
  readonly name: string
  readonly role: string
  readonly reportsTo: string | null
}

/** The fleet's agents as their souls tell; one whose soul can't be read is known by name only. */
export function readTeam(files: Folder, agents: readonly AgentEntry[]): Teammate[] {
  return agents.map((agent) => {
    const path = agentPaths(agent).soul
    try {
      const {role, reportsTo} = parseSoul(files.readText(path) ?? '', path)
      return {name: agent.name, role: role ?? '', reportsTo}
    } catch {
      // A broken soul is told by doctor and by its own agent's next beat; it keeps nobody from joining the fleet.
      return {name: agent.name, role: '', reportsTo: null}
    }
  })
}

/** Whom a new agent reports to: the one that most report to already, or else the orchestrator; null when nobody leads. */
export function findLead(team: readonly Teammate[]): string | null {
  const counts = new Map<string, number>()
  for (const {reportsTo} of team) if (reportsTo !== null) counts.set(reportsTo, (counts.get(reportsTo) ?? 0) + 1)
  const ranked = team
    .map(({name, role}) => ({name, weight: (counts.get(name) ?? 0) + (/^orchestrator\b/i.test(role) ? 0.5 : 0)}))
    .sort((one, other) => other.weight - one.weight || (one.name < other.name ? -1 : 1))
  const first = ranked[0]
  return first && first.weight > 0 ? first.name : null
}

/** One line for each colleague, as an AGENTS.md lists them. */
export function formatTeam(team: readonly Teammate[], {except}: {readonly except: string}): string[] {
  return team
    .filter(({name}) => name !== except)
    .map(({name, role}) => (role ? `${name}: ${role.toLowerCase()}` : name))
}
