import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'

const SENDS = /sendMail|Mail\.Send|\/(?:send|reply|replyAll|forward)\b|createForward/

test('no file of this adapter or its login names a way to send', () => {
  const here = import.meta.dirname
  const files = [here, join(here, '../oauth')].flatMap((dir) => readdirSync(dir).map((name) => join(dir, name)))
  const sources = files.filter((file) => !file.endsWith('.test.ts'))
  expect(sources.length).toBeGreaterThan(15)
  expect(sources.filter((file) => SENDS.test(readFileSync(file, 'utf8')))).toEqual([])
})
