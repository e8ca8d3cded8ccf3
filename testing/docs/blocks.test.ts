import {expect, test} from 'vitest'
import {cronProblem} from '../../src/schedule/cron.js'
import {BLOCKS} from './pages.js'
import {parseBlock} from './parse-block.js'
import {cronFieldsOf, isShell} from './read-commands.js'

/** Languages of what is only shown: output, drawings of folders, files of other programs. */
const ONLY_SHOWN = new Set(['text', 'powershell'])

const files = BLOCKS.filter((block) => !isShell(block) && !ONLY_SHOWN.has(block.language))

test.each(files.map((block) => [`${block.page}:${block.line}`, block] as const))(
  'the file shown at %s is read by the parser that mcos has for it',
  (_, block) => {
    expect(parseBlock(block)).not.toBeNull()
  },
)

test('nothing that is only shown holds a command that could be run', () => {
  const hidden = BLOCKS.filter(({language, text}) => ONLY_SHOWN.has(language) && /^(?:\$ |mcos )/m.test(text))
  expect(hidden.map(({page, line}) => `${page}:${line}`)).toEqual([])
})

test('every line for a crontab has five fields that cron understands', () => {
  const fields = BLOCKS.filter(isShell).flatMap(({text}) =>
    text.split('\n').flatMap((line) => cronFieldsOf(line) ?? []),
  )
  expect(fields.length).toBeGreaterThan(0)
  expect(fields.map((field) => cronProblem(field))).toEqual(fields.map(() => null))
})
