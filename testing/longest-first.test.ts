import {existsSync} from 'node:fs'
import {expect, test} from 'vitest'
import {LONG} from './longest-first.js'

test('what is begun first is there', () => {
  expect(LONG.filter((path) => !existsSync(new URL(`../${path}`, import.meta.url)))).toEqual([])
})
