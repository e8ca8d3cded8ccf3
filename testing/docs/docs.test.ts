import {afterAll, expect, inject, test} from 'vitest'
import {Grounds} from './grounds.js'
import {BLOCKS} from './pages.js'
import {playPage} from './play-page.js'
import {isShell} from './read-commands.js'

/** Nobody skips an example quietly: what isn't run stands here. */
const NOT_RUN: readonly string[] = [
  'README.md: npm ci && npm run demo      # what it does, on a throw-away fleet: no key, no network, 20 seconds (demo/run.test.ts does)',
  'README.md: npm i -g .                        # from this checkout; without root: npm i -g --prefix ~/.local . (it installs for the whole machine)',
  'docs/email-accounts.md: mcos email login work (Microsoft gives the code)',
  'docs/email-accounts.md: New-ServicePrincipal -AppId CLIENT_ID -ObjectId OBJECT_ID -DisplayName mcos      # the object of Enterprise applications (a command of Exchange)',
]

test('what is not run is what this file says', () => {
  const skipped = BLOCKS.filter(({directions}) => directions.notRun !== null)
  expect(skipped.map(({page, text, directions}) => `${page}: ${text.split('\n')[0]} (${directions.notRun})`)).toEqual(
    NOT_RUN,
  )
})

const examples = BLOCKS.filter((block) => isShell(block) && block.directions.notRun === null)
const pages = [...new Set(examples.map(({page}) => page))]
const grounds = new Grounds()
let running = 0
const waiting: (() => void)[] = []

afterAll(() => grounds.remove())

test.concurrent.each(pages)('every command of %s does what the page shows', async (name) => {
  if (inject('buildFailure') !== null) throw new Error(`mcos could not be built:\n${inject('buildFailure')}`)
  if (running >= 3) await new Promise<void>((go) => waiting.push(go))
  running++
  try {
    expect(
      (
        await playPage(
          examples.filter(({page}) => page === name),
          grounds,
        )
      ).join('\n\n'),
    ).toBe('')
  } finally {
    running--
    waiting.shift()?.()
  }
})
