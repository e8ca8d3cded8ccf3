import fc from 'fast-check'
import {expect, test} from 'vitest'
import {ceiling, DEMAND, openBudgetScene} from '../../../testing/budget-scene.js'
import {type Reservation, release, reserve, settle} from './budget.js'
import {countedIn} from './ceilings.js'
import {closeDays} from './closed-days.js'

const LIMITS = {fleet: 5000, agent: 3000, engine: 4000}
const AGENTS = ['donna', 'jarvis'] as const
const ENGINES = ['claude', 'local'] as const

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('reserve' as const),
      agent: fc.constantFrom(...AGENTS),
      engine: fc.constantFrom(...ENGINES),
      turn: fc.integer({min: 1, max: 5}),
      tokens: fc.integer({min: 1, max: 1500}),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('settle' as const),
      which: fc.nat(),
      share: fc.double({min: 0, max: 1, noNaN: true}),
    }),
  },
  {weight: 1, arbitrary: fc.record({kind: fc.constant('release' as const), which: fc.nat()})},
  {weight: 1, arbitrary: fc.record({kind: fc.constant('kill' as const), which: fc.nat()})},
  {weight: 1, arbitrary: fc.record({kind: fc.constant('move' as const), hours: fc.integer({min: -8, max: 14})})},
)

interface Held {
  readonly reservation: Reservation
  readonly day: string
  isDead: boolean
}

/** All that a reference needs to know: what counts on each day, for whom. */
interface Counted {
  readonly day: string
  readonly agent: string
  readonly engine: string
  tokens: number
}

test('whatever is reserved, settled, released or killed when, the ceilings hold and every token is counted once', () => {
  fc.assert(
    fc.property(fc.array(step, {maxLength: 40}), (steps) => {
      const scene = openBudgetScene({at: '2026-11-21T20:00:00Z'})
      const place = scene.under({
        fleet: ceiling({tokensPerDay: LIMITS.fleet}),
        agent: ceiling({tokensPerDay: LIMITS.agent}),
        engine: ceiling({tokensPerDay: LIMITS.engine}),
      })
      const counted = new Map<string, Counted>()
      const held: Held[] = []
      const sumOf = (day: string, is: (entry: Counted) => boolean = () => true) =>
        [...counted.values()]
          .filter((entry) => entry.day === day && is(entry))
          .reduce((sum, {tokens}) => sum + tokens, 0)
      const pick = (which: number) => {
        const alive = held.filter(({isDead}) => !isDead)
        return alive[which % Math.max(alive.length, 1)]
      }
      const drop = (entry: Held) => held.splice(held.indexOf(entry), 1)

      for (const next of steps) {
        const day = new Date(scene.clock.now()).toISOString().slice(0, 10)
        if (next.kind === 'reserve') {
          const {agent, engine, turn, tokens} = next
          const answer = reserve(place, {...DEMAND, agent, engine, turn: `t_${turn}`, tokens, input: 1, usd: 0})
          const fits =
            sumOf(day) + tokens <= LIMITS.fleet &&
            sumOf(day, (entry) => entry.agent === agent) + tokens <= LIMITS.agent &&
            sumOf(day, (entry) => entry.engine === engine) + tokens <= LIMITS.engine
          expect(answer.kind).toBe(fits ? 'reserved' : 'spent')
          if (answer.kind === 'spent') continue
          counted.set(answer.call.id, {day, agent, engine, tokens})
          held.push({reservation: answer, day, isDead: false})
        } else if (next.kind === 'move') {
          scene.clock.advance(next.hours * 3_600_000)
        } else {
          const entry = pick(next.which)
          if (!entry) continue
          const {id, tokens} = entry.reservation.call
          const known = counted.get(id)
          if (next.kind === 'settle') {
            const used = Math.max(1, Math.floor(tokens * next.share))
            const claim = {
              input: used,
              output: 0,
              cacheRead: 0,
              cacheWrite: 0,
              cacheWriteHour: 0,
              costUsd: 0,
              modelCalls: 1,
            }
            settle(place, entry.reservation, claim, null)
            if (known) known.tokens = used
            drop(entry)
          } else if (next.kind === 'release') {
            release(place, entry.reservation)
            counted.delete(id)
            drop(entry)
          } else {
            scene.kill(entry.day, [id])
            entry.isDead = true
          }
        }
      }

      for (const day of new Set([...counted.values()].map((entry) => entry.day))) {
        const book = scene.book(day)
        if (!book) throw new Error(`no book of ${day}`)
        const {used, open} = countedIn(book, {})
        expect(used.tokens + open.tokens).toBe(sumOf(day))
        expect(used.tokens + open.tokens).toBeLessThanOrEqual(LIMITS.fleet)
      }
      // Once everybody is gone and the days are over, the ledger is told the same.
      for (const day of new Set(held.map((entry) => entry.day))) scene.kill(day)
      scene.clock.set('2027-01-01T00:00:00Z')
      const total = closeDays(scene)
        .flatMap(({rows}) => rows)
        .reduce((sum, {tokens}) => sum + tokens.input + tokens.output, 0)
      expect(total).toBe([...counted.values()].reduce((sum, {tokens}) => sum + tokens, 0))
    }),
    {numRuns: 60},
  )
})
