import type {Book} from '../../engines/budget/book.js'
import {bookDays, closedDays, peekBook, rowsMissing} from '../../engines/budget/closed-days.js'
import type {Fleet} from '../../workspace/fleet.js'
import {formatUsage, parseUsage, type UsageLine, usagePath} from '../../workspace/usage-ledger.js'

/** A call that is under way. */
export interface OpenUsage {
  readonly agent: string
  readonly engine: string
  readonly turn: string
  readonly tokens: number
  readonly usd: number
  readonly since: string
}

export interface UsageSources {
  readonly lines: readonly UsageLine[]
  readonly open: readonly OpenUsage[]
  /** Today's, of this machine; null before its first call. */
  readonly book: Book | null
}

/** All that is known from a day on: the committed ledgers of every machine, and this machine's books that aren't in them yet. */
export function readUsage(
  fleet: Fleet,
  {first, today}: {readonly first: string; readonly today: string},
): UsageSources {
  const {mcos, clock, home, host} = fleet
  const place = {mcos, clock, zone: home.config.timezone}
  const books = bookDays({mcos}).flatMap((day) => peekBook(place, day) ?? [])
  const ledgers = new Map<string, string>()
  const own = [...closedDays({mcos}), ...books].flatMap((book) => {
    const path = usagePath(host, book.day)
    const ledger = ledgers.get(path) ?? home.files.readText(path) ?? ''
    const lines = rowsMissing(ledger, book).map((row) => ({day: book.day, ...row}))
    ledgers.set(path, ledger + lines.map(formatUsage).join(''))
    return lines
  })
  return {
    lines: [...readLedgers(fleet, first), ...own].filter(({day}) => day >= first),
    open: books.flatMap(({open}) =>
      open.map(({agent, engine, turn, tokens, usd, at}) => ({
        agent,
        engine,
        turn,
        tokens,
        usd,
        since: new Date(at).toISOString(),
      })),
    ),
    book: books.find(({day}) => day === today) ?? null,
  }
}

/** A ledger that can't be read is told and not passed over, as a sum without it would be a guess. */
function readLedgers({home: {files}}: Fleet, first: string): UsageLine[] {
  const hosts = files.list('usage').filter(({kind}) => kind === 'folder')
  return hosts.flatMap(({name: host}) =>
    files
      .list(`usage/${host}`)
      .filter(({name, kind}) => kind === 'file' && /^\d{4}-\d\d\.jsonl$/.test(name) && name >= first.slice(0, 7))
      .flatMap(({name}) => {
        const path = `usage/${host}/${name}`
        return parseUsage(files.readText(path, {maxBytes: 256 * 1024 * 1024}) ?? '', path)
      }),
  )
}
