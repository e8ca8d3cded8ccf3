import type {MailRef} from '../mail.js'
import type {Wish} from '../verdict.js'
import type {
  AccountRecord,
  ActionRecord,
  CorrectionRecord,
  DigestRecord,
  EscalationRecord,
  MailMoved,
  MailRecord,
  MailSeen,
} from './record.js'

/** One mail as it stands after all that was recorded of it. */
export interface MailEntry {
  /** As it was first judged. */
  readonly seen: MailSeen
  /** Where it lies now. */
  readonly ref: MailRef
  /** After corrections. */
  readonly class: MailSeen['class']
  readonly urgency: MailSeen['urgency']
  readonly correctedBy: string | null
  /** When it was corrected last, ISO. */
  readonly correctedAt: string | null
  /** In the order of their `n`. */
  readonly actions: readonly ActionState[]
}

/** One proposed action: `proposed` until a record says more. */
export interface ActionState {
  readonly n: number
  readonly wish: Wish
  readonly state: ActionRecord['state'] | 'proposed'
  /** Where the mail was before a move; where a draft lies. */
  readonly ref: MailRef | null
  readonly why: string | null
  readonly at: string | null
}

/** One thread over all accounts of the agent. */
export interface ThreadEntry {
  readonly thread: string
  /** In the order in which they were seen. */
  readonly mails: readonly MailEntry[]
  /** Who was told of it, in order. */
  readonly told: readonly EscalationRecord[]
  /** Addresses whose mails made it urgent, the first one first. */
  readonly urgentFrom: readonly string[]
  /** Whether a draft of ours lies in it. */
  readonly isDrafted: boolean
}

export interface AccountEntry {
  readonly account: string
  readonly first: AccountRecord | null
  /** The record of its failing now; null: it doesn't. */
  readonly failing: AccountRecord | null
  /** What somebody was told of it last; null: nothing. */
  readonly told: 'failing' | 'back' | null
  /** The latest moment at which its server took a mail in, ISO; null: none is known. */
  readonly latest: string | null
}

/** What many records come to. */
export interface LedgerSum {
  readonly mails: ReadonlyMap<string, MailEntry>
  readonly threads: ReadonlyMap<string, ThreadEntry>
  readonly accounts: ReadonlyMap<string, AccountEntry>
  readonly digests: readonly DigestRecord[]
  /** How many mails each address has written. */
  readonly senders: ReadonlyMap<string, number>
}

type Open<T> = {-readonly [Key in keyof T]: T[Key]}
type OpenMail = Open<MailEntry> & {actions: Open<ActionState>[]}
type OpenThread = Open<ThreadEntry> & {mails: OpenMail[]; told: EscalationRecord[]}

/** Adds records up, which are in order; a mail may also stand behind what was recorded of it. */
export function sumRecords(records: readonly MailRecord[]): LedgerSum {
  const mails = new Map<string, OpenMail>()
  const accounts = new Map<string, Open<AccountEntry>>()
  const senders = new Map<string, number>()
  const threads = new Map<string, OpenThread>()
  const threadOf = (thread: string): OpenThread =>
    entryOf(threads, thread, () => ({thread, mails: [], told: [], urgentFrom: [], isDrafted: false}))
  const accountOf = (account: string): Open<AccountEntry> =>
    entryOf(accounts, account, () => ({account, first: null, failing: null, told: null, latest: null}))

  for (const record of records) {
    if (record.kind !== 'mail' || mails.has(record.id)) continue
    const mail = openMail(record)
    mails.set(record.id, mail)
    threadOf(record.thread).mails.push(mail)
    senders.set(record.from, (senders.get(record.from) ?? 0) + 1)
    const account = accountOf(record.account)
    if (account.latest === null || record.received > account.latest) account.latest = record.received
  }
  const digests: DigestRecord[] = []
  for (const record of records) {
    if (record.kind === 'digest') digests.push(record)
    else if (record.kind === 'escalated') threadOf(record.thread).told.push(record)
    else if (record.kind === 'account') addWord(accountOf(record.account), record)
    else if (record.kind !== 'mail') addFact(mails.get(record.id), record)
  }
  for (const thread of threads.values()) close(thread)
  return {mails, threads, accounts, digests, senders}
}

function openMail(seen: MailSeen): OpenMail {
  const actions = seen.actions.map((wish, n) => proposed(wish, n))
  return {seen, ref: seen.ref, class: seen.class, urgency: seen.urgency, correctedBy: null, correctedAt: null, actions}
}

function proposed(wish: Wish, n: number): Open<ActionState> {
  return {n, wish, state: 'proposed', ref: null, why: null, at: null}
}

function addFact(mail: OpenMail | undefined, record: MailMoved | ActionRecord | CorrectionRecord): void {
  // Of a mail that is older than what was read, or whose own line is damaged: there is nothing to add it to.
  if (!mail) return
  if (record.kind === 'moved') mail.ref = record.ref
  else if (record.kind === 'action') addAction(mail, record)
  else {
    mail.class = record.class
    mail.urgency = record.urgency
    mail.correctedBy = record.by
    mail.correctedAt = record.at
  }
}

function addAction(mail: OpenMail, {n, wish, state, ref, why, at}: ActionRecord): void {
  let action = mail.actions.find((one) => one.n === n)
  if (!action) {
    action = proposed(wish, n)
    mail.actions.push(action)
    mail.actions.sort((a, b) => a.n - b.n)
  }
  Object.assign(action, {wish, state, ref: ref ?? action.ref, why: why ?? null, at})
}

function addWord(account: Open<AccountEntry>, record: AccountRecord): void {
  if (record.state === 'first') account.first ??= record
  if (record.state === 'failing' || record.state === 'back') {
    account.failing = record.state === 'failing' ? record : null
    if (record.as !== undefined) account.told = record.state
  }
}

function close(thread: OpenThread): void {
  const urgent = thread.mails.filter((mail) => mail.class === 'urgent')
  thread.urgentFrom = [...new Set(urgent.map(({seen}) => seen.from))]
  thread.isDrafted = thread.mails.some(({actions}) =>
    actions.some(({wish, state}) => wish.kind === 'draft' && (state === 'done' || state === 'already')),
  )
}

function entryOf<K, V>(map: Map<K, V>, key: K, open: () => V): V {
  let entry = map.get(key)
  if (entry === undefined) {
    entry = open()
    map.set(key, entry)
  }
  return entry
}
