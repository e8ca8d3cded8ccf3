import {isUserError} from '../../kit/errors.js'
import {contentHash} from '../../kit/hash.js'
import {isRecord} from '../../kit/is-record.js'
import type {Baseline, Before} from '../../turn/home-audit/baseline.js'
import type {Fleet} from '../../workspace/fleet.js'

/** A host's session in an agent's folder, as its audits know it. */
export interface AuditedSession {
  readonly agent: string
  readonly session: string
  readonly baseline: Baseline
  /** Commits that were told of already. */
  readonly told: readonly string[]
}

const FOLDER = 'audit'
/** Files of a session are small; what is larger is none of ours. */
const MOST_BYTES = 512 * 1024 * 1024

/** A name that a host has made up, as one that is safe to be a file's. */
export function sessionKey(session: string): string {
  return /^[A-Za-z0-9][\w-]{0,79}$/.test(session) ? session : contentHash(session).slice(7, 39)
}

export function writeSession({mcos}: Pick<Fleet, 'mcos'>, {agent, session, baseline, told}: AuditedSession): void {
  const {at, head, dirty} = baseline
  const files = [...dirty].map(([path, {hash, content}]) => [path, hash, content?.toString('base64') ?? null])
  mcos.write(pathOf(session), `${JSON.stringify({agent, session, at, head, told, files})}\n`, {
    mode: 0o600,
    sync: false,
  })
}

/** null: nothing is known of it, or nothing that can be read. */
export function readSession({mcos}: Pick<Fleet, 'mcos'>, session: string): AuditedSession | null {
  try {
    return parse(mcos.readText(pathOf(session), {maxBytes: MOST_BYTES}))
  } catch (error) {
    if (!isUserError(error)) throw error
    return null
  }
}

/** The sessions of an agent, the one that began last first. */
export function sessionsOf({mcos}: Pick<Fleet, 'mcos'>, agent: string): AuditedSession[] {
  return mcos
    .list(FOLDER)
    .flatMap(({name}) => (name.endsWith('.json') ? [readSession({mcos}, name.slice(0, -5))] : []))
    .filter((session) => session?.agent === agent)
    .filter((session) => session !== null)
    .sort((a, b) => b.baseline.at - a.baseline.at)
}

function pathOf(session: string): string {
  return `${FOLDER}/${sessionKey(session)}.json`
}

function parse(text: string | null): AuditedSession | null {
  if (text === null) return null
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch {
    // Cut off by a kill: as if there were none.
    return null
  }
  if (!isRecord(data)) return null
  const {agent, session, at, head, told, files} = data
  if (typeof agent !== 'string' || typeof session !== 'string' || typeof at !== 'number') return null
  if ((head !== null && typeof head !== 'string') || !Array.isArray(files) || !Array.isArray(told)) return null
  const dirty = files.flatMap((entry: unknown): [string, Before][] => {
    if (!Array.isArray(entry)) return []
    const [path, hash, content] = entry as unknown[]
    if (typeof path !== 'string' || typeof hash !== 'string') return []
    return [[path, {hash, content: typeof content === 'string' ? Buffer.from(content, 'base64') : null}]]
  })
  return {agent, session, baseline: {at, head, dirty: new Map(dirty)}, told: told.map(String)}
}
