import {execFileSync} from 'node:child_process'
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import {expect, test} from 'vitest'
import {parseGitConfig, readGitConfig} from './git-config.js'
import {readSmall} from './repository.js'

const TEXT = `\uFEFF; a note
[core]
\trepositoryformatversion = 0
\tbare
# another
[remote "origin"] url = "git@x:y.git" ; where
\tfetch = +refs/heads/*:refs/remotes/origin/*
[branch "a \\"b\\" c"]
\tdescription = one\\
 two \\n "three # four" # five
[Alias]
\tST = status
[alias.old]
\tkey = x
`

test('keys are found with their lines, whatever their spelling', () => {
  expect(parseGitConfig(TEXT, 'config').map(({key, value, line}) => [key, value, line])).toEqual([
    ['core.repositoryformatversion', '0', 3],
    ['core.bare', '', 4],
    ['remote.origin.url', 'git@x:y.git', 6],
    ['remote.origin.fetch', '+refs/heads/*:refs/remotes/origin/*', 7],
    ['branch.a "b" c.description', 'one two \n three # four', 9],
    ['alias.st', 'status', 12],
    ['alias.old.key', 'x', 14],
  ])
})

test('what git cannot read is refused, not guessed at', () => {
  expect(() => parseGitConfig('[core\nx = 1', 'c')).toThrow(expect.objectContaining({code: 'GIT_CONFIG'}))
  expect(() => parseGitConfig('x = 1', 'c')).toThrow(expect.objectContaining({code: 'GIT_CONFIG'}))
})

test('a backslash at the end of a note hides nothing of the next line', () => {
  const text = '[user]\n\tname = x # \\\n[filter "zz"]\n\tclean = y ; \\\n[include]\n\tpath = z\n'
  expect(parseGitConfig(text, 'c').map(({key}) => key)).toEqual(['user.name', 'filter.zz.clean', 'include.path'])
})

test('no key that git reads is missed', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'mcos-config-'))
  const file = path.join(dir, 'config')
  const piece = fc.constantFrom(
    '[core]',
    '[a "b.C"]',
    '[ x ]',
    '[x.Y]',
    'pager',
    'fsmonitor = sh',
    ' = ',
    '"',
    '\\\n',
    '\n',
    '\\',
    '#',
    ' # \\\n',
    ';',
    ' ',
    'k=v',
    '\r\n',
    '\t',
    '[',
    ']',
  )
  try {
    fc.assert(
      fc.property(fc.array(piece, {maxLength: 14}), (pieces) => {
        const text = pieces.join('')
        writeFileSync(file, text)
        let expected: string[]
        try {
          const out = execFileSync('git', ['config', '--file', file, '--list', '--name-only', '-z'], {
            encoding: 'utf8',
            stdio: 'pipe',
          })
          expected = out.split('\0').filter(Boolean)
        } catch {
          // git refuses the file; nothing that needs the repository would run.
          return
        }
        let keys: string[]
        try {
          keys = parseGitConfig(text, file).map(({key}) => key)
        } catch {
          // Refusing more than git does is safe.
          return
        }
        expect(keys).toEqual(expected)
      }),
      {numRuns: 300},
    )
  } finally {
    rmSync(dir, {recursive: true})
  }
})

test('a pipe in the place of a file of git says nothing, and keeps nobody waiting', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'mcos-pipe-'))
  try {
    for (const name of ['config', 'HEAD']) execFileSync('mkfifo', [path.join(dir, name)])
    expect(readGitConfig(path.join(dir, 'config'))).toEqual([])
    expect(readSmall(path.join(dir, 'HEAD'))).toBe('')
  } finally {
    rmSync(dir, {recursive: true})
  }
})
