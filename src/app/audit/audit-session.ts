import type {Law} from '../../guard/action.js'
import {NO_FACTS} from '../../guard/action.js'
import {decide} from '../../guard/decide.js'
import {readCommittedLaw} from '../../heartbeat/committed-law.js'
import {readLawAnyhow} from '../../heartbeat/read-law.js'
import {foreignCommits} from '../../history/foreign-commits.js'
import {mayNeedRecovery} from '../../history/leftover.js'
import {recoverJournals} from '../../history/recover.js'
import {auditHome} from '../../turn/home-audit/audit-home.js'
import {takeBaseline} from '../../turn/home-audit/baseline.js'
import type {AgentEntry} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import type {AuditReport} from './audit-report.js'
import {readSession, sessionKey, writeSession} from './session-file.js'
import {tellAudit} from './tell-audit.js'

/** Remembers how the home lies as a session begins, or a person has their turn in it: what is there by now is not its doing. */
export async function beginAudit(fleet: Fleet, agent: AgentEntry, session: string): Promise<void> {
  const baseline = takeBaseline(fleet, await lawOf(fleet, agent))
  const told = readSession(fleet, session)?.told ?? []
  writeSession(fleet, {agent: agent.name, session, baseline, told})
}

/**
 * Compares what a session has changed on the disk with what the law lets its agent change, takes back what slipped past,
 * and tells a person. What an agent may write is left alone, and so is what lay there before.
 */
export async function auditSession(fleet: Fleet, agent: AgentEntry, session: string): Promise<AuditReport> {
  if (mayNeedRecovery(fleet.home.dir)) recoverJournals(fleet.home.dir, {clock: fleet.clock})
  const known = readSession(fleet, session)
  const blank = {agent: agent.name, session, looked: 0, taken_back: [], commits: [], alert: null}
  if (known === null || known.agent !== agent.name) {
    await beginAudit(fleet, agent, session)
    return {...blank, has_baseline: false}
  }
  const {baseline, told} = known
  const folder = `taken-back/${sessionKey(session)}/${new Date(fleet.clock.now()).toISOString().replace(/[:.]/g, '-')}`
  const {looked, takenBack} = await auditHome(fleet, {baseline, folder, law: () => lawOf(fleet, agent)})
  const commits = await strangeCommits(fleet, agent, {since: baseline.head, told})
  // What can't be brought back is found again each time, and told once.
  const stuck = takenBack.flatMap(({path, trouble}) => (trouble === null ? [] : [`path ${path}`]))
  const fresh = [...stuck, ...commits.map(({commit}) => commit)].filter((one) => !told.includes(one))
  if (fresh.length > 0) writeSession(fleet, {...known, told: [...told, ...fresh]})
  const found = {...blank, has_baseline: true, looked, taken_back: takenBack, commits}
  const isQuiet = fresh.length === 0 && takenBack.length === stuck.length
  return isQuiet ? found : {...found, alert: await tellAudit(fleet, agent, found)}
}

async function strangeCommits(
  fleet: Fleet,
  agent: AgentEntry,
  {since, told}: {readonly since: string | null; readonly told: readonly string[]},
): Promise<AuditReport['commits']> {
  const fresh = foreignCommits(fleet.home.dir, since).filter(({commit}) => !told.includes(commit))
  if (fresh.length === 0) return []
  const law = await lawOf(fleet, agent)
  const isDenied = (path: string): boolean => decide(law, {verb: 'write', target: path}, NO_FACTS).effect === 'deny'
  return fresh
    .map(({paths, ...rest}) => ({...rest, paths: paths.filter(isDenied)}))
    .filter(({paths}) => paths.length > 0)
}

function lawOf(fleet: Fleet, agent: AgentEntry): Promise<Law> {
  return readLawAnyhow(fleet, agent, readCommittedLaw(fleet, [agent]))
}
