import {readHeadWithFolder} from '../../history/read-head.js'
import {isInRepository} from '../../history/repository.js'
import {repositoryState} from '../../history/repository-state.js'
import {isUserError} from '../../kit/errors.js'
import {contentHash} from '../../kit/hash.js'
import {type AgentEntry, agentPaths, listAgents} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import type {Repair} from '../../workspace/health.js'
import {CONFIG_FILE} from '../../workspace/home.js'
import {lookOnce} from '../../workspace/look-once.js'

/** A file that a person keeps, as it lies on the disk and as the last commit has it; null: it isn't there. */
export interface KeptFile {
  readonly path: string
  /** null also where something lies in its place that can't be read, such as a link. */
  readonly disk: Buffer | null
  readonly isThere: boolean
  readonly head: Buffer | null
  /** Whose it is; null: the fleet's. */
  readonly agent: AgentEntry | null
  /** SOUL, HEARTBEAT and so on. */
  readonly kind: string
}

/** Longer ones are another check's to tell. */
const LONGEST = 4 * 1024 * 1024

/** Every well-known file of every agent, mcos.yaml and the guardrails. */
export const keptFiles = lookOnce(readKeptFiles)

function readKeptFiles(fleet: Fleet): readonly KeptFile[] {
  const {home} = fleet
  const ofAgents = listAgents(home).flatMap((agent) => {
    const {soul, agents, user, guardrails, heartbeat, mailRules, memory} = agentPaths(agent)
    const paths = {SOUL: soul, AGENTS: agents, USER: user, GUARDRAILS: guardrails, HEARTBEAT: heartbeat}
    const all = {...paths, MAIL: mailRules, MEMORY: memory}
    return Object.entries(all).map(([kind, path]) => ({kind, path, agent}))
  })
  const rules = home.files.stat('guardrails')?.kind === 'folder' ? home.files.list('guardrails') : []
  const here = rules.flatMap(({name}) => (name.endsWith('.md') ? [`guardrails/${name}`] : []))
  const committed = committedOf(fleet, [CONFIG_FILE, ...here, ...ofAgents.map(({path}) => path)])
  const gone = [...(committed?.ids.keys() ?? [])].filter((path) => path.endsWith('.md') && !here.includes(path))
  const lost = gone.length === 0 ? null : committedOf(fleet, gone)
  const heads = new Map([...(committed?.files ?? []), ...(lost?.files ?? [])])
  const ofFleet = [CONFIG_FILE, ...here, ...gone].map((path) => ({kind: 'fleet', path, agent: null}))
  const all = [...ofFleet, ...ofAgents]
  return all.map((one) => {
    const stat = statOf(fleet, one.path)
    const disk = stat?.kind === 'file' && stat.size <= LONGEST ? home.files.read(one.path) : null
    return {...one, disk, isThere: stat !== null, head: committed === null ? disk : (heads.get(one.path) ?? null)}
  })
}

/**
 * Puts a text where another stands: as part of the commit where the file is as it was committed; otherwise on the disk
 * only, so that a person's own edits stay theirs to commit.
 */
export function rewrite({path, disk, head}: KeptFile, {what, content}: {what: string; content: string}): Repair {
  const expect = disk === null ? null : contentHash(disk)
  const isCommitted = disk !== null && head !== null && disk.equals(head)
  if (isCommitted) return {what, changes: [{kind: 'write', path, content, expect}]}
  return {what: `${what} (on the disk; committing is yours)`, local: [{kind: 'write', path, content, expect}]}
}

/** null: git can't be asked, which its own checks tell; then every file counts as committed as it lies there. */
function committedOf({home: {dir}}: Fleet, paths: readonly string[]): ReturnType<typeof readHeadWithFolder> | null {
  try {
    return isInRepository(dir) && repositoryState(dir).head !== null
      ? readHeadWithFolder(dir, paths, 'guardrails')
      : null
  } catch (error) {
    if (isUserError(error)) return null
    throw error
  }
}

function statOf({home}: Fleet, path: string): ReturnType<typeof home.files.stat> {
  try {
    return home.files.stat(path)
  } catch (error) {
    // A link on the way to it: the check of links tells.
    if (isUserError(error)) return null
    throw error
  }
}
