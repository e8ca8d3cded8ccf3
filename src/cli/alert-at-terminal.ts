import {Flags} from '@oclif/core'
import {type AnsweredAlert, answerAlert, type GivenWord, insistOnCountable, needsProof} from '../app/alerts/answer.js'
import {showAlert} from '../app/alerts/list.js'
import {personNamed} from '../app/people.js'
import {findSpeaker, type Speaker} from '../app/speaker.js'
import {notSetUp, type OpenPerson, openPerson} from '../guard/people/open-person.js'
import {presentAlert} from '../present/alerts.js'
import type {Fleet} from '../workspace/fleet.js'
import {findActor, requirePerson} from './actor.js'
import {askPassphrase} from './passphrase.js'
import type {Terminal} from './terminal.js'

/** What confirm, dismiss and resolve take. */
export const answerAlertFlags = {
  by: Flags.string({description: 'Who answers; otherwise the person of this login.', helpValue: 'PERSON'}),
  why: Flags.string({description: 'What speaks for it, for whoever reads it later.'}),
}

export interface AlertAnswerRequest extends Pick<GivenWord, 'id' | 'kind'> {
  readonly by?: string | undefined
  readonly why?: string | undefined
}

/** Answers as the agent that calls, or as the person of this terminal; a person's yes to P0 takes their passphrase. */
export async function answerAlertAtTerminal(
  fleet: Fleet,
  {id, kind, by, why}: AlertAnswerRequest,
  {terminal, signal = new AbortController().signal}: {readonly terminal?: Terminal; readonly signal?: AbortSignal} = {},
): Promise<AnsweredAlert> {
  const actor = findActor(fleet)
  if (by !== undefined) requirePerson(fleet.env)
  const speaker: Speaker = actor.kind === 'agent' ? findSpeaker(fleet, actor) : personOf(fleet, by)
  const isProved = speaker.kind === 'person' && (await needsProof(fleet, {id, kind}))
  const word = {id, kind, why, speaker, actor, via: 'terminal', signal}
  if (isProved) await insistOnCountable(fleet, word)
  const person = isProved ? await openAtTerminal(fleet, {id, name: speaker.name}, terminal) : undefined
  return answerAlert(fleet, {...word, person})
}

function personOf(fleet: Fleet, by: string | undefined): Speaker {
  const {name} = personNamed(fleet, by)
  return {name, kind: 'person', by: name}
}

/** Everything about it is shown before the passphrase is asked for. */
async function openAtTerminal(
  fleet: Fleet,
  {id, name}: {readonly id: string; readonly name: string},
  terminal: Terminal | undefined,
): Promise<OpenPerson> {
  if (!personNamed(fleet, name).hasPassphrase) throw notSetUp(name)
  const question = {name, shown: presentAlert(await showAlert(fleet, id))}
  const passphrase = await (terminal === undefined ? askPassphrase(question) : askPassphrase(question, terminal))
  return openPerson(fleet.mcos, {name, passphrase, now: fleet.clock.now()})
}
