import {mailClaimOf} from '../../mail/claim.js'
import type {Mailbox} from '../../mail/mailbox.js'
import type {OpenDeps} from '../../mail/open-deps.js'
import {openMailbox} from '../../mail/open-mailbox.js'
import {MailTrouble} from '../../mail/trouble.js'
import type {MailAccount} from '../../workspace/config.js'
import type {Fleet} from '../../workspace/fleet.js'
import {lookUpKept} from '../../workspace/kept-secrets.js'
import {readSecret} from '../../workspace/read-secret.js'
import {isClaimTrusted} from '../trusted-claim.js'

/** What an account of a fleet is opened with; a fleet that came from elsewhere hands no secret to anybody unseen. */
export function depsFor(fleet: Fleet, name: string, signal: AbortSignal): OpenDeps {
  const {home, mcos, clock, env} = fleet
  return {
    name,
    home: home.files,
    mcos,
    clock,
    env,
    signal,
    async secret(ref) {
      await lookUpKept(home.files, [ref])
      return readSecret(ref, env)
    },
  }
}

/** Opens one account of mcos.yaml. Throws `MailTrouble`. */
export async function openAccount(
  fleet: Fleet,
  {name, account}: {readonly name: string; readonly account: MailAccount},
  signal: AbortSignal,
): Promise<Mailbox> {
  insistOnTrust(fleet, name, account)
  return openMailbox(account, depsFor(fleet, name, signal))
}

/** Refuses an account that nobody on this machine has agreed to. */
export function insistOnTrust(fleet: Fleet, name: string, account: MailAccount): void {
  const claim = mailClaimOf(name, account)
  if (claim === null || isClaimTrusted(fleet, {kind: 'mail', text: claim})) return
  throw new MailTrouble('untrusted', `this fleet came from elsewhere, and nobody here has trusted: ${claim}`, {
    fix: 'mcos trust',
  })
}
