import type {MailLedger} from '../ledger/read.js'
import type {AccountRecord} from '../ledger/record.js'
import {prose, quoted} from '../page/markdown.js'
import {pageClock} from '../page/page-clock.js'
import type {TroubleKind} from '../trouble.js'
import {escalationKey} from './key.js'
import {accountTarget, type Target, type TargetOptions} from './targets.js'

/** How an account's reading ended. */
export interface AccountResult {
  readonly account: string
  readonly trouble: {readonly kind: TroubleKind; readonly message: string; readonly fix: string} | null
  /** Since when it fails, ISO; of no matter where it doesn't. */
  readonly since: string
}

/** An account that has begun to fail, or is back. */
export interface AccountItem {
  readonly account: string
  readonly state: 'failing' | 'back'
  readonly since: string
  readonly detail: string
}

/** One message about all accounts that somebody has to hear of. */
export interface AccountTelling extends Target {
  readonly key: string
  readonly subject: string
  readonly body: string
  readonly items: readonly AccountItem[]
}

export interface AccountNews {
  readonly tellings: readonly AccountTelling[]
  /** What is recorded and nobody is told now: it is quiet, or there is nobody. */
  readonly silent: readonly AccountItem[]
}

export interface AccountNewsInput extends TargetOptions {
  readonly ledger: Pick<MailLedger, 'accounts'>
  readonly results: readonly AccountResult[]
  readonly now: number
  readonly zone: string
  /** Then what is news is recorded at once and told when it is over. */
  readonly isQuiet: boolean
}

/** A server that says "later" is believed for so long before its silence is news. */
const THROTTLED_MS = 30 * 60_000

/** Which accounts have begun to fail, or are back: told once, and nothing while it stays as it is. */
export function planAccountNews(input: AccountNewsInput): AccountNews {
  const silent: AccountItem[] = []
  const byTarget = new Map<string, {target: Target; items: {item: AccountItem; fix: string}[]}>()
  for (const result of input.results) {
    const known = input.ledger.accounts.get(result.account)
    const item = itemOf(result, known?.failing ?? null, input.now)
    const isTold = item.state === 'failing' ? known?.told === 'failing' : known?.told !== 'failing'
    const isRecorded = (known?.failing != null) === (item.state === 'failing')
    const [target] = input.isQuiet || isTold ? [] : accountTarget(result.account, input)
    if (target) {
      const group = byTarget.get(target.to) ?? {target, items: []}
      group.items.push({item, fix: result.trouble?.fix ?? ''})
      byTarget.set(target.to, group)
    } else if (!isRecorded) silent.push(item)
  }
  return {silent, tellings: [...byTarget.values()].map(({target, items}) => tellingOf(target, items, input.zone))}
}

/** Lines for the ledger; `as` is the message by which somebody is told. */
export function accountRecords(
  items: readonly AccountItem[],
  {at, turn, as}: {readonly at: string; readonly turn: string; readonly as?: string},
): AccountRecord[] {
  return items.map((item) => ({kind: 'account', at, turn, ...item, ...(as === undefined ? {} : {as})}))
}

function itemOf({account, trouble, since}: AccountResult, failing: AccountRecord | null, now: number): AccountItem {
  const isPatient = trouble?.kind === 'throttled' && failing === null && now - Date.parse(since) < THROTTLED_MS
  if (trouble !== null && !isPatient) {
    return {account, state: 'failing', since: failing?.since ?? since, detail: trouble.message}
  }
  return {account, state: 'back', since: failing?.since ?? since, detail: ''}
}

function tellingOf(
  target: Target,
  found: readonly {readonly item: AccountItem; readonly fix: string}[],
  zone: string,
): AccountTelling {
  const clock = pageClock(null, zone)
  const items = found.map(({item}) => item)
  const [failing, back] = [items.filter(({state}) => state === 'failing'), items.filter(({state}) => state === 'back')]
  const lines = found.slice(0, 15).flatMap(({item: {account, state, since, detail}, fix}) => {
    const name = prose(account, 40)
    if (state === 'back') return [`- ${name} can be checked again; it could not since ${clock.at(since)}.`]
    const mend = fix === '' ? [] : [`  → ${quoted(fix, 160)}`]
    return [`- Could not check ${name} since ${clock.at(since)}: ${prose(detail, 240)}`, ...mend]
  })
  const left = found.length - 15
  return {
    ...target,
    items,
    key: escalationKey(['account', target.to, ...items.map(({account, state, since}) => [account, state, since])]),
    subject: [
      ...(failing.length > 0 ? [`Could not check ${names(failing)}`] : []),
      ...(back.length > 0 ? [`${names(back)} can be checked again`] : []),
    ].join('; '),
    body: [...lines, ...(left > 0 ? [`- and ${left} more: mcos email accounts`] : [])].join('\n'),
  }
}

function names(items: readonly AccountItem[]): string {
  const some = items.slice(0, 5).map(({account}) => account)
  const left = items.length - some.length
  return left > 0 ? `${some.join(', ')} and ${left} more` : some.join(', ')
}
