import {isUserError} from '../../kit/errors.js'
import {cleanLine} from '../../kit/text.js'
import type {AccountError, CheckedAccount, CheckReport} from '../../mail/report.js'
import type {MailTrouble} from '../../mail/trouble.js'
import {withAccount} from '../../turn/triage/with-account.js'
import type {Fleet} from '../../workspace/fleet.js'
import type {ActsFor} from '../speaker.js'
import {chooseAccounts, type NamedAccount, whereOf} from './choose.js'
import {passMailGate} from './gate.js'
import {letKnockAgain} from './knock-again.js'

/** Opens accounts side by side and counts what is in them; nothing is read or changed, and no cursor moves. */
export async function checkAccounts(
  fleet: Fleet,
  {names, signal}: {readonly names: readonly string[]; readonly signal: AbortSignal},
  actor: ActsFor,
): Promise<CheckReport> {
  const chosen = chooseAccounts(fleet, names, actor)
  // A person may always look; what an agent does by itself stops with it, and takes a word in its contract.
  if (actor.kind === 'agent' && actor.by === 'itself') await passMailGate(fleet, chosen, actor)
  const checked = await Promise.all(chosen.map(async (named) => ({named, seen: await checkOne(fleet, named, signal)})))
  return {accounts: checked.map(({named, seen}) => (seen.error === null ? afterOpening(fleet, named, seen) : seen))}
}

/** What this machine remembers of a failure is put right; that it can't be is as bad as an account that doesn't open. */
function afterOpening(fleet: Fleet, named: NamedAccount, seen: CheckedAccount): CheckedAccount {
  try {
    letKnockAgain(fleet, named)
    return seen
  } catch (error) {
    if (!isUserError(error)) throw error
    const {code, message, suggestions} = error
    return {...seen, state: 'failed', error: {code, message, suggestions}}
  }
}

async function checkOne(fleet: Fleet, named: NamedAccount, outer: AbortSignal): Promise<CheckedAccount> {
  const {name, account} = named
  const begun = Date.now()
  const opened = await withAccount(fleet, named, {outer, work: (mailbox) => mailbox.folders()})
  const ms = Date.now() - begun
  const row = {account: name, kind: account.kind, where: whereOf(account), ms}
  return opened.trouble === null
    ? {...row, state: 'ok', folders: opened.value, error: null}
    : {...row, state: 'failed', folders: [], error: toError(opened.trouble)}
}

/** A trouble as reports have it. */
export function toError({kind, message, options}: MailTrouble): AccountError {
  return {code: kind, message: cleanLine(message), suggestions: [options.fix]}
}
