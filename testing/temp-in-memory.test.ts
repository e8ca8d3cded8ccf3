import {spawnSync} from 'node:child_process'
import {existsSync} from 'node:fs'
import {expect, test, vi} from 'vitest'
import {OWN_DISK, OWN_MOUNTS, testNeeding} from './needs.js'
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

testNeeding(OWN_DISK)('memory from which no program can be started is left alone', () => {
  const [unshare = '', ...ownMounts] = OWN_MOUNTS
  const module = new URL('./temp-in-memory.ts', import.meta.url).href
  const ask = `const {keepTempInMemory} = await import('${module}'); keepTempInMemory('/mnt'); console.log(process.env.TMPDIR)`
  const tmpdirOn = (options: string): string => {
    const script = `mount -t tmpfs -o size=5g${options} tmpfs /mnt && exec "$0" --import tsx --input-type=module -e "$1"`
    const args = [...ownMounts, 'sh', '-c', script, process.execPath, ask]
    return spawnSync(unshare, args, {encoding: 'utf8', env: {PATH: process.env['PATH']}}).stdout
  }
  expect(tmpdirOn('')).toMatch(/^\/mnt\/mcos-tests-/)
  expect(tmpdirOn(',noexec')).toBe('undefined\n')
})
