import {isUserError} from '../../kit/errors.js'
import {type Book, type BookRow, formatBook, parseBook} from './book.js'
import {BOOKS, type BookPlace, beginBook, bookPath, readBook, withBooks} from './book-file.js'
import {localDay} from './day.js'
import {addToRow} from './entries.js'
import {chargeGone} from './gone.js'

const CLOSED = `${BOOKS}/closed`

/** A day's book that nobody writes in any more, waiting to be committed to the ledger. */
export interface ClosedDay {
  /** Relative to `.mcos`. */
  readonly path: string
  readonly id: string
  readonly day: string
  readonly rows: readonly BookRow[]
  /** From receipts, as an earlier book was lost; it belongs into the ledger unless that has lines of the day. */
  readonly earlier: readonly BookRow[]
}

/** Closes the books of days that are over, except where a call still runs; costs a look at two folders when there is none. */
export function closeDays(place: BookPlace): ClosedDay[] {
  const today = localDay(place.clock.now(), place.zone)
  const over = bookDays(place).filter((day) => day < today)
  const damaged = damagedNames(place)
  if (over.length + damaged.length > 0) {
    withBooks(place, () => {
      for (const name of damaged) replaceDamaged(place, name)
      for (const day of over) closeDay(place, day)
    })
  }
  return closedDays(place)
}

/** The closed days that are still here; what was damaged is told by `mcos fsck` and replaced by the next fold. */
export function closedDays({mcos}: Pick<BookPlace, 'mcos'>): ClosedDay[] {
  const days = mcos.list(CLOSED).flatMap(({name, kind}) => {
    const path = `${CLOSED}/${name}`
    const book = kind === 'file' && name.endsWith('.json') ? parseBook(mcos.readText(path) ?? '') : null
    return book ? [{path, id: book.id, day: book.day, rows: book.rows, earlier: book.earlier}] : []
  })
  // What receipts told comes after the sums themselves, which may be of the very same calls.
  return [...days.filter(({earlier}) => earlier.length === 0), ...days.filter(({earlier}) => earlier.length > 0)]
}

/** What of a day a ledger lacks: all of it, less what receipts told of a lost book that had come into the ledger before. */
export function rowsMissing(ledger: string, {id, day, rows, earlier}: Omit<ClosedDay, 'path'>): readonly BookRow[] {
  if (ledger.includes(JSON.stringify(id))) return []
  return ledger.includes(`"day":"${day}"`) ? rows : earlier.reduce(addToRow, [...rows])
}

/** What old receipts know of a day that no book and no ledger has, as a closed day of its own, before they go. */
export function closeFromReceipts(place: BookPlace, day: string, isMissing: (row: BookRow) => boolean): void {
  withBooks(place, () => {
    const book = beginBook(place, day)
    const earlier = book.earlier.filter(isMissing)
    if (earlier.length > 0) place.mcos.write(`${CLOSED}/${day}-${book.id}.json`, formatBook({...book, earlier}))
  })
}

/** Days with a book that is still written in. */
export function bookDays({mcos}: Pick<BookPlace, 'mcos'>): string[] {
  return mcos.list(BOOKS).flatMap(({name, kind}) => {
    const [, day] = /^(\d{4}-\d\d-\d\d)\.json$/.exec(name) ?? []
    return day !== undefined && kind === 'file' ? [day] : []
  })
}

/** A day's book for a look, with dead processes' calls counted; null when there is none that can be read. */
export function peekBook(place: BookPlace, day: string): Book | null {
  const text = place.mcos.readText(bookPath(day))
  const book = text === null ? null : parseBook(text)
  return book && chargeGone(book, place.clock.now())
}

function closeDay(place: BookPlace, day: string): void {
  const found = readOrBegin(place, day)
  if (!found) return
  const book = chargeGone(found, place.clock.now())
  if (book.open.length > 0) return
  const {mcos} = place
  if (book.rows.length + book.earlier.length === 0) {
    if (mcos.stat(bookPath(day))) mcos.remove(bookPath(day))
    return
  }
  // The rename is what closes it: before that, whoever comes writes into the day's own file.
  if (book !== found || !mcos.stat(bookPath(day))) mcos.write(bookPath(day), formatBook(book))
  mcos.move(bookPath(day), `${CLOSED}/${day}-${book.id}.json`)
}

/** null when another process has closed it meanwhile; a damaged one is what the receipts say. */
function readOrBegin(place: BookPlace, day: string): Book | null {
  try {
    return readBook(place, day)
  } catch (error) {
    if (!isUserError(error) || error.code !== 'STATE_CORRUPT') throw error
    return beginBook(place, day)
  }
}

function damagedNames({mcos}: Pick<BookPlace, 'mcos'>): string[] {
  return mcos
    .list(CLOSED)
    .filter(({name, kind}) => kind === 'file' && parseBook(mcos.readText(`${CLOSED}/${name}`) ?? '') === null)
    .map(({name}) => name)
}

/** Sets a damaged day aside, where `mcos doctor` tells of it; what the receipts say of that day takes its place. */
function replaceDamaged(place: BookPlace, name: string): void {
  const {mcos} = place
  if (mcos.stat(`${CLOSED}/${name}`) === null) return
  const day = name.slice(0, 10)
  const book = /^\d{4}-\d\d-\d\d$/.test(day) ? beginBook(place, day) : null
  if (book && book.earlier.length > 0) mcos.write(`${CLOSED}/${day}-${book.id}.json`, formatBook(book))
  mcos.move(`${CLOSED}/${name}`, `quarantine/budget-${name}`)
}
