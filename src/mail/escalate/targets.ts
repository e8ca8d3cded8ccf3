import type {MailEntry} from '../ledger/sum.js'
import type {EscalationAccount, Reach} from './escalation.js'

/** Somebody to be told. */
export interface Target {
  readonly to: string
  readonly kind: 'agent' | 'channel'
}

export interface TargetOptions {
  readonly accounts: Readonly<Record<string, EscalationAccount>>
  readonly reach: Reach
  /** Whom the agent reports to: who hears where the account names nobody, or somebody whom this fleet doesn't have. */
  readonly reportsTo: string | null
}

/** Whether somebody is to be told of a mail at all: urgent when it was judged and still, or named by the operator's rules. */
export function isTold({seen, class: is, correctedBy}: MailEntry): boolean {
  if (seen.class === 'urgent') return is === 'urgent'
  return correctedBy === null && (seen.tell ?? []).length > 0
}

/** Who hears of such a mail: whom the account names and, besides, whom the operator's rules name. */
export function targetsOf({seen}: MailEntry, options: TargetOptions): Target[] {
  const named = (seen.tell ?? []).flatMap((name) => reached(name, seen.account, options))
  const isAsked = seen.class === 'urgent' || named.length === 0
  const all = [...(isAsked ? accountTarget(seen.account, options) : []), ...named]
  return [...new Map(all.map((target) => [target.to, target])).values()]
}

/** Who hears of an account as such; nobody where there is nobody. */
export function accountTarget(account: string, options: TargetOptions): Target[] {
  const {escalate = null} = options.accounts[account] ?? {}
  const [found] = [escalate, options.reportsTo].flatMap((name) =>
    name === null ? [] : reached(name, account, options),
  )
  return found ? [found] : []
}

/** An agent never writes to itself. */
function reached(name: string, account: string, {accounts, reach}: TargetOptions): Target[] {
  const kind = reach(name)
  const isItself = kind === 'agent' && accounts[account]?.agent === name
  return kind === null || isItself ? [] : [{to: name, kind}]
}
