import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {ACCOUNT_NAMES, ACCOUNTS, type AccountName, type Letter} from './mail-letters.js'
import type {MailWorld, Ran} from './mail-world.js'
import type {Wrongs} from './torture.js'

/** A line of the ledger, as far as it is looked at here. */
interface Line {
  readonly kind: string
  readonly account?: AccountName
  readonly id?: string
  readonly ids?: readonly string[]
  readonly subject?: string
  readonly class?: string
  readonly thread?: string
  readonly to?: string
  readonly as?: string
  readonly state?: string
}

/** What stands in a fleet's ledger, every line of every day. */
export function readLines(home: string, list: (folder: string) => string[]): Line[] {
  const days = list('workspaces/donna/mail').filter((name) => name.endsWith('.jsonl'))
  return days.flatMap((name) =>
    readFileSync(join(home, 'workspaces/donna/mail', name), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Line),
  )
}

/** The word of a letter in any text. */
export function wordIn(text: string): string | null {
  return /\[(N\d{4})\]/.exec(text)?.[1] ?? null
}

/** Each mail is in the ledger once and as what it is; each urgent thread was told once; a draft lies once where one was wanted. */
export function judgeEnd(world: MailWorld, letters: readonly Letter[], wrongs: Wrongs): Record<string, number> {
  const {fleet} = world
  const lines = readLines(fleet.home, fleet.list)
  const seen = lines.filter(({kind}) => kind === 'mail')
  const byWord = groupBy(seen, ({subject}) => wordIn(subject ?? '') ?? `no word: ${subject}`)
  for (const {word, account, kind} of letters) {
    const found = byWord.get(word) ?? []
    wrongs.insist(found.length === 1, `${word} (${kind}, ${account}) stands ${found.length} times in the ledger`)
    const [line] = found
    if (!line) continue
    wrongs.insist(line.account === account, `${word} came to ${account} and stands under ${line.account}`)
    const isUrgent = line.class === 'urgent'
    wrongs.insist(isUrgent === (kind === 'urgent'), `${word} (${kind}) was taken for ${line.class}`)
  }
  wrongs.insist(seen.length === letters.length, `${seen.length} mails stand in the ledger, ${letters.length} came`)
  return {
    delivered: letters.length,
    'in the ledger': seen.length,
    ...judgeTold(world, letters, {lines, wrongs}),
    ...judgeDrafts(world, letters, wrongs),
    ...judgeServers(world, letters, wrongs),
  }
}

function judgeTold(
  {fleet}: MailWorld,
  letters: readonly Letter[],
  {lines, wrongs}: {lines: readonly Line[]; wrongs: Wrongs},
): Record<string, number> {
  const threads = groupBy(
    letters.filter(({thread}) => thread !== null),
    ({thread}) => thread ?? '',
  )
  const told = lines.filter(({kind, state}) => kind === 'escalated' && state === 'urgent')
  const inbox = ['new', 'cur'].flatMap((folder) =>
    fleet.list(`workspaces/jarvis/inbox/${folder}`).map((name) => `${folder}/${name}`),
  )
  const messages = inbox.map((name) => fleet.read(`workspaces/jarvis/inbox/${name}`))
  const pages = fleet.list('pages').map((name) => fleet.read(`pages/${name}`))
  for (const [thread, mails] of threads) {
    const target = ACCOUNTS[mails[0]?.account ?? 'local'].escalate
    const [right, other] = target === 'jarvis' ? [messages, pages] : [pages, messages]
    const times = right.filter((text) => text.includes(thread)).length
    wrongs.insist(times === 1, `${thread} was told ${times} times to ${target}`)
    wrongs.insist(!other.some((text) => text.includes(thread)), `${thread} was told to somebody else than ${target}`)
  }
  const keys = new Set(told.map(({thread, to}) => `${thread} ${to}`))
  wrongs.insist(keys.size === told.length, `${told.length - keys.size} threads were told twice, by the ledger`)
  wrongs.insist(
    told.length === threads.size,
    `${told.length} threads were told by the ledger, ${threads.size} were urgent`,
  )
  return {
    'urgent threads': threads.size,
    'messages to the agent': messages.length,
    'pages to the channel': pages.length,
  }
}

function judgeDrafts(world: MailWorld, letters: readonly Letter[], wrongs: Wrongs): Record<string, number> {
  let count = 0
  for (const account of ACCOUNT_NAMES) {
    const drafts = world.drafts(account)
    count += drafts.length
    for (const {word, kind} of letters.filter((one) => one.account === account)) {
      const found = drafts.filter((text) => text.includes(`[${word}]`)).length
      wrongs.insist(found <= 1, `${found} drafts answer ${word}`)
      wrongs.insist(found === (kind === 'question' ? 1 : 0), `${found} drafts answer ${word} (${kind}, ${account})`)
    }
  }
  return {drafts: count}
}

function judgeServers({graph, mails}: MailWorld, letters: readonly Letter[], wrongs: Wrongs): Record<string, number> {
  wrongs.insist(graph.sends.length === 0, `sent: ${graph.sends.join(', ')}`)
  for (const what of graph.strange) wrongs.add(`asked of Graph what it doesn’t know: ${what}`)
  const deletions = [ACCOUNTS.work.user, ACCOUNTS.sales.user].map((user) => graph.mailbox(user).deletions)
  wrongs.insist(
    deletions.every((count) => count === 0),
    'mails were deleted on Graph',
  )
  for (const account of ACCOUNT_NAMES) {
    const expected = letters.filter((one) => one.account === account).length
    wrongs.insist(mails(account) === expected, `${mails(account)} mails lie in ${account}, ${expected} came`)
  }
  return {
    sent: graph.sends.length,
    'requests to Graph': graph.requests.length,
    'of them at once, most': graph.throttle.peak,
  }
}

/** What a triage says of its accounts; null where it said nothing, as when it was killed. */
export function accountsIn({
  stdout,
}: Ran): {account: string; state: string; new: number; waiting: number; ms: number}[] | null {
  try {
    const report = JSON.parse(stdout) as {
      accounts?: {account: string; state: string; new: number; waiting: number; ms: number}[]
    }
    return report.accounts ?? null
  } catch {
    // It was killed before it could speak.
    return null
  }
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(key(item)) ?? []
    group.push(item)
    groups.set(key(item), group)
  }
  return groups
}
