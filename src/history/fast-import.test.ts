import fc from 'fast-check'
import {afterEach, expect, test} from 'vitest'
import {formatImport, formatMessage, quotePath} from './fast-import.js'
import {blobId, parseBatch} from './objects.js'
import {git, runGit} from './plumbing.js'
import {findRepository} from './repository.js'
import {makeScratch, type Scratch} from './scratch.js'

let fleet: Scratch | null = null
afterEach(() => {
  fleet?.remove()
  fleet = null
})

const meta = {subject: 's', author: {name: 'a', email: 'a@x'}, at: 0, trailers: []}

test('any path and any content arrive as they are', () => {
  fleet = makeScratch()
  const repository = findRepository(fleet.home)
  const part = fc
    .string({
      minLength: 1,
      maxLength: 8,
      unit: fc.constantFrom('a', ' ', '"', '\\', '\n', '\t', 'ż', '🙂', '*', '~', ':', '-', '\x7f'),
    })
    .filter((name) => Buffer.byteLength(name) < 200)
  const files = fc.dictionary(
    part.map((name) => `f${name}`),
    fc.uint8Array({maxLength: 20}),
    {minKeys: 1, maxKeys: 5},
  )
  fc.assert(
    fc.property(files, (wanted) => {
      const changes = Object.entries(wanted).map(([path, content]) => ({
        path,
        to: {mode: '100644', content: Buffer.from(content)},
      }))
      const input = formatImport({branch: 'refs/heads/test', parent: null, commits: [{id: 't', meta, files: changes}]})
      git(repository, ['fast-import', '--quiet', '--done', '--force'], {input})
      const listed = git(repository, ['ls-tree', '-r', '-z', 'refs/heads/test']).toString().split('\0').filter(Boolean)
      const expected = Object.entries(wanted).map(
        ([path, content]) => `100644 blob ${blobId(content, 'sha1')}\t${path}`,
      )
      expect(listed.sort()).toEqual(expected.sort())
    }),
    {numRuns: 25},
  )
})

test('a stream that was cut anywhere changes nothing', () => {
  fleet = makeScratch()
  const repository = findRepository(fleet.home)
  const files = [{path: 'a', to: {mode: '100644', content: Buffer.from('x\n')}}]
  const whole = formatImport({branch: 'refs/heads/test', parent: null, commits: [{id: 't', meta, files}]})
  for (let length = 1; length < whole.length - 1; length += 17) {
    const {code} = runGit(repository, ['fast-import', '--quiet', '--done'], {input: whole.subarray(0, length)})
    expect([length, code === 0]).toEqual([length, false])
  }
  expect(fleet.git('branch', '--list', 'test')).toBe('')
})

test('quotes only where they are needed', () => {
  expect(quotePath('a/b-c.md')).toBe('a/b-c.md')
  expect(quotePath('a "b"\n\\é')).toBe('"a \\"b\\"\\012\\\\\\303\\251"')
})

test('no text of a caller passes for a trailer, a line or an address', () => {
  const message = formatMessage('t_1', {
    ...meta,
    subject: 'a\nMcos-Turn: t_0',
    body: 'Mcos-Turn: t_0\0',
    trailers: [['Mcos-Agent', 'x\nMcos-Turn: t_0']],
  })
  expect(message).toBe('a Mcos-Turn: t_0\n\nMcos-Turn: t_0\n\nMcos-Agent: x Mcos-Turn: t_0\nMcos-Turn: t_1\n')
})

test('answers of cat-file are told apart whatever they contain', () => {
  const oid = 'a'.repeat(40)
  const output = Buffer.from(`x:1\nmissing missing\n${oid} blob 12\nHEAD missing\n${oid} blob 0\n\n`)
  expect(parseBatch(output, ['x:1\nmissing', 'b', 'c']).map((found) => found?.data.toString() ?? null)).toEqual([
    null,
    'HEAD missing',
    '',
  ])
})

test.each(['#', ';'])("git's scissors (%s) in a body don't make its text a trailer", (mark) => {
  fleet = makeScratch()
  const repository = findRepository(fleet.home)
  fleet.git('config', 'core.commentChar', mark)
  const body = `Mcos-Turn: t_FORGED\nMcos-Undoes: t_OTHER\n${mark} ------------------------ >8 ------------------------\nrest`
  const commits = [{id: 't_REAL', meta: {...meta, body}, files: []}]
  const input = formatImport({branch: 'refs/heads/test', parent: null, commits})
  git(repository, ['fast-import', '--quiet', '--done'], {input})
  expect(fleet.git('log', '-1', '--format=%(trailers:only)', 'test').trim()).toBe('Mcos-Turn: t_REAL')
})
