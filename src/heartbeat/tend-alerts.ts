import {hasAlerts} from '../alerts/has-alerts.js'
import {readLiveAlerts} from '../alerts/live-alerts.js'
import {type NextQuestion, nextQuestion} from '../alerts/questions.js'
import type {AlertCase} from '../alerts/read-alerts.js'
import {findPrivateKey} from '../bus/keys.js'
import {readStop} from '../guard/stop.js'
import {readGates} from '../turn/alerts/gates.js'
import type {AlertGates} from '../workspace/alert-standing.js'
import {isOver} from '../workspace/alert-state.js'
import {askAgents} from './ask-agents.js'
import {pageConfirmed, pageQuestion} from './page-alert.js'
import type {Surroundings} from './surroundings.js'

/** The fleet's alerts after they were looked after, and whether something was committed for it. */
export interface TendedAlerts {
  readonly cases: readonly AlertCase[]
  readonly committed: boolean
}

const NOTHING: TendedAlerts = {cases: [], committed: false}

/**
 * What is to be done about alerts by code alone: a question that nobody answers goes on, and what is confirmed as P0 or P1
 * is brought to people. No alert rises by it, and no model is asked. `only`: of this one, by whoever has just spoken.
 */
export async function tendAlerts(
  around: Surroundings,
  {only = null}: {only?: string | null} = {},
): Promise<TendedAlerts> {
  const {home, mcos, clock} = around.fleet
  if (!hasAlerts(home.files) || readStop(mcos, null)) return NOTHING
  const gates = await readGates(around.fleet)
  const read = (): readonly AlertCase[] => readLiveAlerts(around.fleet, gates)
  const cases = read()
  let committed = false
  for (const found of cases) {
    if (found.trouble !== null || isOver(found.state) || (only !== null && found.alert.id !== only)) continue
    const question = nextQuestion(found, gates, clock.now())
    if (question && isHere(around, found.alert.by)) {
      committed = (await goOn(found, question, around)) || committed
    }
    const teller = whoTells(found, gates, {around, isNow: only !== null})
    if (teller !== null) committed = (await pageConfirmed(found, teller, around)) || committed
  }
  return {cases: committed ? read() : cases, committed}
}

async function goOn(found: AlertCase, question: NextQuestion, around: Surroundings): Promise<boolean> {
  return question.to === 'people'
    ? pageQuestion(found, question, around)
    : askAgents(found, {...question, to: question.to}, around)
}

/**
 * In whose name people are told that it is confirmed; null: there is nothing to tell, or another machine does. That is the
 * machine of the agent that confirmed it, or else of whoever raised it, so that nobody hears of it twice.
 */
function whoTells(
  {alert, state}: AlertCase,
  gates: AlertGates,
  {around, isNow}: {readonly around: Surroundings; readonly isNow: boolean},
): string | null {
  const level = state.confirmed
  if ((level !== 'P0' && level !== 'P1') || state.paged.includes(level)) return null
  const agent = state.confirmedBy.find((name) => !gates.isPerson(name)) ?? alert.by
  return isNow || isHere(around, agent) ? agent : null
}

/** An agent's machine is where its key is; so is a person's. */
function isHere({fleet}: Surroundings, name: string): boolean {
  return findPrivateKey(fleet.home.files, name) !== null && readStop(fleet.mcos, name) === null
}
