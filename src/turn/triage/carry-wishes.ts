import {decide} from '../../guard/decide.js'
import {readStop} from '../../guard/stop.js'
import type {MailRecord} from '../../mail/ledger/record.js'
import type {MailRef} from '../../mail/mail.js'
import type {Mailbox} from '../../mail/mailbox.js'
import {MailTrouble} from '../../mail/trouble.js'
import {verbOfWish} from '../../mail/verdict.js'
import {recordsOf} from './action-records.js'
import {isBegun, markBegun} from './begun.js'
import {ownAddresses} from './own-addresses.js'
import type {PendingWish} from './pending-wish.js'
import {type Performed, performWish} from './perform-wish.js'
import type {TriageInput} from './triage-input.js'
import {withAccount} from './with-account.js'

/** What became of wishes: records for the ledger, and what stood in the way of the others. */
export interface Carried {
  readonly records: readonly MailRecord[]
  /** How each ended, in the order of the wishes; those that wait on are not among them. */
  readonly ends: readonly {readonly pending: PendingWish; readonly end: Performed}[]
  readonly troubles: ReadonlyMap<string, MailTrouble>
  readonly isStopped: boolean
}

type Hand = Pick<TriageInput, 'fleet' | 'agent' | 'law' | 'accounts' | 'signal' | 'isApplied'> & {readonly turn: string}

/** For how long an account is worked on before the rest waits for the next time. */
const LONGEST_MS = 5 * 60_000

/** Does what the contract allows, or a person has asked for, mail by mail; the stop file is read before each. */
export async function carryWishes(pending: readonly PendingWish[], hand: Hand): Promise<Carried> {
  const allowed = pending.filter((one) => isAllowed(one, hand))
  const names = [...new Set(allowed.map(({account}) => account))]
  const done = await Promise.all(
    names.map((name) =>
      carryAccount(
        name,
        allowed.filter(({account}) => account === name),
        hand,
      ),
    ),
  )
  return {
    records: done.flatMap(({records}) => records),
    ends: done.flatMap(({ends}) => ends),
    troubles: new Map(done.flatMap(({name, trouble}) => (trouble === null ? [] : [[name, trouble] as const]))),
    isStopped: readStop(hand.fleet.mcos, hand.agent.name) !== null,
  }
}

/** What was proposed and isn't allowed waits for a person. */
function isAllowed({wish, account}: PendingWish, {law, isApplied}: Hand): boolean {
  if (isApplied) return true
  const target = wish.kind === 'move' ? `${account}/${wish.to}` : account
  const facts = {taint: ['mail'], secrets: [], outside: [], isClockChecked: false}
  return decide(law, {verb: verbOfWish(wish), target}, facts).effect === 'allow'
}

interface AccountDone {
  readonly name: string
  readonly records: MailRecord[]
  readonly ends: {readonly pending: PendingWish; readonly end: Performed}[]
  readonly trouble: MailTrouble | null
}

async function carryAccount(name: string, wishes: readonly PendingWish[], hand: Hand): Promise<AccountDone> {
  const account = hand.accounts[name]
  const found: Omit<AccountDone, 'trouble'> = {name, records: [], ends: []}
  if (account === undefined) {
    const trouble = new MailTrouble('storage', `mcos.yaml has no account ${name} any more`, {
      fix: 'mcos email accounts',
    })
    return {...found, trouble}
  }
  const own = ownAddresses(account)
  const {trouble} = await withAccount(
    hand.fleet,
    {name, account},
    {
      outer: hand.signal,
      timeoutMs: LONGEST_MS,
      work: (mailbox, signal) => carryAll(wishes, {mailbox, hand, own, found, signal}),
    },
  )
  return {...found, trouble}
}

async function carryAll(
  wishes: readonly PendingWish[],
  {
    mailbox,
    hand,
    own,
    found,
    signal,
  }: {
    readonly mailbox: Mailbox
    readonly hand: Hand
    readonly own: readonly string[]
    readonly found: Omit<AccountDone, 'trouble'>
    readonly signal: AbortSignal
  },
): Promise<void> {
  // An earlier wish may have moved the mail that a later one is about.
  const places = new Map<string, MailRef>()
  for (const wish of wishes) {
    if (signal.aborted || readStop(hand.fleet.mcos, hand.agent.name) !== null) return
    const pending = {...wish, ref: places.get(wish.id) ?? wish.ref}
    const wasBegun = isBegun(hand.fleet.mcos, pending)
    markBegun(hand.fleet.mcos, pending)
    const end = await performWish(pending, {mailbox, own, wasBegun})
    places.set(wish.id, end.ref)
    found.ends.push({pending, end})
    const at = new Date(hand.fleet.clock.now()).toISOString()
    found.records.push(...recordsOf(pending, end, {at, turn: hand.turn}))
  }
}
