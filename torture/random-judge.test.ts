import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, expect, test} from 'vitest'
import {type Folder, openFolder} from '../src/kit/folder.js'
import {judge} from './random-judge.js'
import {Wrongs} from './torture.js'

let home: Folder

beforeEach(() => {
  home = openFolder(mkdtempSync(join(tmpdir(), 'mcos-judge-')))
})

afterEach(() => rmSync(home.dir, {recursive: true}))

const entry = (id: string) => `${id} ${'x'.repeat(40)} end\n`
const SAID = ['born', 'append one a', 'appended one a', 'append one b', 'counted one 1', 'make a', 'made a']

function wrongsOf(lines: readonly string[]): readonly string[] {
  const wrongs = new Wrongs()
  judge(home, new Map([['w0', lines]]), wrongs)
  return wrongs.examples
}

function lay({
  log,
  tally = {sum: 1, by: {w0: 1}},
  fresh = ['a'],
}: {
  log: string
  tally?: object
  fresh?: string[]
}): void {
  writeFileSync(join(home.dir, 'log-one'), log)
  home.write('tally-one', JSON.stringify(tally))
  for (const id of fresh) home.write(`new/${id}`, `${id} end`)
}

test('what was done is there, what was begun may be', () => {
  lay({log: entry('a') + entry('b')})
  expect(wrongsOf(SAID)).toEqual([])
})

test.each([
  ['lost', 'lost: a in log-one', {log: entry('b')}],
  ['doubled', 'doubled: a in log-one', {log: entry('a') + entry('a')}],
  ['torn', 'torn: "a xx" in log-one', {log: `${entry('a')}a xx\n`}],
  ['from nowhere', 'from nowhere: c in log-one', {log: entry('a') + entry('c')}],
  ['a count lost', 'lost: count 1 of w0 in tally-one', {log: entry('a'), tally: {sum: 0, by: {}}}],
  ['a count too many', 'doubled: 2 counts of w0 that nobody said', {log: entry('a'), tally: {sum: 3, by: {w0: 3}}}],
  ['a wrong sum', 'tally-one: 2 is not the sum of its parts 1', {log: entry('a'), tally: {sum: 2, by: {w0: 1}}}],
  ['a message lost', 'lost: message a', {log: entry('a'), fresh: []}],
])('it notices %s', (_, wrong, laid) => {
  lay(laid)
  expect(wrongsOf(SAID)).toContain(wrong)
})

test('it notices a torn file', () => {
  lay({log: entry('a')})
  home.write('tally-one', '{"sum": 1')
  expect(wrongsOf(SAID)).toContain('torn: tally-one: {"sum": 1')
})

test('it notices a message that came back', () => {
  lay({log: entry('a')})
  expect(wrongsOf([...SAID, 'moved a', 'removed a'])).toContain('doubled: message a was removed')
})
