import {ADOPTED_FILE} from '../../fleet/adopt/adopted-file.js'
import {planApproval} from '../../fleet/adopt/approve.js'
import {findAgent, inAgent} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import {commitEdits} from '../commit.js'
import {record} from '../record.js'

/** What `mcos adopt NAME --approve` put into the contract, or would. */
export interface Approved {
  readonly agent: string
  readonly granted: readonly {readonly kind: string; readonly value: string}[]
  /** Whether it was written; without `--yes` the lines are only shown. */
  readonly written: boolean
  readonly commit: string | null
}

/** Puts what a person has ticked in ADOPTED.md into the contract; without `isSure` it only tells. */
export async function approveAdoption(
  fleet: Fleet,
  {name, isSure}: {readonly name: string; readonly isSure: boolean},
): Promise<Approved> {
  const agent = findAgent(fleet.home, name)
  const {granted, changes} = planApproval(fleet.home, agent)
  if (!isSure || granted.length === 0) return {agent: agent.name, granted, written: false, commit: null}
  // The ticks are the person's own edit; they go first, as the reason for what follows.
  const page = inAgent(agent, ADOPTED_FILE)
  await commitEdits(fleet, {
    paths: [page],
    message: `Tick what ${agent.name} may`,
    cwd: fleet.home.dir,
    allowsSecrets: true,
  })
  const subject = `Grant ${agent.name} what its adoption asked for`
  const {commit} = record(fleet, {subject, changes, agent: agent.name})
  return {agent: agent.name, granted, written: true, commit}
}
