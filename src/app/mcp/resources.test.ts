import {symlinkSync} from 'node:fs'
import {join} from 'node:path'
import fc from 'fast-check'
import {expect, test} from 'vitest'
import {openMcpScene} from '../../../testing/mcp-scene.js'
import {formatUri, parseUri} from './resource-uri.js'

test('the own files are listed and read, as far as the contract reads them', async () => {
  const scene = openMcpScene({'workspaces/donna/memory/2026-11-20.md': '# 2026-11-20\n'})
  const served = await scene.serve('donna')
  const listed = await served.listResources()
  expect(listed.map(({uri}) => uri)).toEqual([
    'mcos://agent/donna/HEARTBEAT.md',
    'mcos://agent/donna/MEMORY.md',
    'mcos://agent/donna/SOUL.md',
    'mcos://agent/donna/memory/2026-11-20.md',
  ])
  const read = await served.readResource('mcos://agent/donna/MEMORY.md')
  expect(read).toMatchObject({
    kind: 'found',
    contents: [{mimeType: 'text/markdown', text: expect.stringContaining('15:00')}],
  })
  expect(served.listTemplates()).toMatchObject([{uriTemplate: 'mcos://agent/{agent}/{+path}'}])
})

test("another's files are read where the contract says so, and refused with its line elsewhere", async () => {
  const scene = openMcpScene()
  const uri = (agent: string): string => `mcos://agent/${agent}/SOUL.md`
  expect(await (await scene.serve('jarvis')).readResource(uri('donna'))).toMatchObject({kind: 'found'})
  expect(await (await scene.serve('donna')).readResource(uri('jarvis'))).toMatchObject({
    kind: 'refused',
    data: {effect: 'deny', file: 'workspaces/donna/SOUL.md', line: 5},
  })
})

test.each([
  'mcos://agent/donna/../jarvis/SOUL.md',
  'mcos://agent/donna/%2e%2e/jarvis/SOUL.md',
  'mcos://agent/donna/..%2fjarvis%2fSOUL.md',
  'mcos://agent/donna/.',
  'mcos://agent/donna/',
  'mcos://agent/donna',
  'mcos://agent/../SOUL.md',
  'mcos://agent/donna//SOUL.md',
  'mcos://agent/donna/SOUL.md?x',
  'mcos://agent/donna/a%00b',
  'mcos://agent/donna/%zz',
  'mcos://agent/donna/..\\jarvis\\SOUL.md',
  'mcos://agent/nobody/SOUL.md',
  'mcos://agent/donna/not-there.md',
  'mcos://agent/donna/memory',
  'file:///etc/passwd',
  '',
])('%s is nothing that is there', async (uri) => {
  const scene = openMcpScene({'workspaces/donna/memory/2026-11-20.md': '# x\n'})
  expect(await (await scene.serve('donna')).readResource(uri)).toMatchObject({kind: 'none'})
})

test('what is no text, too long, a link, a secret or a message is not handed out', async () => {
  const scene = openMcpScene({
    'workspaces/donna/secrets.yaml': 'a: 1\n',
    'workspaces/donna/huge.md': 'x'.repeat(1024 * 1024 + 1),
    'workspaces/donna/inbox/new/a.md': 'hello\n',
  })
  scene.write('workspaces/donna/binary.md', Buffer.from([0x61, 0, 0x62]))
  scene.write('outside.txt', 'secret')
  symlinkSync(join(scene.dir, 'outside.txt'), join(scene.dir, 'workspaces/donna/link.md'))
  symlinkSync('/etc', join(scene.dir, 'workspaces/donna/etc'))
  const served = await scene.serve('donna')
  const kinds = await Promise.all(
    [
      'secrets.yaml',
      'huge.md',
      'inbox/new/a.md',
      'binary.md',
      'link.md',
      'etc/passwd',
      '.git/config',
      '.mcos/keys/donna.key',
    ].map(async (path) => (await served.readResource(formatUri({agent: 'donna', path}))).kind),
  )
  expect(kinds).toEqual(['refused', 'refused', 'refused', 'none', 'refused', 'refused', 'refused', 'refused'])
  expect((await served.listResources()).map(({name}) => name)).not.toContain('link.md')
})

test('an address that was made is read back as the same file, and whatever else is typed is plain or nothing', () => {
  const part = fc
    .string({minLength: 1, unit: 'grapheme'})
    .filter((text) => text !== '.' && text !== '..' && !/[/\\\p{Cc}\p{Cs}]/u.test(text))
  fc.assert(
    fc.property(fc.array(part, {minLength: 1, maxLength: 4}), (parts) => {
      const named = {agent: 'donna', path: parts.join('/')}
      expect(parseUri(formatUri(named))).toEqual(named)
    }),
  )
  fc.assert(
    fc.property(fc.string(), (rest) => {
      const found = parseUri(`mcos://agent/donna/${rest}`)
      expect(found?.path.split('/').every((one) => one !== '' && one !== '.' && one !== '..') ?? true).toBe(true)
    }),
  )
})
