import {mkdirSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {beforeEach, expect, test} from 'vitest'
import {tempFolder} from '../../testing/temp-folder.js'
import {type Folder, openFolder} from '../kit/folder.js'
import {planStop, readStop} from './stop.js'

const when = '2026-11-21T08:00:00.000Z'
let mcos: Folder

beforeEach(() => {
  mcos = openFolder(tempFolder())
})

test('nothing stops by itself', () => {
  expect(readStop(mcos, 'donna')).toBeNull()
})

test('a planned stop is read back, for its agent only', () => {
  const {path, content} = planStop({agent: 'donna', who: 'ada', when, why: 'looks\nodd'})
  mcos.write(path, content)
  expect(readStop(mcos, 'donna')).toEqual({scope: 'agent', path: 'STOP.donna', who: 'ada', when, why: 'looks odd'})
  expect(readStop(mcos, 'mike')).toBeNull()
})

test('the stop of the fleet holds for everybody and comes first', () => {
  for (const agent of [null, 'donna']) {
    const {path, content} = planStop({agent, who: 'ada', when, why: null})
    mcos.write(path, content)
  }
  expect(readStop(mcos, 'mike')).toEqual({scope: 'fleet', path: 'STOP', who: 'ada', when, why: null})
  expect(readStop(mcos, 'donna')?.scope).toBe('fleet')
})

test.each([
  ['an empty file', (path: string) => writeFileSync(path, '')],
  ['bytes that mean nothing', (path: string) => writeFileSync(path, Buffer.from([0xff, 0x00, 0xfe]))],
  ['a file of megabytes', (path: string) => writeFileSync(path, 'x'.repeat(1_000_000))],
  ['a folder', (path: string) => mkdirSync(path)],
  ['a link that leads nowhere', (path: string) => symlinkSync('/nowhere', path)],
])('%s stops as well', (_, make) => {
  make(join(mcos.dir, 'STOP'))
  expect(readStop(mcos, 'donna')).toEqual({scope: 'fleet', path: 'STOP', who: null, when: null, why: null})
})
