import {Flags} from '@oclif/core'
import {type AnsweredApproval, answerApproval, insistOnAnswerable} from '../app/approvals/answer.js'
import {showApproval} from '../app/approvals/list.js'
import {personNamed} from '../app/people.js'
import {TERMINAL} from '../guard/approvals/sign-answer.js'
import {notSetUp, openPerson} from '../guard/people/open-person.js'
import {presentApproval} from '../present/approvals.js'
import type {Fleet} from '../workspace/fleet.js'
import {asFlag, requirePerson} from './actor.js'
import {askPassphrase} from './passphrase.js'
import type {Terminal} from './terminal.js'

/** What yes and no take. */
export const answerFlags = {
  ...asFlag,
  by: Flags.string({description: 'Who answers; otherwise the person of this login.', helpValue: 'PERSON'}),
  why: Flags.string({description: 'For the agent, and for whoever reads it later.'}),
}

export interface AnswerRequest {
  readonly id: string
  readonly answer: 'yes' | 'no'
  readonly by?: string | undefined
  readonly as?: string | undefined
  readonly why?: string | undefined
}

/** Shows the whole of it on the person's own terminal, asks for the passphrase there, and answers as that person. */
export async function answerAtTerminal(
  openFleet: () => Promise<Fleet>,
  {id, answer, by, as, why}: AnswerRequest,
  {
    env = process.env,
    terminal,
  }: {readonly env?: Readonly<Record<string, string | undefined>>; readonly terminal?: Terminal} = {},
): Promise<AnsweredApproval> {
  requirePerson(env, as)
  const fleet = await openFleet()
  const {name, hasPassphrase} = personNamed(fleet, by)
  const shown = await showApproval(fleet, id)
  const given = {id: shown.id, answer, by: name, via: TERMINAL, why: why ?? null, hash: shown.hash}
  // What can't be answered at all is said before anybody types a passphrase.
  await insistOnAnswerable(fleet, given)
  if (!hasPassphrase) throw notSetUp(name)
  const question = {name, shown: presentApproval(shown)}
  const passphrase = await (terminal === undefined ? askPassphrase(question) : askPassphrase(question, terminal))
  const person = openPerson(fleet.mcos, {name, passphrase, now: fleet.clock.now()})
  return answerApproval(fleet, {...given, person})
}
