import {readFileSync} from 'node:fs'
import {expect, inject, test} from 'vitest'
import {testNeeding} from '../testing/needs.js'
import {record} from './record.js'
import {drawTerminal, linesOfPicture} from './terminal-svg.js'

const picture = readFileSync(new URL('../docs/picture.svg', import.meta.url), 'utf8')

testNeeding('tmux')(
  "every line of README's picture is in a run of today: otherwise npm run picture, and commit it",
  async () => {
    if (inject('buildFailure') !== null) throw new Error(`mcos could not be built:\n${inject('buildFailure')}`)
    let gone = linesOfPicture(picture)
    // A machine that is busy with other tests may draw a screen too late to be caught whole.
    for (let attempt = 0; attempt < 3 && gone.length > 0; attempt++) {
      const today = linesOfPicture(drawTerminal(await record(), {title: ''})).map(wordsOf)
      gone = linesOfPicture(picture).filter((line) => !today.includes(wordsOf(line)))
    }
    expect(gone).toEqual([])
  },
)

test('a picture keeps the text and its colour, and nothing in it is markup or a code of the terminal', () => {
  const line = '\x1b[31mfailed\x1b[39m <script>alert("x")</script> & \x1b[2Jmore\x1b[0m'
  const svg = drawTerminal([{command: 'mcos status', lines: [line, '', '  two']}], {title: 'A "run"'})
  expect(linesOfPicture(svg)).toEqual(['$ mcos status', 'failed <script>alert("x")</script> & more', '  two'])
  expect(svg).toContain('<tspan class="red">failed</tspan> &lt;script&gt;')
  expect(svg).toContain('prefers-color-scheme: dark')
  expect(svg).not.toContain('\x1b')
})

/** Ids, moments, sums and little bars are others in each run. */
function wordsOf(line: string): string {
  return line
    .replace(/…$/, '')
    .replaceAll(/\b(?=\w*\d)[0-9a-zA-Z_]{6,}\b/g, '')
    .replaceAll(/\b(?:in )?\d+ ?[a-z]{1,3}\b|\bnow\b/g, '')
    .replaceAll(/[^\p{L}]+/gu, ' ')
    .trim()
}
