import {mkdirSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {tempFolder} from '../../testing/temp-folder.js'
import {type Folder, openFolder} from '../kit/folder.js'
import {contentHash} from '../kit/hash.js'
import {planAddFact, readMemory} from './memory.js'

const donna = {name: 'donna', path: 'workspaces/donna'}
const fact = {
  topic: 'Bank',
  fact: 'It closes at 15:00',
  source: 'memory/2026-11-20.md#L12',
  confidence: 'high',
} as const

function openWith(content: string | Buffer | null, name = 'MEMORY.md'): Folder {
  const dir = tempFolder()
  mkdirSync(join(dir, 'workspaces/donna'), {recursive: true})
  if (content !== null) writeFileSync(join(dir, 'workspaces/donna', name), content)
  return openFolder(dir)
}

test('the first fact makes the file, which must not be there by then', () => {
  expect(planAddFact(readMemory(openWith(null), donna), fact).changes).toEqual([
    {
      kind: 'write',
      path: 'workspaces/donna/MEMORY.md',
      content: '## Bank\n- It closes at 15:00 (source: memory/2026-11-20.md#L12, confidence: high)\n',
      expect: null,
    },
  ])
})

test('a fact more leaves every other line alone and holds only for the file as it was read', () => {
  const text = '# Memory\n\n## Bank\n- Old, without a source\n\n## Ben\n<!-- keep -->\n- Likes tea\n'
  const [change] = planAddFact(readMemory(openWith(text), donna), fact).changes
  expect(change).toMatchObject({
    expect: contentHash(text),
    content: text.replace(
      'source\n',
      'source\n- It closes at 15:00 (source: memory/2026-11-20.md#L12, confidence: high)\n',
    ),
  })
})

test('what is known already changes nothing', () => {
  const files = openWith('## Bank\n- it closes at 15:00\n')
  expect(planAddFact(readMemory(files, donna), fact).changes).toEqual([])
})

test('a memory.md of an older tool gets no twin', () => {
  const {path, sections} = readMemory(openWith('- tea\n', 'memory.md'), donna)
  expect(path).toBe('workspaces/donna/memory.md')
  expect(sections).toMatchObject([{topic: null, facts: [{text: 'tea'}]}])
})

test('a file in another encoding is shown, and not rewritten', () => {
  const memory = readMemory(openWith(Buffer.from('## Caf\xe9\r\n- cr\xe8me\r\n', 'latin1')), donna)
  expect(memory.sections).toMatchObject([{topic: 'Café', facts: [{text: 'crème'}]}])
  expect(memory.warnings).toHaveLength(2)
  const message =
    "workspaces/donna/MEMORY.md takes no fact, as it can't be written back as it is: " +
    'it is not UTF-8; it was read as Latin-1; its lines end with CR LF or CR.'
  expect(() => planAddFact(memory, fact)).toThrow(expect.objectContaining({code: 'UNREADABLE', exit: 2, message}))
})

test('a file whose lines end in two ways is not rewritten, and told as that', () => {
  const memory = readMemory(openWith('## Tea\r\n- green\n- black\r\n'), donna)
  expect(() => planAddFact(memory, fact)).toThrow(/: its lines do not all end alike, or end with CR alone\.$/)
})

test('a link in its place is not followed', () => {
  const files = openWith(null)
  symlinkSync('/etc/hostname', join(files.dir, 'workspaces/donna/MEMORY.md'))
  expect(() => readMemory(files, donna)).toThrow(expect.objectContaining({code: 'PATH_LINK'}))
})

test('a fact that would make it longer than a model is sent is refused', () => {
  const memory = readMemory(openWith(null), donna)
  expect(() => planAddFact(memory, {...fact, fact: 'x'.repeat(256 * 1024)})).toThrow(
    expect.objectContaining({code: 'TOO_LONG'}),
  )
})

test('a file of another system keeps its byte order mark and its line ends', () => {
  const text = '\ufeff# Memory\r\n\r\n- Likes tea\r\n'
  const [change] = planAddFact(readMemory(openWith(text), donna), fact).changes
  expect(change).toMatchObject({
    expect: contentHash(text),
    content: `${text}\r\n## Bank\r\n- It closes at 15:00 (source: memory/2026-11-20.md#L12, confidence: high)\r\n`,
  })
})
