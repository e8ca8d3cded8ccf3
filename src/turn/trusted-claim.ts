import {CLAIMANT} from '../alerts/channel-claim.js'
import {isTrusted, readTrust, type TrustKind} from '../guard/trust.js'
import {findRepository} from '../history/repository.js'
import type {Fleet} from '../workspace/fleet.js'

/**
 * Whether what a file of the fleet asks for may be done here: a fleet that came from elsewhere runs no program and hands
 * no secret to anybody before a person of this machine has seen it.
 */
export function isClaimTrusted(
  {mcos, home}: Fleet,
  {agent = CLAIMANT, kind, text}: {readonly agent?: string; readonly kind: TrustKind; readonly text: string},
): boolean {
  const trust = readTrust(mcos)
  if (trust.isMadeHere || isTrusted(trust, {agent, kind, text})) return true
  // A clone knows where it came from; a repository without a remote was begun by whoever works in it.
  return !findRepository(home.dir).config.some(({key}) => key.startsWith('remote.'))
}
