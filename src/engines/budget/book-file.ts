import {type Clock, systemClock} from '../../kit/clock.js'
import {isUserError, UserError} from '../../kit/errors.js'
import type {Folder, Staging} from '../../kit/folder.js'
import {newId} from '../../kit/ids.js'
import {waitForLock} from '../../kit/lock.js'
import {type Book, type BookRow, formatBook, newBook, parseBook} from './book.js'
import {readEarlier} from './earlier.js'

/** The machine's books, as every process finds them. */
export interface BookPlace {
  readonly mcos: Folder
  readonly clock: Clock
  /** The fleet's zone, whose midnight ends a day. */
  readonly zone: string
}

/** What is to become of a book, and what the caller is told; without `book` it stays as it is. */
export interface BookChange<T> {
  readonly book?: Book
  readonly answer: T
}

export interface ChangeOptions {
  /** Whether the change must outlive a power cut. What is lost otherwise errs to the high side, or is in the receipts. */
  readonly sync: boolean
}

const LOCK = '_budget'

/** Under the lock only files are read and written: a holder that is silent for so long is stopped or swapped out. */
const LEASE_MS = 10_000
const WAIT_MS = 30_000
const ATTEMPTS = 4

export const BOOKS = 'budget'

export function bookPath(day: string): string {
  return `${BOOKS}/${day}.json`
}

/** Reads a day's book, changes it and writes it back, with every other process of the machine kept out. */
export function changeBook<T>(
  place: BookPlace,
  day: string,
  change: (book: Book) => BookChange<T>,
  {sync}: ChangeOptions,
): T {
  return withBooks(place, (staging) => {
    const {book, answer} = change(readBook(place, day) ?? beginBook(place, day))
    if (book) place.mcos.write(bookPath(day), formatBook(book), {sync, staging})
    return answer
  })
}

/** Does work on the books alone, by real time whatever the fleet's clock says; work that had lost the lock to another before it wrote is done again. */
export function withBooks<T>({mcos}: BookPlace, work: (staging: Staging) => T): T {
  for (let attempt = 1; ; attempt++) {
    const lock = waitForLock(mcos, LOCK, {clock: systemClock, leaseMs: LEASE_MS, timeoutMs: WAIT_MS, pollMs: 2})
    try {
      return work(lock.staging)
    } catch (error) {
      if (!isUserError(error) || error.code !== 'FENCED' || attempt === ATTEMPTS) throw error
    } finally {
      lock.release()
    }
  }
}

/** null when the day has none; a damaged one is put out of the way, told, and begun anew from the receipts by the next call. */
export function readBook(place: BookPlace, day: string): Book | null {
  const text = place.mcos.readText(bookPath(day))
  if (text === null) return null
  const book = parseBook(text)
  if (book?.day === day) return book
  const to = `quarantine/budget-${day}-${newId(place.clock)}.json`
  place.mcos.move(bookPath(day), to)
  throw new UserError(
    `.mcos/${bookPath(day)} was damaged and set aside as .mcos/${to}; the day's spending is counted from the receipts.`,
    {code: 'STATE_CORRUPT', fix: 'Run the same command again, then look at: mcos usage'},
  )
}

/** A book for a day that has none, knowing what the receipts know: an earlier one may have been lost. */
export function beginBook(place: BookPlace, day: string): Book {
  const earlier: readonly BookRow[] = readEarlier(place.mcos, {day, zone: place.zone})
  return newBook(day, {id: newId(place.clock), earlier})
}
