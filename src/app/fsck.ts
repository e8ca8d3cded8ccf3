import {inspectOutbox} from '../alerts/inspect-outbox.js'
import {inspectMessages, inspectPublicKeys} from '../bus/inspect-mail.js'
import {inspectPrivateKeys} from '../bus/inspect-private-keys.js'
import {inspectTrust} from '../guard/inspect-trust.js'
import {inspectStates} from '../heartbeat/inspect-states.js'
import {inspectHeartbeats} from '../schedule/inspect-heartbeats.js'
import type {Fleet} from '../workspace/fleet.js'
import type {FileProblem, Inspect} from '../workspace/health.js'
import {inspectAgents} from '../workspace/inspect-agents.js'
import {inspectReceipts} from '../workspace/inspect-receipts.js'
import {inspectRecords} from '../workspace/inspect-records.js'
import {inspectHistory} from './fsck/history.js'
import {inspectLeftovers} from './fsck/leftovers.js'

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
  inspectReceipts,
  inspectOutbox,
  inspectLeftovers,
  inspectHistory,
]

/** The keys are a promise to programs. */
export interface FsckReport {
  readonly ok: boolean
  readonly files: number
  readonly problems: readonly FileProblem[]
}

/** Reads every file of the fleet and the whole history, and changes nothing. */
export function checkIntegrity(fleet: Fleet): FsckReport {
  const found = INSPECTORS.map((inspect) => inspect(fleet))
  const problems = found.flatMap((inspection) => inspection.problems)
  // mcos.yaml was read when the fleet was opened.
  return {ok: problems.length === 0, files: 1 + found.reduce((sum, {files}) => sum + files, 0), problems}
}
