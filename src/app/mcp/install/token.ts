import {agentToken} from '../../../bus/agent-token.js'
import {readPrivateKey} from '../../../bus/keys.js'
import {findAgent} from '../../../workspace/agents.js'
import type {Fleet} from '../../../workspace/fleet.js'
import {starterOf} from '../../guard-install/starter.js'
import type {ServerLine} from './client-programs.js'

/** What a client has to be told to act for an agent; whoever reads it can do the same. */
export interface ClientPair extends ServerLine {
  readonly agent: string
  readonly env: {readonly MCOS_AGENT: string; readonly MCOS_TOKEN: string}
}

/** How a client starts this server for an agent, by absolute places, and the two variables it hands over. */
export function pairFor(fleet: Fleet, typed: string): ClientPair {
  const {name} = findAgent(fleet.home, typed)
  const {node, mcos, home} = starterOf(fleet)
  const token = agentToken(readPrivateKey(fleet.home.files, name))
  return {agent: name, command: node, args: [mcos, 'mcp', '--home', home], env: {MCOS_AGENT: name, MCOS_TOKEN: token}}
}
