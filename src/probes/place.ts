import type {AgentEntry} from '../workspace/agents.js'

/** Where an agent's contract stands, as a person would type it. */
export function soulPlace({path}: AgentEntry): string {
  return path === '.' ? 'SOUL.md' : `${path}/SOUL.md`
}
