import type {MailSeen} from '../ledger/record.js'
import type {MailEntry, ThreadEntry} from '../ledger/sum.js'

const DAY_MS = 86_400_000
/** After so long a silence in a thread, an urgent mail in it is news again. */
const QUIET_MS = 7 * DAY_MS

const PUBLIC =
  /^(?:gmail|googlemail|outlook|hotmail|live|msn|yahoo|icloud|me|aol|gmx|web|mail|proton|protonmail|qq|163|126|yandex|t-online|orange|free)\.[a-z]{2,3}(?:\.[a-z]{2})?$/

/** What one agent or channel was told of one thread so far. */
export interface ToldState {
  readonly state: 'urgent' | 'over'
  readonly urgency: MailSeen['urgency']
  /** ms. */
  readonly at: number
  /** Whose mails it was told of: only they can call it over. */
  readonly senders: readonly string[]
}

/** Why a thread is told (again): what the message says of it. */
export type Change = 'new' | 'more-urgent' | 'again' | 'somebody-else' | 'over'

/** What was told to `to`; null: nothing yet. */
export function toldState(
  thread: ThreadEntry | undefined,
  to: string,
  mails: ReadonlyMap<string, MailEntry>,
): ToldState | null {
  const told = thread?.told.filter((record) => record.to === to) ?? []
  const last = told.at(-1)
  if (!last) return null
  const senders = told.flatMap(({ids}) => ids.flatMap((id) => mails.get(id)?.seen.from ?? []))
  return {state: last.state, urgency: last.urgency, at: Date.parse(last.at), senders: [...new Set(senders)]}
}

/**
 * Why an urgent mail is news to somebody who was told `before`; null: it isn't. A mail of another house is: else a
 * stranger who gets into a thread first could hide what is really urgent in it.
 */
export function changeBy(
  mail: Pick<MailSeen, 'from' | 'urgency' | 'at'>,
  before: ToldState | null,
  {lastStir, ownHouses}: {readonly lastStir: number; readonly ownHouses: ReadonlySet<string>},
): Change | null {
  if (before === null) return 'new'
  if (before.state === 'over') return 'again'
  if (mail.urgency > before.urgency) return 'more-urgent'
  if (Date.parse(mail.at) - Math.max(lastStir, before.at) > QUIET_MS) return 'again'
  const house = houseOf(mail.from)
  const isKnown = ownHouses.has(house) || before.senders.some((sender) => houseOf(sender) === house)
  return isKnown ? null : 'somebody-else'
}

/** When the thread was last written in before this mail, ms. */
export function stirredBefore(thread: ThreadEntry | undefined, mail: MailSeen): number {
  const earlier = thread?.mails.filter(({seen}) => seen.id !== mail.id && seen.at < mail.at) ?? []
  return earlier.reduce((latest, {seen}) => Math.max(latest, Date.parse(seen.at)), 0)
}

/** Who can speak for whom: the part of an address behind its "@", and the whole of it where anybody can have one. */
export function houseOf(address: string): string {
  const host = address.slice(address.lastIndexOf('@') + 1)
  return PUBLIC.test(host) ? address : host
}
