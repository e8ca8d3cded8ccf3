import type {Page} from '../../alerts/delivery.js'
import {recordPage} from '../../alerts/outbox.js'
import {readPrivateKey} from '../../bus/keys.js'
import {planSendTo} from '../../bus/send.js'
import {isUserError} from '../../kit/errors.js'
import {findAgent} from '../../workspace/agents.js'
import type {Change} from '../../workspace/change.js'
import type {Priority} from '../../workspace/message-file.js'
import type {TriageInput} from './triage-input.js'

/** Something that an agent or a channel is to be told of by code, whatever any model thinks of it. */
export interface Telling {
  readonly to: string
  readonly kind: 'agent' | 'channel'
  readonly subject: string
  readonly body: string
  readonly priority: Priority
  /** Equal for the same fact; names the page where it goes to a channel. */
  readonly key: string
}

/** How one telling goes out. */
export interface Told {
  readonly telling: Telling
  /** The message's id, or the page's key. */
  readonly as: string
  readonly changes: readonly Change[]
  /** A page that is on its way once its commit is there. */
  readonly page: Page | null
}

/** Signed messages for agents, recorded pages for channels. What can't be told is said, and nobody takes it for told. */
export function planTelling(
  telling: Telling,
  {fleet, agent}: Pick<TriageInput, 'fleet' | 'agent'>,
): Told | {readonly untold: string} {
  try {
    return telling.kind === 'channel' ? toChannel(telling, {fleet, agent}) : toAgent(telling, {fleet, agent})
  } catch (error) {
    if (isUserError(error)) {
      const fix = error.suggestions.map((one) => `; ${one}`)
      return {untold: `${telling.to} could not be told: ${error.message}${fix.join('')}`}
    }
    throw error
  }
}

function toAgent(telling: Telling, {fleet, agent}: Pick<TriageInput, 'fleet' | 'agent'>): Told {
  const {home, clock} = fleet
  const recipient = findAgent(home, telling.to)
  const {subject, body, priority} = telling
  const {message, changes} = planSendTo(
    recipient,
    {from: agent.name, to: recipient.name, subject, body, priority, taint: 'mail'},
    // Never held back for its number: triage has its own caps, and gathers what is over them.
    {clock, privateKey: readPrivateKey(home.files, agent.name)},
  )
  return {telling, as: message.id, changes, page: null}
}

/** On this machine's disk before the commit says that it was told: killed in between, the next beat sends it. */
function toChannel({key, to, subject, body}: Telling, {fleet, agent}: Pick<TriageInput, 'fleet' | 'agent'>): Told {
  const at = new Date(fleet.clock.now()).toISOString()
  const page = {key, fleet: fleet.home.config.name, agent: agent.name, title: subject, text: body, at}
  recordPage(fleet.mcos, page, to)
  const telling: Telling = {key, to, subject, body, kind: 'channel', priority: 'urgent'}
  return {telling, as: key, changes: [], page}
}
