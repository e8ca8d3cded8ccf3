import {describe, expect, test} from 'vitest'
import {allSaid, startWorker} from '../../testing/budget-scene.js'
import {tempFolder} from '../../testing/temp-folder.js'
import {openFolder} from '../kit/folder.js'
import {listBackOffs, noteFailure, noteSuccess, readBackOff} from './back-off.js'

const NOW = Date.parse('2026-11-21T10:00:00Z')
const HOUR = 3_600_000
const failed = {why: '429: slow down', random: 0}

function open() {
  const mcos = openFolder(tempFolder())
  const waitAt = (now: number) => (readBackOff(mcos, 'claude', now)?.until ?? now) - now
  return {mcos, waitAt}
}

describe('a wait', () => {
  test('is as long as the provider asks for at least, and jitter only makes it longer', () => {
    for (const random of [0, 0.5, 0.999]) {
      const {mcos, waitAt} = open()
      noteFailure(mcos, 'claude', {...failed, now: NOW, random, retryAfterMs: 7000})
      expect(waitAt(NOW)).toBeGreaterThanOrEqual(7000)
      expect(waitAt(NOW)).toBeLessThanOrEqual(8750)
      expect(readBackOff(mcos, 'claude', NOW + 6999)?.why).toBe('429: slow down')
      expect(readBackOff(mcos, 'claude', NOW + 8750)).toBeNull()
    }
  })

  test('grows with failures in a row, up to five minutes, and begins anew after an answer', () => {
    const {mcos, waitAt} = open()
    let now = NOW
    const waits = Array.from({length: 12}, () => {
      noteFailure(mcos, 'claude', {...failed, now})
      const wait = waitAt(now)
      now += wait
      return wait
    })
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 32_000, 64_000, 128_000, 256_000, 300_000, 300_000])
    noteSuccess(mcos, 'claude')
    noteFailure(mcos, 'claude', {...failed, now})
    expect(waitAt(now)).toBe(500)
  })

  test('does not grow by calls that were under way together, and is never cut short by them', () => {
    const {mcos, waitAt} = open()
    noteFailure(mcos, 'claude', {...failed, now: NOW, retryAfterMs: 9000})
    for (let n = 0; n < 20; n++) noteFailure(mcos, 'claude', {...failed, now: NOW + n, retryAfterMs: 100})
    noteSuccess(mcos, 'claude')
    expect(waitAt(NOW)).toBe(9000)
    noteFailure(mcos, 'claude', {...failed, now: NOW + 20, retryAfterMs: 12_000})
    expect(waitAt(NOW)).toBe(12_020)
  })

  test("is one engine's, and is listed while it lasts", () => {
    const {mcos} = open()
    noteFailure(mcos, 'claude', {...failed, now: NOW})
    noteFailure(mcos, '../../odd name', {...failed, now: NOW})
    expect(readBackOff(mcos, 'local', NOW)).toBeNull()
    expect(listBackOffs(mcos, NOW)).toEqual([
      {engine: '../../odd name', failures: 1, until: NOW + 500, why: '429: slow down'},
      {engine: 'claude', failures: 1, until: NOW + 500, why: '429: slow down'},
    ])
    expect(listBackOffs(mcos, NOW + 500)).toEqual([])
  })

  test.each([
    ['goes back an hour', -HOUR],
    ['goes back a year', -365 * 24 * HOUR],
    ['goes ahead a year', 365 * 24 * HOUR],
  ])('ends when the clock %s', (_, jump) => {
    const {mcos} = open()
    noteFailure(mcos, 'claude', {...failed, now: NOW, retryAfterMs: HOUR})
    expect(readBackOff(mcos, 'claude', NOW + jump)).toBeNull()
  })

  test('is a day at most, whatever a provider or a damaged file says', () => {
    const {mcos, waitAt} = open()
    noteFailure(mcos, 'claude', {...failed, now: NOW, retryAfterMs: 1000 * HOUR})
    expect(waitAt(NOW)).toBe(24 * HOUR)
    const [{name} = {name: ''}] = mcos.list('back-off')
    for (const text of ['', '{', '[]', '{"engine":"claude","failures":1,"at":1,"until":null,"why":""}']) {
      mcos.write(`back-off/${name}`, text)
      expect(readBackOff(mcos, 'claude', NOW)).toBeNull()
      noteSuccess(mcos, 'claude')
    }
    noteFailure(mcos, 'claude', {...failed, now: NOW})
    expect(waitAt(NOW)).toBe(500)
  })
})

test('no process begins a request before the time that any of them was told', async () => {
  const {mcos} = open()
  const workers = Array.from({length: 4}, () =>
    startWorker(
      mcos.dir,
      `const {noteFailure, noteSuccess, readBackOff} = await src('engines/back-off.ts')
       // Starts together with the others.
       while (Date.now() % 1000 > 20) await new Promise((done) => setTimeout(done, 1))
       const end = Date.now() + 2500
       while (Date.now() < end) {
         const asked = Date.now()
         const found = readBackOff(mcos, 'claude', asked)
         if (found) {
           await new Promise((done) => setTimeout(done, Math.max(1, found.until - Date.now())))
           continue
         }
         if (Math.random() < 0.5) {
           const now = Date.now()
           noteFailure(mcos, 'claude', {now, why: '429', random: Math.random(), retryAfterMs: 120})
           say('told ' + now + ' ' + Date.now())
         } else noteSuccess(mcos, 'claude')
         say('asked ' + asked)
         await new Promise((done) => setTimeout(done, 5))
       }`,
    ),
  )
  const lines = (await Promise.all(workers.map(allSaid))).flat().map((line) => line.split(' '))
  const asked = lines.filter(([word]) => word === 'asked').map(([, at]) => Number(at))
  const told = lines
    .filter(([word]) => word === 'told')
    .map(([, at, noted]) => ({at: Number(at), noted: Number(noted)}))
  expect(told.length).toBeGreaterThan(1)
  const early = told.flatMap(({at, noted}) => asked.filter((time) => time > noted && time < at + 120))
  expect(early).toEqual([])
})
