import {mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {probeCall, probeContext} from '../../testing/probe-context.js'
import {tempFolder} from '../../testing/temp-folder.js'
import {compareReading} from './compare.js'
import {filesProbe} from './files.js'
import type {ProbeContext, Reading} from './probe.js'

interface Place {
  readonly folder: string
  look(args: string, previous?: Reading | null): Promise<Reading>
  write(name: string, text: string): void
}

function place(context: ProbeContext = probeContext()): Place {
  const folder = join(context.home.dir, context.agent.path)
  return {
    folder,
    look: (args, previous = null) =>
      filesProbe.read(probeCall(`files ${args}`), {...context, previous: previous?.fingerprint ?? null}),
    write: (name, text) => {
      mkdirSync(join(folder, name, '..'), {recursive: true})
      writeFileSync(join(folder, name), text)
    },
  }
}

function status(previous: Reading | null, reading: Reading): string {
  return compareReading(previous, reading, filesProbe.baseline).status
}

test('the first sight is a baseline, then changes are named', async () => {
  const {folder, look, write} = place()
  for (const name of ['notes/a.md', 'notes/b.md', 'notes/deep/c.md', 'other.txt']) write(name, name)
  const first = await look('notes/**/*.md')
  expect([status(null, first), first.detail]).toEqual(['same', '3 files'])
  const second = await look('notes/**/*.md', first)
  expect(second).toMatchObject({fingerprint: first.fingerprint, items: []})
  write('notes/a.md', 'changed')
  write('notes/new.md', 'new')
  rmSync(join(folder, 'notes/b.md'))
  const third = await look('notes/**/*.md', first)
  expect(third.detail).toBe('1 changed: notes/a.md; 1 new: notes/new.md; 1 gone: notes/b.md')
  expect(third.items).toEqual(['notes/a.md', 'notes/new.md', 'notes/b.md'])
  expect(status(first, third)).toBe('changed')
})

test('a file that was only touched has not changed, one of the same size has', async () => {
  const {folder, look, write} = place()
  write('a.md', 'one')
  const first = await look('*.md')
  utimesSync(join(folder, 'a.md'), 1, 1)
  const touched = await look('*.md', first)
  expect(status(first, touched)).toBe('same')
  write('a.md', 'two')
  expect(status(touched, await look('*.md', touched))).toBe('changed')
})

test('large files are known by size and time alone', async () => {
  const {folder, look, write} = place()
  write('big.bin', 'x'.repeat(100_000))
  const first = await look('*.bin')
  utimesSync(join(folder, 'big.bin'), 1, 1)
  expect(status(first, await look('*.bin', first))).toBe('changed')
})

test('no file at all is a baseline too, and the first one news', async () => {
  const {look, write} = place()
  const first = await look('drop/*')
  expect([status(null, first), first.detail]).toEqual(['same', '0 files'])
  write('drop/a.txt', 'x')
  expect(await look('drop/*', first)).toMatchObject({detail: '1 new: drop/a.txt'})
})

test('links are not followed, wherever they stand', async () => {
  const {folder, look, write} = place()
  const outside = tempFolder()
  writeFileSync(join(outside, 'secret.md'), 'secret')
  write('real.md', 'x')
  symlinkSync(join(outside, 'secret.md'), join(folder, 'link.md'))
  symlinkSync(outside, join(folder, 'linked'))
  const reading = await look('**/*.md')
  expect(reading.detail).toBe('1 file')
  expect((await look('linked/*.md')).level).toBe('failed')
})

test.each(['/etc/*', '../../../*', '../../../../etc/passwd', 'a/../../../../x'])(
  '%s leads out of the home',
  async (glob) => {
    expect(await place().look(glob)).toMatchObject({level: 'failed', detail: `files ${glob} leads out of the home`})
  },
)

test('other places of the home need the contract', async () => {
  const closed = probeContext()
  mkdirSync(join(closed.home.dir, 'wiki'))
  writeFileSync(join(closed.home.dir, 'wiki/a.md'), 'x')
  expect((await place(closed).look('../../wiki/*.md')).detail).toBe(
    "files ../../wiki/*.md is not among the contract's reads: add it to workspaces/donna/SOUL.md, then mcos commit",
  )
  const open = probeContext({reads: ['wiki/**']}, {home: closed.home})
  expect(await place(open).look('../../wiki/*.md')).toMatchObject({level: 'ok', detail: '1 file'})
})

test('what is git and machine stays unseen', async () => {
  const {look, write} = place(probeContext({reads: ['**']}))
  write('.git/config', 'x')
  write('../../.mcos/keys/a.key', 'x')
  write('a.md', 'x')
  expect((await look('../../**')).detail).toBe('1 file')
})

test('a list too long to keep is known as a whole', async () => {
  const {look, write} = place()
  for (let i = 0; i < 1_200; i++) write(`many/${'long-name-'.repeat(4)}${i}.md`, String(i))
  const first = await look('many/*')
  expect(first.fingerprint.length).toBeLessThan(200)
  expect(await look('many/*', first)).toMatchObject({fingerprint: first.fingerprint, items: []})
  write('many/more.md', 'x')
  const second = await look('many/*', first)
  expect([status(first, second), second.detail]).toEqual(['changed', 'something changed among 1201 files'])
})

test('more files than anyone can mean is a failure, not a wait', async () => {
  const {look, write} = place()
  for (let i = 0; i < 10_050; i++) write(`many/${i}`, '')
  expect(await look('**')).toMatchObject({level: 'failed', detail: 'files **: more than 10000 files match'})
})

test('names that turn a terminal over come out clean by the time they are read', async () => {
  const {look, write} = place()
  const first = await look('*')
  write('a\u001b[31m.md', 'x')
  expect((await look('*', first)).items).toHaveLength(1)
})
