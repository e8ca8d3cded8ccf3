import type {TurnFacts, Verdict} from '../../guard/action.js'
import {claimToAskHere} from '../../guard/contract-claim.js'
import {decide} from '../../guard/decide.js'
import type {ToolContext} from '../tool.js'
import {isClaimTrusted} from '../trusted-claim.js'
import type {HostGate} from './host-gate.js'

/** Whose hand reaches out, and what it has heard. */
export type Reacher = Pick<ToolContext, 'contract' | 'law' | 'agent' | 'fleet' | 'approvedTarget'> & {
  readonly facts: TurnFacts
}

/** The hosts of a contract, as one turn may ask them by now. */
export function gateOf({contract, law, agent, fleet, facts, approvedTarget}: Reacher): HostGate {
  const claim = claimToAskHere(contract)
  const judge = (target: string) => decide(law, {verb: 'fetch', target}, facts)
  // A person's yes opens the one host it was about, and no other that this one leads to.
  const isOpen = (target: string, effect: Verdict['effect']): boolean =>
    effect === 'allow' || (effect === 'ask' && target === approvedTarget)
  return {
    whyClosed(host) {
      const {effect, reason} = judge(host)
      return isOpen(host, effect) ? null : reason
    },
    opensAddress: (address) => isOpen(address, judge(address).effect),
    opensHere: () => claim === null || isClaimTrusted(fleet, {agent: agent.name, kind: 'contract', text: claim}),
  }
}
