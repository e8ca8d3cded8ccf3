import {once} from 'node:events'
import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {setTimeout as pause} from 'node:timers/promises'
import {expect, test} from 'vitest'
import {allSaid, ceiling, openBudgetScene, startWorker} from '../../../testing/budget-scene.js'
import {expectSoon} from '../../../testing/expect-soon.js'
import {systemClock} from '../../kit/clock.js'
import {parseBook} from './book.js'
import {type BudgetPlace, reserve} from './budget.js'
import {countedIn} from './ceilings.js'
import {localDay} from './day.js'

const CALL = {agent: 'donna', engine: 'claude', tokens: 100, input: 60, usd: 0.01, billing: 'metered'} as const
const LIMIT =
  'const ceilings = {fleet: {usdPerDay: null, tokensPerDay: 20_000, turnsPerDay: null}, agent: null, engine: null}'

function bookOf({mcos, zone}: Pick<BudgetPlace, 'mcos' | 'zone'>) {
  const book = parseBook(mcos.readText(`budget/${localDay(systemClock.now(), zone)}.json`) ?? '')
  if (!book) throw new Error('no book')
  return book
}

test('8 processes that spend at once fill one ceiling to the last token and never break it', async () => {
  const {mcos, zone} = openBudgetScene()
  const workers = Array.from({length: 8}, (_, index) =>
    startWorker(
      mcos.dir,
      `const {reserve, settle, release} = await src('engines/budget/budget.ts')
       ${LIMIT}
       const place = {mcos, clock: systemClock, zone: 'UTC', ceilings}
       let granted = 0
       for (let n = 0; ; n++) {
         const leave = reserve(place, {...${JSON.stringify(CALL)}, turn: 't_${index}_' + n})
         if (leave.kind === 'spent') {
           // Another may still take back what it holds.
           if (!leave.detail.includes('held')) break
           await new Promise((done) => setTimeout(done, 2))
           continue
         }
         await new Promise((done) => setTimeout(done, Math.random() * 3))
         if (n % 5 === 4) release(place, leave)
         else {
           settle(place, leave, null, null)
           granted++
         }
       }
       say(String(granted))`,
    ),
  )
  const granted = (await Promise.all(workers.map(allSaid))).map(([count]) => Number(count))
  const book = bookOf({mcos, zone})
  expect(granted.reduce((sum, count) => sum + count, 0)).toBe(200)
  expect(countedIn(book, {}).used).toMatchObject({tokens: 20_000, turns: 200, usd: 2})
  expect(book.open).toEqual([])
  expect(Buffer.byteLength(JSON.stringify(book))).toBeLessThan(2_000)
})

test('a process that is killed anywhere loses nothing, doubles nothing and leaves no lock', async () => {
  const scene = openBudgetScene()
  const {mcos} = scene
  const place = {
    ...scene,
    clock: systemClock,
    ceilings: {fleet: ceiling({tokensPerDay: 1e9}), agent: null, engine: null},
  }
  const notes = join(mcos.dir, 'notes')
  for (let round = 0; round < 8; round++) {
    const worker = startWorker(
      mcos.dir,
      `const fs = await import('node:fs')
       const {reserve, settle} = await src('engines/budget/budget.ts')
       ${LIMIT.replace('20_000', '1e9')}
       const place = {mcos, clock: systemClock, zone: 'UTC', ceilings}
       const note = (word) => fs.appendFileSync(${JSON.stringify(notes)}, word)
       say('ready')
       for (let n = 0; ; n++) {
         note('?')
         const leave = reserve(place, {...${JSON.stringify(CALL)}, turn: 't_${round}_' + n})
         note('+')
         settle(place, leave, null, null)
       }`,
    )
    if (worker.stdout) await once(worker.stdout, 'data')
    await pause(5 + Math.random() * 60)
    const gone = once(worker, 'close')
    worker.kill('SIGKILL')
    await gone
    const before = performance.now()
    expect(reserve(place, {...CALL, agent: 'next', turn: `t_${round}`}).kind).toBe('reserved')
    // Before its lease is over: the holder's death is what frees it.
    expectSoon(performance.now() - before, 8_000)
    const marks = readFileSync(notes, 'utf8')
    const {used, open} = countedIn(bookOf(place), {agent: 'donna'})
    expect(open.tokens).toBe(0)
    const calls = used.tokens / CALL.tokens
    expect(calls).toBeGreaterThanOrEqual(marks.split('+').length - 1)
    expect(calls).toBeLessThanOrEqual(marks.split('?').length - 1)
    expect(calls).toBe(used.turns)
  }
  const locks = join(mcos.dir, 'locks')
  expect(existsSync(locks) ? readdirSync(locks).filter((name) => name.endsWith('.lock')) : []).toEqual([])
})

test('a book does not grow with the calls of its day', () => {
  const scene = openBudgetScene()
  for (let n = 0; n < 200; n++) {
    scene.take({turn: `t_${n}`})
    scene.kill('2026-11-21')
  }
  expect(Buffer.byteLength(JSON.stringify(scene.book('2026-11-21')))).toBeLessThan(2_000)
})
