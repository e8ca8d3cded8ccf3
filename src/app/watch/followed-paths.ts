import type {AgentEntry} from '../../workspace/agents.js'

interface Followed {
  /** Absolute. */
  readonly home: string
  readonly agents: readonly AgentEntry[]
  /** 2026-11-21; of the daily logs only the newest are followed. */
  readonly today: string
}

const AGENT_FILES = /^(?:SOUL\.md|HEARTBEAT\.md|WORKSTATE\.md|PARKED\.md|inbox(?:\/(?:new|cur)(?:\/[^/]+)?)?|memory)$/
const LOG = /^memory\/(\d{4}-\d\d-\d\d)\.md$/
const MACHINE = /^(?:STOP(?:\.[^/]+)?|locks(?:\/[^/]+\.lock)?|beats(?:\/[^/]+\.json)?|runs)$/
const RUNS = /^runs\/(\d{4}-\d\d-\d\d)\.jsonl$/
const RECORDS = /^(?:tasks|alerts|approvals)(?:\/[^/]+){0,3}$/

/**
 * Whether a status is made of this path or of what lies below it. Everything else is not even looked into: node_modules,
 * git's objects, mail, years of logs.
 */
export function isFollowed(path: string, {home, agents, today}: Followed): boolean {
  if (path === home) return true
  const rel = path.slice(home.length + 1)
  if (rel === 'mcos.yaml' || rel === 'workspaces' || rel === '.mcos' || RECORDS.test(rel)) return true
  if (rel.startsWith('.mcos/')) return isOfMachine(rel.slice('.mcos/'.length), today)
  if (/^workspaces\/[^/]+$/.test(rel)) return true
  const shared = /^workspaces\/[^/]+\/(.+)$/.exec(rel)?.[1]
  if (shared !== undefined && isOfAgent(shared, today)) return true
  return agents.some(({path: folder}) => {
    if (folder === '.') return isOfAgent(rel, today)
    return (
      folder === rel ||
      folder.startsWith(`${rel}/`) ||
      (rel.startsWith(`${folder}/`) && isOfAgent(rel.slice(folder.length + 1), today))
    )
  })
}

function isOfAgent(rel: string, today: string): boolean {
  return AGENT_FILES.test(rel) || isNew(LOG.exec(rel)?.[1], today)
}

function isOfMachine(rel: string, today: string): boolean {
  return MACHINE.test(rel) || isNew(RUNS.exec(rel)?.[1], today)
}

/** A day behind counts too: the zone of the fleet and UTC, in which receipts are kept, are seldom the same day throughout. */
function isNew(date: string | undefined, today: string): boolean {
  if (date === undefined) return false
  return today === '' || Date.parse(date) >= Date.parse(today) - 2 * 86_400_000
}
