import {isUserError} from '../../kit/errors.js'
import {newId} from '../../kit/ids.js'
import {thisProcess} from '../../kit/process-identity.js'
import type {Budget} from '../../workspace/config.js'
import {type ClaimedUsage, NO_USAGE, type Prices, type Usage} from '../engine.js'
import {believe} from './believe.js'
import type {Book, OpenCall} from './book.js'
import {type BookChange, type BookPlace, changeBook} from './book-file.js'
import {findSpent, type Whose} from './ceilings.js'
import {localDay} from './day.js'
import {closeCall} from './entries.js'
import {chargeGone} from './gone.js'

export interface BudgetPlace extends BookPlace {
  readonly ceilings: Readonly<Record<Whose, Budget | null>>
}

/** One call to a model, at the most that it can come to. */
export interface Demand {
  readonly agent: string
  readonly engine: string
  readonly turn: string
  readonly tokens: number
  readonly usd: number
  readonly billing: 'metered' | 'subscription'
  /** The input's part of `tokens`: a claim that is far too small for it isn't believed. */
  readonly input?: number
}

/** Leave for one call, held until it is settled or released; should this process die, it counts as spent at its most. */
export interface Reservation {
  readonly kind: 'reserved'
  /** The book it is written in: that of the day on which the call began. */
  readonly day: string
  readonly book: string
  readonly call: OpenCall
  readonly billing: 'metered' | 'subscription'
}

export interface Spent {
  readonly kind: 'spent'
  readonly whose: Whose
  /** Names the ceiling, what is left of it and what was needed. */
  readonly detail: string
}

/** Sets a call's worst case apart, unless a ceiling might be broken by it; asked by every process before every call. */
export function reserve(place: BudgetPlace, demand: Demand): Reservation | Spent {
  const now = place.clock.now()
  const day = localDay(now, place.zone)
  const decide = (found: Book): BookChange<Reservation | Spent> => {
    const book = chargeGone(found, now)
    const call = callOf(demand, {now, id: newId(place.clock)})
    const spent = findSpent(book, call, place.ceilings)
    if (spent) return {...(book === found ? {} : {book}), answer: {kind: 'spent', ...spent}}
    const answer: Reservation = {kind: 'reserved', day, book: book.id, call, billing: demand.billing}
    return {book: {...book, open: [...book.open, call]}, answer}
  }
  return changeBook(place, day, decide, {sync: true})
}

/** Writes down what a call came to; what isn't known, or can't be true, is what was reserved. */
export function settle(
  place: BookPlace,
  {day, book: id, call, billing}: Reservation,
  claimed: ClaimedUsage | null,
  prices: Prices | null,
): Usage & {readonly note?: string} {
  const usage = believe(claimed, {...call, billing}, prices)
  const write = (book: Book): BookChange<null> => {
    const isOpen = book.open.some((open) => open.id === call.id)
    // In its own book and no longer open: it was counted already.
    if (!isOpen && book.id === id) return {answer: null}
    return {book: closeCall(book, call, usage), answer: null}
  }
  try {
    changeBook(place, day, write, {sync: false})
    return usage
  } catch (error) {
    if (!isUserError(error) || error.code !== 'STATE_CORRUPT') throw error
    changeBook(place, day, write, {sync: false})
    return {...usage, note: [usage.note, error.message].filter(Boolean).join('; ')}
  }
}

/** Takes a reservation back and answers that nothing was used: the call surely never reached a model. */
export function release(place: BookPlace, {day, call}: Reservation): Usage {
  const write = (book: Book): BookChange<null> => {
    const open = book.open.filter(({id}) => id !== call.id)
    return open.length === book.open.length ? {answer: null} : {book: {...book, open}, answer: null}
  }
  changeBook(place, day, write, {sync: false})
  return NO_USAGE
}

function callOf(demand: Demand, {now, id}: {now: number; id: string}): OpenCall {
  const {agent, engine, turn, tokens, billing, input = null} = demand
  const usd = billing === 'subscription' ? 0 : demand.usd
  const {pid, start, boot, ns, host} = thisProcess()
  return {id, agent, engine, turn, tokens, usd, input, at: now, holder: {pid, start, boot, ns, host}}
}
