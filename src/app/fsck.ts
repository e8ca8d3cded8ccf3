import {inspectOutbox} from '../alerts/inspect-outbox.js'
import {inspectMessages, inspectPublicKeys} from '../bus/inspect-mail.js'
import {inspectPrivateKeys} from '../bus/inspect-private-keys.js'
import {inspectBooks} from '../engines/budget/inspect-books.js'
import {inspectTrust} from '../guard/inspect-trust.js'
import {inspectStates} from '../heartbeat/inspect-states.js'
import {inspectLedgers} from '../mail/inspect-ledgers.js'
import {inspectHeartbeats} from '../schedule/inspect-heartbeats.js'
import type {Fleet} from '../workspace/fleet.js'
import {type FileProblem, type Inspect, type Inspection, problemFrom, sumInspections} from '../workspace/health.js'
import {CONFIG_FILE} from '../workspace/home.js'
import {inspectAgents} from '../workspace/inspect-agents.js'
import {inspectReceipts} from '../workspace/inspect-receipts.js'
import {inspectRecords} from '../workspace/inspect-records.js'
import {inspectHistory} from './fsck/history.js'
import {inspectLeftovers} from './fsck/leftovers.js'
import type {OpenedAnyway} from './open-anyway.js'

/** Every domain's look at its own files; a new domain is one line here. */
const INSPECTORS: readonly Inspect[] = [
  inspectAgents,
  inspectHeartbeats,
  inspectRecords,
  inspectMessages,
  inspectPublicKeys,
  inspectPrivateKeys,
  inspectTrust,
  inspectStates,
  inspectBooks,
  inspectReceipts,
  inspectOutbox,
  inspectLedgers,
]

/** The keys are a promise to programs. */
export interface FsckReport {
  readonly ok: boolean
  readonly files: number
  readonly problems: readonly FileProblem[]
}

/** Every file that has a form to keep. */
export function inspectFiles(fleet: Fleet): Inspection {
  return sumInspections(INSPECTORS.map((inspect) => inspect(fleet)))
}

/** Reads every file of the fleet and the whole history, and changes nothing. */
export function checkIntegrity({fleet, configError}: OpenedAnyway): FsckReport {
  const found = sumInspections([inspectFiles(fleet), inspectLeftovers(fleet), inspectHistory(fleet)])
  const config = configError ? [problemFrom(configError, CONFIG_FILE)] : []
  const problems = [...config, ...found.problems]
  // mcos.yaml was read when the fleet was opened.
  return {ok: problems.length === 0, files: 1 + found.files, problems}
}
