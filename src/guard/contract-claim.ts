import type {Contract} from '../workspace/soul.js'
import {coversCommand} from './commands.js'

/**
 * What a contract of a fleet from elsewhere opens on this machine, each as one line that a person can trust or not: the
 * programs it lets run, and the places of this machine's own network that may be asked.
 */
export function contractClaimsOf(contract: Contract): string[] {
  const hosts = privateHostsOf(contract)
  return [
    ...contract.commands.map((prefix) => commandClaim(prefix, contract)),
    ...(hosts.length > 0 ? [hostsClaim(hosts)] : []),
  ]
}

/** The claim that covers a command line; null: none of the contract does. */
export function claimToRun(contract: Contract, commandLine: string): string | null {
  const prefix = contract.commands.find((line) => coversCommand(line, commandLine))
  return prefix === undefined ? null : commandClaim(prefix, contract)
}

/** The claim to ask this machine and its network; null: the contract names nothing of them. */
export function claimToAskHere(contract: Contract): string | null {
  const hosts = privateHostsOf(contract)
  return hosts.length > 0 ? hostsClaim(hosts) : null
}

function commandClaim(prefix: string, {unsandboxed}: Contract): string {
  return `commands: ${prefix}${unsandboxed ? ' (also without a sandbox)' : ''}`
}

function hostsClaim(hosts: readonly string[]): string {
  return `hosts: ${hosts.join(', ')}`
}

/** Addresses, and the one name that can't be made to lead elsewhere; of other names their address has to be named too. */
function privateHostsOf({hosts}: Contract): string[] {
  return hosts.filter((host) => /^(?:localhost(?::\d+)?|\[.*|[\d.]+(?::\d+)?|0x.*)$/i.test(host))
}
