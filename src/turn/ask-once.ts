import {noteFailure, noteSuccess, readBackOff} from '../engines/back-off.js'
import {type BudgetPlace, type Reservation, release, reserve, type Spent, settle} from '../engines/budget/budget.js'
import type {Prompt, Stopped, Usage} from '../engines/engine.js'
import {CONSEQUENCES} from '../engines/failures.js'
import {sumUsage} from '../engines/usage.js'
import {costOf, inputBound} from '../engines/worst-case.js'
import type {Asking, Judge, Tried} from './asking.js'
import {budgetPlace} from './budget-place.js'
import type {Tally} from './tally.js'

/** One request to one engine: its worst case is reserved before, what it used is settled after. */
export async function askOnce(judge: Judge, prompt: Prompt, asking: Asking): Promise<Tried> {
  const {input, tally, measure} = asking
  const {listen, fleet} = input
  const {prices, window} = judge.model
  const place = budgetPlace(input, judge.name)
  const reservation = await reserveFor(judge, prompt, {asking, place})
  if (reservation.kind === 'spent') {
    listen({kind: 'no-reply', engine: judge.name, reason: 'budget', detail: reservation.detail, usage: null})
    if (reservation.whose === 'engine') return {kind: 'passed', why: 'budget', detail: reservation.detail}
    tally.passed.push(`The budget of the ${reservation.whose} has no room for one more request: ${reservation.detail}`)
    return {kind: 'none', why: 'budget'}
  }
  // Another process may have been told to wait while this one counted, flushed or waited for the book.
  if (readBackOff(fleet.mcos, judge.name, fleet.clock.now())) {
    release(place, reservation)
    return {kind: 'held'}
  }
  const estimated = measure.sizeOf(judge.name, prompt)
  listen({kind: 'request', engine: judge.name, prompt, tokens: estimated, window})
  const reply = await asking.ask(judge, prompt, reservation.call.usd)
  if (reply.kind === 'stopped') {
    const usage = isFree(reply) ? release(place, reservation) : settle(place, reservation, reply.usage, prices)
    count(tally, usage)
    noteBackOff(judge, reply, asking)
    listen({kind: 'no-reply', engine: judge.name, reason: reply.reason, detail: reply.detail, usage})
    return {kind: 'failed', engine: judge.name, stopped: reply}
  }
  const usage = settle(place, reservation, reply.usage, prices)
  count(tally, usage)
  if (reply.note !== undefined) tally.notes.add(`${judge.name}: ${reply.note}`)
  noteSuccess(fleet.mcos, judge.name)
  measure.learn(judge.name, prompt, reply.usage)
  listen({kind: 'reply', engine: judge.name, answer: reply, usage, estimated})
  return {kind: 'answer', judge, answer: reply}
}

/** A provider's count is itself an estimate of a few per cent. */
const COUNT_MARGIN = 1.05

/** Bytes bound the tokens; where a budget has no room for so many, the provider's own count may still fit. */
async function reserveFor(
  judge: Judge,
  prompt: Prompt,
  {asking, place}: {asking: Asking; place: BudgetPlace},
): Promise<Reservation | Spent> {
  const {input, turn} = asking
  const {prices, billing, usdPerRequest} = judge.model
  const bound = inputBound(prompt)
  const reserveAt = (tokens: number, usd: number) =>
    reserve(place, {
      agent: input.agent.name,
      engine: judge.name,
      turn,
      tokens: tokens + prompt.maxOutput,
      // In bytes, whoever counted: a claim is judged by what was sent.
      input: bound,
      usd: billing === 'subscription' ? 0 : usd,
      billing,
    })
  const reserveInput = (tokens: number) => reserveAt(tokens, costOf({input: tokens, output: prompt.maxOutput}, prices))
  if (usdPerRequest !== undefined) {
    const attempts = SHARES.map((share) => () => reserveAt(bound, usdPerRequest * share))
    return firstReserved(attempts)
  }
  const reservation = reserveInput(bound)
  if (reservation.kind !== 'spent' || !judge.countTokens) return reservation
  const counted = await judge.countTokens(prompt, input.signal)
  return counted === null ? reservation : reserveInput(Math.min(bound, Math.ceil(counted * COUNT_MARGIN)))
}

/** A program is told what was set apart for it; where the day has less left, it gets by with less. */
const SHARES = [1, 0.5, 0.25, 0.1]

function firstReserved(attempts: readonly (() => Reservation | Spent)[]): Reservation | Spent {
  for (const attempt of attempts.slice(0, -1)) {
    const reservation = attempt()
    if (reservation.kind === 'reserved') return reservation
  }
  const [last] = attempts.slice(-1)
  if (!last) throw new Error('nothing was to be reserved')
  return last()
}

/** Turned away at the door: no model has read it, and nothing is owed. */
function isFree({reason, usage}: Stopped): boolean {
  return (
    usage === null && ['overloaded', 'unreachable', 'unauthorized', 'spent', 'invalid', 'too-long'].includes(reason)
  )
}

function noteBackOff(judge: Judge, {reason, detail, retryAfterMs}: Stopped, {input}: Asking): void {
  if (!CONSEQUENCES[reason].backsOff) return
  const {mcos, clock} = input.fleet
  const minimum = retryAfterMs === undefined ? {} : {retryAfterMs}
  noteFailure(mcos, judge.name, {now: clock.now(), why: detail, random: Math.random(), ...minimum})
}

function count(tally: Tally, usage: Usage & {readonly note?: string}): void {
  tally.usage = sumUsage([tally.usage, usage])
  if (usage.note !== undefined) tally.notes.add(usage.note)
}
