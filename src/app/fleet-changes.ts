import {writePrivateKeys} from '../fleet/identities.js'
import {planMachineState, planPrivateKey} from '../fleet/machine-state.js'
import {removeEmptyFolders} from '../fleet/move-folder.js'
import {planRename} from '../fleet/rename.js'
import {planRetire} from '../fleet/retire.js'
import {recoverJournals} from '../history/recover.js'
import {EXIT, UserError} from '../kit/errors.js'
import {type Lock, tryLock} from '../kit/lock.js'
import type {Fleet} from '../workspace/fleet.js'
import {record} from './record.js'

/** What `mcos fleet rename` did. */
export interface AgentRenamed {
  readonly from: string
  readonly to: string
  readonly path: string
  readonly turn: string
  readonly commit: string | null
}

/** What `mcos fleet retire` did. */
export interface AgentRetired {
  readonly agent: string
  readonly path: string
  readonly turn: string
  readonly commit: string | null
  /** What still speaks of it and is a person's to decide. */
  readonly notes: readonly string[]
}

/** Gives an agent another name, everywhere that code reads one, in one commit that can be taken back. */
export function renameAgent(fleet: Fleet, {from, to}: {readonly from: string; readonly to: string}): AgentRenamed {
  recoverJournals(fleet.home.dir, fleet)
  const plan = planRename(fleet.home, {from, to})
  const names = {from: plan.from.name, to: plan.to.name}
  return whileItRests(fleet, names.from, () => {
    writePrivateKeys(fleet.home.files, planPrivateKey(fleet.home.files, names))
    const {turn, commit} = record(fleet, {
      subject: `Rename ${names.from} to ${names.to}`,
      changes: plan.changes,
      agent: names.to,
      local: planMachineState(fleet.mcos, names),
    })
    if (plan.from.path !== plan.to.path) removeEmptyFolders(fleet.home.files, plan.from.path)
    return {...names, path: plan.to.path, turn, commit}
  })
}

/** Lets an agent go: its workspace is kept under retired/, and no beat comes to it any more. */
export function retireAgent(fleet: Fleet, typed: string): AgentRetired {
  recoverJournals(fleet.home.dir, fleet)
  const plan = planRetire(fleet.home, typed)
  const {name, path} = plan.agent
  return whileItRests(fleet, name, () => {
    const {turn, commit} = record(fleet, {subject: `Retire ${name}`, changes: plan.changes, agent: name})
    removeEmptyFolders(fleet.home.files, path)
    return {agent: name, path: plan.to, turn, commit, notes: plan.notes}
  })
}

/** Nothing is moved from under an agent's turn. */
function whileItRests<T>(fleet: Fleet, agent: string, work: () => T): T {
  const attempt = tryLock(fleet.mcos, agent, {clock: fleet.clock})
  if (!('lock' in attempt)) throw isWorking(agent)
  const lock: Lock = attempt.lock
  try {
    return work()
  } finally {
    lock.release()
  }
}

function isWorking(agent: string): UserError {
  return new UserError(`${agent} is in the middle of a turn. Nothing was changed.`, {
    code: 'BUSY',
    fix: 'Try again in a minute.',
    exit: EXIT.failed,
  })
}
