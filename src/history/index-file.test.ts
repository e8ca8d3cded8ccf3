import {execFileSync} from 'node:child_process'
import {copyFileSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {tempFolder} from '../../testing/temp-folder.js'
import {type IndexEdit, IndexFile} from './index-file.js'

interface Bench {
  readonly dir: string
  readonly index: string
  git(args: readonly string[], options?: {input?: string; index?: string}): string
  put(path: string, text?: string): void
}

function bench(...init: string[]): Bench {
  const dir = tempFolder()
  const git: Bench['git'] = (args, {input = '', index} = {}) =>
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], {
      cwd: dir,
      encoding: 'utf8',
      input,
      env: {...process.env, ...(index === undefined ? {} : {GIT_INDEX_FILE: index})},
      stdio: ['pipe', 'pipe', 'pipe'],
    })
  git(['init', '-q', '-b', 'main', ...init])
  const put = (path: string, text = `${path}\n`): void => {
    mkdirSync(dirname(join(dir, path)), {recursive: true})
    writeFileSync(join(dir, path), text)
  }
  return {dir, index: join(dir, '.git/index'), git, put}
}

/** The edits made by us and by git, each on a copy of its own. */
function editBoth({index, git}: Bench, edits: readonly IndexEdit[], hash: 'sha1' | 'sha256' = 'sha1') {
  const [ours, theirs] = [`${index}-ours`, `${index}-theirs`]
  copyFileSync(index, theirs)
  const nothing = '0'.repeat(hash === 'sha256' ? 64 : 40)
  const input = edits.map(({path, to}) => (to ? `${to.mode} ${to.oid}\t${path}\0` : `0 ${nothing}\t${path}\0`)).join('')
  git(['update-index', '-z', '--index-info'], {input, index: theirs})
  const edited = IndexFile.read(index, hash)?.edited(edits)
  if (!edited) throw new Error('only git can edit this index')
  writeFileSync(ours, edited)
  return {ours, theirs}
}

function expectSame(place: Bench, edits: readonly IndexEdit[], hash: 'sha1' | 'sha256' = 'sha1'): void {
  const {ours, theirs} = editBoth(place, edits, hash)
  for (const args of [
    ['ls-files', '--stage', '--debug', '-z', '-f', '-v'],
    ['status', '--porcelain', '-z'],
    ['write-tree'],
  ]) {
    const stripTimes = (text: string) => text.replace(/(ctime|mtime|dev|uid|size).*\n/g, '')
    const [mine, gits] = [ours, theirs].map((index) => stripTimes(place.git(args, {index})))
    expect(mine, args.join(' ')).toBe(gits)
  }
  place.git(['fsck', '--no-dangling', '--cache'], {index: ours})
}

const PATHS = ['a', 'a.md', 'a-b/c', 'b/c/d.md', 'b/c/e.md', 'b/d', 'é/ß.md', 'z', 'workspaces/donna/memory/1.md']

test('edits come out as git makes them, with its memory of trees', {timeout: 120_000}, () => {
  const path = fc.constantFrom(...PATHS)
  fc.assert(
    fc.property(
      fc.uniqueArray(path, {minLength: 1}),
      fc.uniqueArray(path, {maxLength: 4}),
      fc.uniqueArray(fc.tuple(path, fc.constantFrom('put', 'run', 'drop')), {selector: ([name]) => name, minLength: 1}),
      (committed, staged, wanted) => {
        const place = bench()
        for (const name of committed) place.put(name)
        place.git(['add', '-A'])
        place.git(['commit', '-qm', 'x'])
        for (const name of staged) place.put(name, 'staged\n')
        if (staged.length > 0) place.git(['add', '--', ...staged])
        const oid = place.git(['hash-object', '-w', '--stdin'], {input: 'new\n'}).trim()
        const edits = wanted.map(([name, act]) => ({
          path: name,
          to: act === 'drop' ? null : {mode: act === 'run' ? '100755' : '100644', oid},
        }))
        expectSame(place, edits)
        rmSync(place.dir, {recursive: true})
      },
    ),
    {numRuns: 25},
  )
})

describe('forms of the index', () => {
  test('an entry that is only intended, and a name of more than 4,095 bytes, stay as they are', () => {
    const place = bench()
    const oid = place.git(['hash-object', '-w', '--stdin'], {input: 'x\n'}).trim()
    const long = Array.from({length: 60}, (_, index) => `${index}`.padEnd(80, 'n')).join('/')
    place.git(['update-index', '-z', '--index-info'], {input: `100644 ${oid}\t${long}\0`})
    place.put('later.md')
    place.git(['add', '-N', 'later.md'])
    expect(readFileSync(place.index).readUInt32BE(4)).toBe(3)
    expectSame(place, [{path: 'm', to: {mode: '100644', oid}}])
    expect(IndexFile.read(place.index, 'sha1')?.find(long)?.oid).toBe(oid)
    expect(IndexFile.read(place.index, 'sha1')?.edited([{path: long, to: null}])).toBeNull()
  })

  test('a repository of SHA-256', () => {
    const place = bench('--object-format=sha256')
    for (const name of PATHS) place.put(name)
    place.git(['add', '-A'])
    place.git(['commit', '-qm', 'x'])
    const oid = place.git(['hash-object', '-w', '--stdin'], {input: 'x\n'}).trim()
    expectSame(
      place,
      [
        {path: 'b/c/new.md', to: {mode: '100644', oid}},
        {path: 'z', to: null},
      ],
      'sha256',
    )
  })

  test('sums that a person had left out are left out again', () => {
    const place = bench()
    place.put('a')
    place.git(['add', '-A'])
    const data = readFileSync(place.index)
    data.fill(0, data.length - 20)
    writeFileSync(place.index, data)
    const oid = place.git(['rev-parse', ':a']).trim()
    const edited = IndexFile.read(place.index, 'sha1')?.edited([{path: 'b', to: {mode: '100644', oid}}])
    expect(edited?.subarray(-20).every((byte) => byte === 0)).toBe(true)
  })

  test.each([
    ['version 4', (git: Bench['git']) => git(['update-index', '--index-version', '4'])],
    ['a shared index', (git: Bench['git']) => git(['update-index', '--split-index'])],
    ['a memory of untracked files', (git: Bench['git']) => git(['update-index', '--untracked-cache'])],
  ])('%s is left to git', (_, make) => {
    const place = bench()
    place.put('a')
    place.git(['add', '-A'])
    make(place.git)
    expect(IndexFile.read(place.index, 'sha1')).toBeNull()
  })

  test('no index, half an index and something else are left to git', () => {
    const place = bench()
    expect(IndexFile.read(place.index, 'sha1')).toBeNull()
    for (const name of PATHS) place.put(name)
    place.git(['add', '-A'])
    const data = readFileSync(place.index)
    for (let length = 0; length < data.length; length += 7) {
      const half = Buffer.from(data.subarray(0, length))
      writeFileSync(`${place.index}-half`, half)
      const read = IndexFile.read(`${place.index}-half`, 'sha1')
      expect(read === null || length > data.length - 28, `${length} of ${data.length}`).toBe(true)
    }
    writeFileSync(place.index, 'DIRC\0\0\0\u0002\xff\xff\xff\xff and then nothing of the kind')
    expect(IndexFile.read(place.index, 'sha1')).toBeNull()
  })
})

test('a path tells what is staged for it, that it is in conflict, or that it is not there', () => {
  const place = bench()
  place.put('both.md')
  place.put('ours.md')
  place.git(['add', '-A'])
  place.git(['commit', '-qm', 'x'])
  place.git(['switch', '-qc', 'other'])
  place.put('both.md', 'one\n')
  place.git(['commit', '-qam', 'one'])
  place.git(['switch', '-q', 'main'])
  place.put('both.md', 'two\n')
  place.git(['commit', '-qam', 'two'])
  expect(() => place.git(['merge', 'other'])).toThrow('merge other')
  const index = IndexFile.read(place.index, 'sha1')
  expect(index?.find('both.md')).toEqual({oid: null, isUnmerged: true})
  expect(index?.find('ours.md')).toEqual({oid: place.git(['rev-parse', ':ours.md']).trim(), isUnmerged: false})
  expect([index?.find('nobody.md'), index?.find('our'), index?.find('zzz')]).toEqual([null, null, null])
  expectSame(place, [{path: 'both.md', to: null}])
})

test('a file where a folder is, or the other way round, is left to git', () => {
  const place = bench()
  for (const name of PATHS) place.put(name)
  place.git(['add', '-A'])
  const index = IndexFile.read(place.index, 'sha1')
  const to = {mode: '100644', oid: place.git(['rev-parse', ':a']).trim()}
  for (const path of ['a/b', 'b', 'b/c', 'b/d/e/f']) expect(index?.edited([{path, to}]), path).toBeNull()
  expect(index?.edited([{path: 'b/c/f', to}])).not.toBeNull()
})

test('an entry as young as the index is looked at again by git', () => {
  const place = bench()
  const second = Math.floor(Date.now() / 1000) - 60
  place.put('note.md', 'donna\n')
  utimesSync(join(place.dir, 'note.md'), second, second)
  place.put('old.md')
  utimesSync(join(place.dir, 'old.md'), second - 9, second - 9)
  place.git(['add', '-A'])
  utimesSync(place.index, second, second)
  place.put('note.md', 'Donna\n')
  utimesSync(join(place.dir, 'note.md'), second, second)
  const edited = IndexFile.read(place.index, 'sha1')?.edited([{path: 'gone.md', to: null}])
  writeFileSync(place.index, edited ?? '')
  expect(place.git(['status', '--porcelain'])).toBe('AM note.md\nA  old.md\n')
  expect(place.git(['ls-files', '--debug', 'old.md'])).toMatch(/size: 7\b/)
  expect(statSync(place.index).size).toBe(edited?.length)
})
