import {EXIT, UserError} from '../../kit/errors.js'
import {cleanLine} from '../../kit/text.js'
import {findAgent} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import type {AuditReport} from './audit-report.js'
import {auditSession} from './audit-session.js'
import {sessionsOf} from './session-file.js'

const MOST_NAMES = 8

/**
 * The audit by hand: of the session that is named, or of the one that began last in this agent's folder. Only what a hook
 * has seen begin is audited: a mistyped name would otherwise begin a session of its own, and find nothing.
 */
export async function auditAgent(
  fleet: Fleet,
  {agent: typed, session}: {readonly agent: string; readonly session: string | null},
): Promise<AuditReport> {
  const agent = findAgent(fleet.home, typed)
  const names = sessionsOf(fleet, agent.name).map((known) => known.session)
  const wanted = session === null ? names[0] : names.find((name) => name === session)
  if (wanted !== undefined) return auditSession(fleet, agent, wanted)
  throw names.length === 0 ? noneSeen(agent.name) : notSeen(agent.name, session ?? '', names)
}

function noneSeen(agent: string): UserError {
  return new UserError(`No session has been seen in ${agent}'s folder: the hooks see one from its beginning.`, {
    code: 'NOT_FOUND',
    fix: `mcos guard install ${agent} --claude   # or --codex, --gemini`,
    exit: EXIT.usage,
  })
}

function notSeen(agent: string, session: string, names: readonly string[]): UserError {
  const more = names.length > MOST_NAMES ? `, and ${names.length - MOST_NAMES} more` : ''
  const known = `${names.slice(0, MOST_NAMES).map(cleanLine).join(', ')}${more}`
  return new UserError(`No session ${cleanLine(session)} has been seen in ${agent}'s folder. Known: ${known}.`, {
    code: 'NOT_FOUND',
    fix: `mcos guard audit ${agent} --session ${cleanLine(names[0] ?? '')}`,
    exit: EXIT.usage,
  })
}
