import {type AgentEntry, agentPaths} from '../../workspace/agents.js'
import {RECORD_KINDS, type RecordKind} from './open-records.js'

/** What of a status may no longer be so, and has to be read again. */
export interface StatusWork {
  /** Which agents there are. */
  readonly roster?: boolean
  readonly receipts?: boolean
  /** Folders of records, or a whole kind of them. */
  readonly records?: readonly string[]
  readonly agents?: readonly string[] | 'all'
  /** mcos.yaml: everything that was opened with it. */
  readonly config?: boolean
}

/** What paths of the home, relative to it, have to do with a status; those that tell nothing of it make no work. */
export function planRefresh(paths: readonly string[], agents: readonly AgentEntry[]): StatusWork {
  const folders = agents.map((agent) => ({name: agent.name, prefix: agent.path === '.' ? '' : `${agent.path}/`}))
  const plan = {roster: false, receipts: false, config: false, all: false}
  const records = new Set<string>()
  const named = new Set<string>()
  for (const path of paths) {
    const record = recordOf(path)
    if (record !== null) records.add(record)
    else if (path === 'mcos.yaml') plan.config = true
    else if (path.startsWith('.mcos/')) planMachine(path.slice('.mcos/'.length), {plan, named})
    else {
      const owner = folders.find(({prefix}) => path.startsWith(prefix))
      if (owner) named.add(owner.name)
      if (!owner || /(?:^|\/)SOUL\.md$/.test(path)) plan.roster = true
    }
  }
  return {
    roster: plan.roster,
    receipts: plan.receipts,
    config: plan.config,
    records: [...records],
    agents: plan.all ? 'all' : [...named],
  }
}

/** The machine's own part: who holds a lock, whose memory of beats, who is stopped, what came of a beat. */
function planMachine(
  path: string,
  {plan, named}: {readonly plan: {receipts: boolean; all: boolean}; readonly named: Set<string>},
): void {
  const agent = /^(?:STOP\.|locks\/|beats\/)([a-z0-9-]+?)(?:\.lock(?:\/.*)?|\.json)?$/.exec(path)?.[1]
  if (path === 'STOP') plan.all = true
  else if (path.startsWith('runs/')) plan.receipts = true
  else if (agent !== undefined) named.add(agent)
}

function recordOf(path: string): string | null {
  const [kind, folder] = path.split('/')
  if (!RECORD_KINDS.some((known: RecordKind) => known === kind)) return null
  return folder === undefined ? (kind ?? null) : `${kind}/${folder}`
}

/** Files and folders of an agent that its status is made of; all others of its folder are not followed. */
export function followedOf(agent: AgentEntry, date: string): readonly string[] {
  const {soul, heartbeat, workstate, inbox, inboxNew, memoryFolder, log} = agentPaths(agent)
  const parked = soul.replace(/SOUL\.md$/, 'PARKED.md')
  return [soul, heartbeat, workstate, parked, inbox, inboxNew, memoryFolder, log(date)]
}
