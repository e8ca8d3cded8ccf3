import {Flags} from '@oclif/core'
import {agentToken} from '../bus/agent-token.js'
import {findPrivateKey} from '../bus/keys.js'
import {EXIT, UserError} from '../kit/errors.js'
import {findAgent} from '../workspace/agents.js'
import type {Fleet} from '../workspace/fleet.js'
import {isPerson} from './is-person.js'

type Environment = Readonly<Record<string, string | undefined>>

/** For whom a command acts; an agent that a person speaks for is recorded with both names. */
export type Actor =
  | {readonly kind: 'person'}
  | {readonly kind: 'agent'; readonly name: string; readonly by: 'itself' | 'person'}

/** For commands that an agent gives as well: `static override flags = {...asFlag}`. */
export const asFlag = {
  as: Flags.string({description: 'Act for this agent; the record names you both.', helpValue: 'AGENT'}),
}

/** The person who typed it, unless the environment or `--as` names an agent; a claim without its token is refused. */
export function findActor({home, env}: Pick<Fleet, 'home' | 'env'>, as?: string): Actor {
  const name = env['MCOS_AGENT']
  if (name === undefined) {
    if (env['MCOS_TOKEN'] !== undefined) throw refused('MCOS_TOKEN is set and MCOS_AGENT is not.', 'NO_ACTOR')
    return as === undefined ? {kind: 'person'} : {kind: 'agent', name: findAgent(home, as).name, by: 'person'}
  }
  if (name === '') throw refused('MCOS_AGENT is set and names nobody.', 'NO_ACTOR')
  const agent = findAgent(home, name)
  if (as !== undefined && as !== agent.name) throw refused(`${agent.name} can't act for ${as}.`, 'NOT_YOURS')
  const key = findPrivateKey(home.files, agent.name)
  if (key === null || env['MCOS_TOKEN'] !== agentToken(key)) {
    throw refused(`MCOS_TOKEN is not the token of ${agent.name} on this machine.`, 'BAD_TOKEN')
  }
  return {kind: 'agent', name: agent.name, by: 'itself'}
}

/** Stops whatever runs for an agent: some answers only a person may give. */
export function requirePerson(env: Environment, as?: string): void {
  if (isPerson(env) && as === undefined) return
  throw refused('Only a person may do this, and this runs for an agent.', 'PERSON_ONLY')
}

function refused(message: string, code: string): UserError {
  return new UserError(message, {
    code,
    fix: 'Ask the person who runs this fleet to do it from their own terminal.',
    exit: EXIT.refused,
  })
}
