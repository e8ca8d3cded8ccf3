import {
  type AccountState,
  accountStatePath,
  formatAccountState,
  NEW_ACCOUNT,
  readAccountState,
} from '../../mail/desk/account-state.js'
import {type AccountReading, readAccount} from '../../mail/desk/read-account.js'
import {resumeFrom} from '../../mail/ledger/facts.js'
import type {MailLedger} from '../../mail/ledger/read.js'
import {MailTrouble} from '../../mail/trouble.js'
import type {MailAccount} from '../../workspace/config.js'
import {credentialMark} from './credential-mark.js'
import {openAccount} from './open-account.js'
import type {TriageInput} from './triage-input.js'

const DAY_MS = 86_400_000
/** How far back an account is read at first contact when it says nothing else. */
const USUAL_WINDOW_MS = 7 * DAY_MS
/** So many mails of one account at once; what is more waits for the next time. */
const MOST_MAILS = 200

/** One account with what it gave, what is remembered of it, and what is to be remembered next. */
export interface ReadAccount {
  readonly name: string
  readonly account: MailAccount
  readonly before: AccountState
  readonly after: AccountState
  readonly reading: AccountReading
  /** Neither this machine nor the ledger knows it. */
  readonly isFirst: boolean
  /** Without a cursor: from when it was read, ms. */
  readonly since: number
  /** It was left alone, as its server or nobody's changed password wants it. */
  readonly isSkipped: boolean
  /** Why its memory on this machine could not be believed; null: it could, or there was none. */
  readonly damaged: string | null
  readonly ms: number
}

/** Reads all accounts side by side; each has its own time and its own trouble. */
export function readAccounts(input: TriageInput, ledger: () => MailLedger): Promise<ReadAccount[]> {
  return Promise.all(Object.entries(input.accounts).map(([name, account]) => readOne(input, {name, account, ledger})))
}

/** Whether nothing has come and nothing was wrong, before or now. */
export function isStill({before, reading: {mails, broken, isReset, trouble}}: ReadAccount): boolean {
  const isKnown = before.cursor !== null && before.failure === null
  return isKnown && trouble === null && mails.length === 0 && broken.length === 0 && !isReset
}

async function readOne(
  {fleet, signal}: TriageInput,
  {name, account, ledger}: {readonly name: string; readonly account: MailAccount; ledger(): MailLedger},
): Promise<ReadAccount> {
  const {clock, mcos} = fleet
  const started = clock.now()
  const {state: before, damaged} = readAccountState(mcos, name)
  const resumed = before.cursor === null ? resumeFrom(ledger(), name, started) : null
  const isFirst = before.cursor === null && resumed === null
  const since = resumed ?? started - (account.sinceMs ?? USUAL_WINDOW_MS)
  const told = {name, account, before, isFirst, since, damaged}
  const waits = await whyWait(before, {now: started, mark: () => credentialMark(fleet, name, account)})
  if (waits !== null) return {...told, after: before, reading: nothing(waits), isSkipped: true, ms: 0}
  const reading = await readAccount({
    name,
    cursor: before.cursor,
    since,
    most: MOST_MAILS,
    timeoutMs: account.timeoutMs,
    signal,
    open: (ended) => openAccount(fleet, {name, account}, ended),
  })
  const after = await remembered(reading, {before, now: started, mark: () => credentialMark(fleet, name, account)})
  return {...told, after, reading, isSkipped: false, ms: clock.now() - started}
}

interface Memory {
  readonly now: number
  mark(): Promise<string>
}

/** Why nobody knocks at this account now; null: it is time. */
async function whyWait({failure}: AccountState, {now, mark}: Memory): Promise<MailTrouble | null> {
  if (failure === null) return null
  const isEarly = failure.notBefore !== null && now < Date.parse(failure.notBefore)
  const isSame = failure.refused !== null && failure.refused === (await mark())
  return isEarly || isSame ? new MailTrouble(failure.kind, failure.message, {fix: failure.fix}) : null
}

/** Troubles that come again at each knock, until somebody does something. */
const UNTIL_CHANGED = ['credentials', 'login', 'consent']

async function remembered(
  {cursor, mails, trouble}: AccountReading,
  {before, now, mark}: Memory & {readonly before: AccountState},
): Promise<AccountState> {
  const at = new Date(now).toISOString()
  const read = {...before, cursor: cursor ?? before.cursor}
  if (trouble === null) return {...read, checked: at, fresh: mails.length, failure: null}
  const {retryAfterMs, fix} = trouble.options
  const failure = {
    kind: trouble.kind,
    message: trouble.message,
    fix,
    since: before.failure?.since ?? at,
    notBefore: retryAfterMs === undefined ? null : new Date(now + retryAfterMs).toISOString(),
    refused: UNTIL_CHANGED.includes(trouble.kind) ? await mark() : null,
  }
  return {...read, failure}
}

function nothing(trouble: MailTrouble): AccountReading {
  return {mails: [], broken: [], cursor: null, left: 0, waiting: 0, isReset: false, trouble}
}

/** What this machine is to remember of accounts, below `.mcos`; nothing where it knew all of it. */
export function memoriesOf(
  accounts: readonly Pick<ReadAccount, 'name' | 'before' | 'after'>[],
): {readonly path: string; readonly content: string}[] {
  return accounts
    .filter(({before, after}) => before === NEW_ACCOUNT || JSON.stringify(before) !== JSON.stringify(after))
    .map(({name, after}) => ({path: accountStatePath(name), content: formatAccountState(after)}))
}
