import {EXIT, UserError} from '../../kit/errors.js'
import {findAgent} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import {type AuditReport, auditSession} from './audit-session.js'
import {sessionsOf} from './session-file.js'

/** The audit by hand: of the session that is named, or of the one that began last in this agent's folder. */
export function auditAgent(
  fleet: Fleet,
  {agent: typed, session}: {readonly agent: string; readonly session: string | null},
): Promise<AuditReport> {
  const agent = findAgent(fleet.home, typed)
  const wanted = session ?? sessionsOf(fleet, agent.name)[0]?.session
  if (wanted !== undefined) return auditSession(fleet, agent, wanted)
  throw new UserError(`No session has been seen in ${agent.name}'s folder.`, {
    code: 'NOT_FOUND',
    fix: 'mcos guard install --claude, so that sessions are seen from their beginning',
    exit: EXIT.failed,
  })
}
