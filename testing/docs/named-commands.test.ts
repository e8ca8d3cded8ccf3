import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {type Manifest, strangersIn} from './named-commands.js'
import {PAGES, ROOT} from './pages.js'

const manifest: Manifest = JSON.parse(readFileSync(join(ROOT, 'oclif.manifest.json'), 'utf8'))
const texts = new Map([
  ...PAGES,
  ...['CHANGELOG.md', 'CONTRIBUTING.md', 'workspaces/README.md'].map(read),
  ...['templates', 'guardrails', 'workspaces'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), {recursive: true, encoding: 'utf8'})
      .filter((name) => /\.(?:md|yaml)$/.test(name))
      .map((name) => read(`${folder}/${name}`)),
  ),
])

test('every command that a page, a template or the changelog names is there, with its flags', () => {
  const strangers = [...texts].flatMap(([page, text]) =>
    strangersIn(text, manifest).map((call) => `${page}: mcos ${call}`),
  )
  expect(strangers).toEqual([])
})

test.each([
  ['a command that is gone', '`mcos heartbeet`'],
  ['a verb that is gone', '`mcos message sent donna "x"`'],
  ['a flag that is gone', '```\nmcos heartbeat --hard\n```\n'],
  ['one of several verbs', '`mcos alert raise|confirmed`'],
])('%s is found', (_, text) => {
  expect(strangersIn(text, manifest)).toHaveLength(1)
})

test('what stands for words of the reader is none', () => {
  expect(strangersIn('`mcos TOPIC VERB`, `mcos show TURN --transcript`, `cd x && mcos heartbeat`', manifest)).toEqual(
    [],
  )
})

function read(path: string): [string, string] {
  return [path, readFileSync(join(ROOT, path), 'utf8')]
}
