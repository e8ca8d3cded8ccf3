import {expect, test} from 'vitest'
import {BLOCKS} from './pages.js'
import {parseBlock} from './parse-block.js'
import {isShell} from './read-commands.js'

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
