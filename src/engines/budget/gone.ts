import {isAlive, type ProcessIdentity, thisProcess} from '../../kit/process-identity.js'
import {mostOf} from './believe.js'
import type {Book, OpenCall} from './book.js'
import {closeCall} from './entries.js'

/** No call takes this long: one that is still open then was forgotten, or its process can't be seen from here. */
const LONGEST_CALL_MS = 86_400_000

/** Writes down at its most what dead processes left open; whether their calls reached a model nobody knows any more. */
export function chargeGone(book: Book, now: number): Book {
  const seen = new Map<string, boolean>()
  const gone = book.open.filter((call) => isForgotten(call, now) || isGone(call.holder, seen))
  return gone.reduce((charged, call) => closeCall(charged, call, mostOf(call)), book)
}

function isForgotten({at}: OpenCall, now: number): boolean {
  return Math.abs(now - at) > LONGEST_CALL_MS
}

function isGone(holder: ProcessIdentity, seen: Map<string, boolean>): boolean {
  const key = JSON.stringify([holder.pid, holder.start, holder.boot, holder.ns, holder.host])
  const known = seen.get(key)
  if (known !== undefined) return known
  const isOwn = holder.pid === process.pid && holder.start === thisProcess().start
  const answer = !isOwn && isAlive(holder) === 'dead'
  seen.set(key, answer)
  return answer
}
