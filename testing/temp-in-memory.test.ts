import {existsSync} from 'node:fs'
import {expect, test, vi} from 'vitest'
import {keepTempInMemory} from './temp-in-memory.js'

test('a TMPDIR that somebody has set stays', () => {
  vi.stubEnv('TMPDIR', '/elsewhere')
  const takeBack = keepTempInMemory()
  expect(process.env['TMPDIR']).toBe('/elsewhere')
  takeBack()
  expect(process.env['TMPDIR']).toBe('/elsewhere')
})

test('a folder in memory, where there is one, is gone when it is taken back', () => {
  vi.stubEnv('TMPDIR', undefined)
  const takeBack = keepTempInMemory()
  const dir = process.env['TMPDIR']
  expect(dir === undefined || existsSync(dir)).toBe(true)
  takeBack()
  expect(process.env['TMPDIR']).toBeUndefined()
  expect(dir !== undefined && existsSync(dir)).toBe(false)
})
