import type {TurnFacts} from '../../guard/action.js'
import {claimToAskHere} from '../../guard/contract-claim.js'
import {decide} from '../../guard/decide.js'
import type {ToolContext} from '../tool.js'
import {isClaimTrusted} from '../trusted-claim.js'
import type {HostGate} from './host-gate.js'

/** Whose hand reaches out, and what it has heard. */
export type Reacher = Pick<ToolContext, 'contract' | 'law' | 'agent' | 'fleet'> & {readonly facts: TurnFacts}

/** The hosts of a contract, as one turn may ask them by now. */
export function gateOf({contract, law, agent, fleet, facts}: Reacher): HostGate {
  const claim = claimToAskHere(contract)
  const judge = (target: string) => decide(law, {verb: 'fetch', target}, facts)
  return {
    whyClosed(host) {
      const {effect, reason} = judge(host)
      return effect === 'allow' ? null : reason
    },
    opensAddress: (address) => judge(address).effect === 'allow',
    opensHere: () => claim === null || isClaimTrusted(fleet, {agent: agent.name, kind: 'contract', text: claim}),
  }
}
