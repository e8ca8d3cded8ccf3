import {closeSync, openSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {tempFolder} from '../../testing/temp-folder.js'
import {readLines} from './terminal.js'

test('lines come from a file descriptor; one that is not open is the caller\u2019s mistake and no bug of ours', () => {
  const file = join(tempFolder(), 'words')
  writeFileSync(file, 'old words\nnew words\n')
  const fd = openSync(file, 'r')
  expect(readLines(fd)).toEqual(['old words', 'new words'])
  closeSync(fd)
  expect(() => readLines(987)).toThrow(
    expect.objectContaining({
      code: 'NO_INPUT',
      exit: 2,
      message: 'Nothing can be read from file descriptor 987.',
    }),
  )
})
