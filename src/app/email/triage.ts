import {readStop} from '../../guard/stop.js'
import {pageTold} from '../../heartbeat/page-told.js'
import type {Surroundings} from '../../heartbeat/surroundings.js'
import {isUserError} from '../../kit/errors.js'
import type {TriagedAccount, TriageReport} from '../../mail/report.js'
import {triage} from '../../turn/triage/triage.js'
import type {TriageInput} from '../../turn/triage/triage-input.js'
import {type AgentEntry, findAgent} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'
import type {Watch} from '../run/seat.js'
import type {ActsFor} from '../speaker.js'
import {chooseAccounts, type NamedAccount} from './choose.js'
import {passMailGate} from './gate.js'
import {underLock} from './hold.js'
import {mergeReports, reportTriage, untouched} from './triage-report.js'

export interface TriageRequest {
  /** Accounts by name; none: all. */
  readonly accounts: readonly string[]
  /** Whether what is proposed is done, whatever the contract says. */
  readonly apply: boolean
  /** Whether a model of the route may be asked about what the rules are not certain of. */
  readonly model: boolean
}

/** One triage by hand: each agent's accounts under its own lock, side by side. */
export async function triageMail(
  fleet: Fleet,
  {accounts, apply, model}: TriageRequest,
  {watch, actor}: {readonly watch: Watch; readonly actor: ActsFor},
): Promise<TriageReport> {
  const chosen = chooseAccounts(fleet, accounts, actor)
  await passMailGate(fleet, chosen, actor)
  const isPerson = actor.kind === 'person' || actor.by === 'person'
  const agents = [...new Set(chosen.map(({account}) => account.agent))]
  const reports = await Promise.all(
    agents.map((name) => {
      const mine = chosen.filter(({account}) => account.agent === name)
      return triageOf(fleet, mine, {name, watch, isApplied: apply && isPerson, hasModel: model})
    }),
  )
  return mergeReports(reports, new Date(fleet.clock.now()).toISOString())
}

interface Wanted {
  readonly name: string
  readonly watch: Watch
  readonly isApplied: boolean
  readonly hasModel: boolean
}

/** What keeps one agent's mail from being read is told at its accounts; the others are served. */
async function triageOf(fleet: Fleet, mine: readonly NamedAccount[], wanted: Wanted): Promise<TriageReport> {
  const {name, watch, isApplied, hasModel} = wanted
  const rows = (state: TriagedAccount['state'], error: TriagedAccount['error']): TriageReport =>
    untouched(fleet, mine, {agent: name, state, error})
  if (readStop(fleet.mcos, name) !== null) return rows('skipped', stoppedError(name))
  try {
    const agent: AgentEntry = findAgent(fleet.home, name)
    const accounts = Object.fromEntries(mine.map(({name: account, account: config}) => [account, config]))
    const done = await underLock(fleet, {agent, accounts, isApplied, hasModel}, {watch, act: triageAndPage})
    return done ?? rows('skipped', INTERRUPTED)
  } catch (error) {
    if (!isUserError(error)) throw error
    const {code, message, suggestions} = error
    return rows(code === 'BUSY' ? 'busy' : 'failed', {code, message, suggestions})
  }
}

async function triageAndPage(input: TriageInput, around: Surroundings): Promise<TriageReport> {
  const done = await triage(input)
  const unreached = await pageTold(done.told, around)
  return reportTriage({...done, troubles: [...done.troubles, ...unreached]}, input.agent)
}

const INTERRUPTED = {code: 'INTERRUPTED', message: 'it was interrupted', suggestions: ['mcos email triage']}

function stoppedError(agent: string): NonNullable<TriagedAccount['error']> {
  return {code: 'STOPPED', message: `${agent} is stopped`, suggestions: [`mcos resume ${agent}`]}
}
