import type {MailLedger} from '../ledger/read.js'
import type {DigestRecord} from '../ledger/record.js'
import type {MailEntry} from '../ledger/sum.js'
import {latestSlot} from './digest-slots.js'
import {digestText} from './digest-text.js'
import {escalationKey} from './key.js'
import {accountTarget, type Target, type TargetOptions} from './targets.js'

const DAY_MS = 86_400_000

/** One digest for one agent or channel, of all its accounts whose time has come. */
export interface Digest extends Target {
  readonly key: string
  readonly subject: string
  readonly body: string
  readonly at: string
  readonly slots: readonly {readonly account: string; readonly slot: string}[]
}

export interface DigestInput extends TargetOptions {
  /** With this run's mails. */
  readonly ledger: Pick<MailLedger, 'mails' | 'accounts' | 'digests' | 'threads'>
  readonly now: number
  readonly zone: string
  /** The page's path, from the home. */
  readonly page: string
}

/**
 * Digests whose time has come and that nobody has had: of all mail since the last one, those at missed times as one. An
 * account without new mail has none.
 */
export function planDigests(input: DigestInput): Digest[] {
  const {ledger, accounts, now, zone} = input
  const all = [...ledger.mails.values()]
  const byTarget = new Map<string, {target: Target; due: Due[]}>()
  for (const [account, {digest}] of Object.entries(accounts)) {
    const slot = latestSlot(digest, now, zone)
    const [target] = accountTarget(account, input)
    const mails = all.filter(({seen}) => seen.account === account)
    const due = slot === null || !target ? null : dueOf({account, slot, mails}, ledger)
    if (!target || !due) continue
    const group = byTarget.get(target.to) ?? {target, due: []}
    group.due.push(due)
    byTarget.set(target.to, group)
  }
  return [...byTarget.values()].map(({target, due}) => digestOf(target, due, input))
}

/** What the ledger keeps of a digest once it is planned to go. */
export function digestRecords(
  {to, at, slots}: Pick<Digest, 'to' | 'at' | 'slots'>,
  {turn, as}: {readonly turn: string; readonly as: string},
): DigestRecord[] {
  return slots.map(({account, slot}) => ({kind: 'digest', at, turn, to, account, slot, as}))
}

interface Due {
  readonly account: string
  readonly slot: number
  readonly since: number
  readonly mails: readonly MailEntry[]
}

function dueOf(
  {account, slot, mails}: {readonly account: string; readonly slot: number; readonly mails: readonly MailEntry[]},
  {digests}: Pick<MailLedger, 'digests'>,
): Due | null {
  const last = digests.filter((one) => one.account === account).at(-1)
  if (last && Date.parse(last.slot) >= slot) return null
  // Nothing was known of the account at that time: its first digest is the next one.
  if (!mails.some(({seen}) => Date.parse(seen.at) <= slot)) return null
  const since = last ? Date.parse(last.at) : slot - DAY_MS
  const news = mails.filter(({seen}) => Date.parse(seen.at) > since)
  // What has come after the time waits for the next one, unless something has waited for this one.
  const isDue = news.some(({seen}) => Date.parse(seen.received) <= slot)
  return isDue ? {account, slot, since, mails: news} : null
}

function digestOf(target: Target, due: readonly Due[], {ledger, now, zone, page}: DigestInput): Digest {
  const slots = due.map(({account, slot}) => ({account, slot: new Date(slot).toISOString()}))
  const failing = [...ledger.accounts.values()].flatMap(({account, failing: word}) =>
    word !== null && due.some((one) => one.account === account) ? [word] : [],
  )
  const since = Math.min(...due.map((one) => one.since))
  const mails = due.flatMap((one) => one.mails)
  const accounts = due.map(({account}) => account)
  return {
    ...target,
    key: escalationKey(['digest', target.to, slots]),
    ...digestText({mails, failing, threads: ledger.threads, accounts, since, zone, page}),
    at: new Date(now).toISOString(),
    slots,
  }
}
