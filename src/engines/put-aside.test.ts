import {expect, test} from 'vitest'
import {allSaid, startWorker} from '../../testing/budget-scene.js'
import {tempFolder} from '../../testing/temp-folder.js'
import {openFolder} from '../kit/folder.js'
import {listAside, putAside, readAside} from './put-aside.js'

const NOW = Date.parse('2026-11-21T20:30:00Z')
const DAY = 86_400_000
const request = {
  engine: 'claude',
  identity: 'claude key-1',
  reason: 'unauthorized',
  detail: '401: invalid x-api-key',
  now: NOW,
  zone: 'Africa/Johannesburg',
  until: 'until-changed',
} as const

test('a key that is refused is left alone until it is another, and told once', () => {
  const mcos = openFolder(tempFolder())
  expect(putAside(mcos, request)).toEqual({isNew: true})
  expect(putAside(mcos, {...request, now: NOW + 1000})).toEqual({isNew: false})
  expect(readAside(mcos, 'claude key-1', NOW + 300 * DAY)).toMatchObject({
    detail: '401: invalid x-api-key',
    until: null,
  })
  expect(readAside(mcos, 'claude key-2', NOW)).toBeNull()
  expect(putAside(mcos, {...request, identity: 'claude key-2'})).toEqual({isNew: true})
  expect(listAside(mcos, NOW)).toHaveLength(2)
})

test("what is spent comes back when the fleet's next day begins, and is then told anew", () => {
  const mcos = openFolder(tempFolder())
  const spent = {...request, reason: 'spent', until: 'until-tomorrow'} as const
  const midnight = Date.parse('2026-11-21T22:00:00Z')
  expect(putAside(mcos, spent)).toEqual({isNew: true})
  expect(readAside(mcos, spent.identity, midnight - 1)?.until).toBe(midnight)
  expect(readAside(mcos, spent.identity, midnight)).toBeNull()
  expect(putAside(mcos, {...spent, now: midnight})).toEqual({isNew: true})
})

test.each([
  ['America/New_York', '2026-03-08T05:00:00Z', '2026-03-09T04:00:00Z'],
  ['America/New_York', '2026-11-01T04:00:00Z', '2026-11-02T05:00:00Z'],
  // Its midnight is skipped: the day begins at one.
  ['Africa/Cairo', '2026-04-23T12:00:00Z', '2026-04-23T22:00:00Z'],
])('the next day of %s begins at its midnight also when its clocks change', (zone, now, begins) => {
  const mcos = openFolder(tempFolder())
  putAside(mcos, {...request, zone, now: Date.parse(now), until: 'until-tomorrow'})
  expect(new Date(readAside(mcos, request.identity, Date.parse(now))?.until ?? 0).toISOString()).toBe(
    new Date(begins).toISOString(),
  )
})

test('a clock that jumped does not keep an engine away', () => {
  const mcos = openFolder(tempFolder())
  putAside(mcos, {...request, now: NOW + 365 * DAY, until: 'until-tomorrow'})
  expect(readAside(mcos, request.identity, NOW)).toBeNull()
})

test('a damaged file puts nothing aside, and one of a key that is long gone is cleared away', () => {
  const mcos = openFolder(tempFolder())
  putAside(mcos, {...request, identity: 'old', now: NOW - 91 * DAY})
  putAside(mcos, request)
  const files = mcos.list('aside').map(({name}) => name)
  expect(files).toHaveLength(1)
  mcos.write(`aside/${files[0]}`, '{"engine":')
  expect(readAside(mcos, request.identity, NOW)).toBeNull()
  expect(listAside(mcos, NOW)).toEqual([])
})

test('of several processes that find out together exactly one is to tell', async () => {
  const mcos = openFolder(tempFolder())
  const workers = Array.from({length: 5}, () =>
    startWorker(
      mcos.dir,
      `const {putAside} = await src('engines/put-aside.ts')
       while (Date.now() % 1000 > 20) await new Promise((done) => setTimeout(done, 1))
       for (let n = 0; n < 20; n++) {
         const {isNew} = putAside(mcos, {...${JSON.stringify(request)}, identity: 'key ' + n})
         if (isNew) say(String(n))
       }`,
    ),
  )
  const told = (await Promise.all(workers.map(allSaid))).flat().map(Number)
  expect(told.sort((one, other) => one - other)).toEqual(Array.from({length: 20}, (_, n) => n))
})
