import {agentToken} from '../../bus/agent-token.js'
import {findPrivateKey} from '../../bus/keys.js'
import {personIdentity} from '../../history/person.js'
import {EXIT, UserError} from '../../kit/errors.js'
import {type AgentEntry, findAgent, listAgents} from '../../workspace/agents.js'
import type {Fleet} from '../../workspace/fleet.js'

/** Whose hand commits or pushes. */
export type Committer = {readonly kind: 'person'} | {readonly kind: 'agent'; readonly agent: AgentEntry}

/**
 * An agent by its token, or by the name under which it would be recorded: turns commit as `donna@northwind.mcos`, and
 * whoever does the same is held to the same law. A claim without its token is refused.
 */
export function whoCommits({home}: Pick<Fleet, 'home'>, env: Readonly<Record<string, string | undefined>>): Committer {
  const {MCOS_AGENT: name, MCOS_TOKEN: token} = env
  if (name !== undefined || token !== undefined) {
    const agent = findAgent(home, name ?? '')
    const key = findPrivateKey(home.files, agent.name)
    if (key === null || token !== agentToken(key)) throw badToken(agent.name)
    return {kind: 'agent', agent}
  }
  const author = personIdentity(home.dir, env)
  const emails = [author.email, env['GIT_COMMITTER_EMAIL'] ?? '']
  const agent = listAgents(home).find((known) => emails.some((email) => isAddressOf(known, email)))
  return agent ? {kind: 'agent', agent} : {kind: 'person'}
}

function isAddressOf({name}: AgentEntry, email: string): boolean {
  const [who = '', where = ''] = email.trim().toLowerCase().split('@')
  return who === name && /(?:^|\.)mcos$/.test(where)
}

function badToken(name: string): UserError {
  return new UserError(`MCOS_TOKEN is not the token of ${name} on this machine.`, {
    code: 'BAD_TOKEN',
    fix: 'Commit as yourself, without MCOS_AGENT, or let the agent do it in a turn.',
    exit: EXIT.refused,
  })
}
