import {cleanLine, shorten} from '../../kit/text.js'
import type {AgentEntry} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import {auditSession} from './audit-session.js'

/** The audit as a host's hook asks for it: what the session has to hear; null: nothing slipped past. */
export async function auditForHost(fleet: Fleet, agent: AgentEntry, session: string | null): Promise<string | null> {
  if (session === null) return null
  const {taken_back, alert} = await auditSession(fleet, agent, session)
  // What can't be brought back was told once; a host that is stopped for it at every call would get nowhere.
  if (alert === null || taken_back.length === 0) return null
  const lines = taken_back.map(({path, why, trouble}) => `${path} (${why}${trouble === null ? '' : `; ${trouble}`})`)
  return shorten(
    cleanLine(`taken back, as ${agent.name} may not change it: ${lines.join(', ')}. A person was told.`),
    800,
  )
}
