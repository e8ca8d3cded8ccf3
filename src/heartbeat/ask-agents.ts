import {recordOf} from '../alerts/event-change.js'
import {questionLetter} from '../alerts/question-letter.js'
import type {NextQuestion} from '../alerts/questions.js'
import type {AlertCase} from '../alerts/read-alerts.js'
import {readPrivateKey} from '../bus/keys.js'
import {planSendTo} from '../bus/send.js'
import {findAgent} from '../workspace/agents.js'
import {recordAlert} from './record-alert.js'
import type {Surroundings} from './surroundings.js'

/** Puts a question that nobody has answered to the agents next above, in the name of whoever raised it. */
export async function askAgents(
  found: AlertCase,
  {to, dueAt, why}: NextQuestion & {readonly to: readonly string[]},
  {fleet}: Surroundings,
): Promise<boolean> {
  const {alert, state} = found
  const {home, clock} = fleet
  const letter = questionLetter(alert, {level: state.level, why})
  const taint = state.origins.length > 0 ? [...new Set(state.origins)].join('; ') : null
  const privateKey = readPrivateKey(home.files, alert.by)
  const sent = to.map((name) =>
    planSendTo(findAgent(home, name), {from: alert.by, to: name, taint, ...letter}, {clock, privateKey}),
  )
  return recordAlert(fleet, found, {
    event: recordOf(found, {by: alert.by, kind: 'ask', to, why, atMs: dueAt}),
    changes: sent.flatMap(({changes}) => changes),
    told: `${to.join(' and ')} asked, ${why}`,
  })
}
