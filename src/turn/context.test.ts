import {expect, test} from 'vitest'
import {openScene} from '../../testing/heartbeat-scene.js'
import {contextOf} from '../app/context.js'
import {openFleet} from '../app/fleet.js'

async function contextIn(files: Readonly<Record<string, string>>, purpose = 'heartbeat') {
  const scene = openScene({files})
  const fleet = await openFleet({cwd: scene.dir, env: process.env, clock: scene.clock})
  return contextOf(fleet, 'donna', purpose)
}

test('the parts joined are the text, byte for byte, and the sums are theirs', async () => {
  const {parts, text, tokens} = await contextIn({
    'workspaces/donna/AGENTS.md': '# How\n',
    'workspaces/donna/USER.md': '# Ada\n',
    'workspaces/donna/MEMORY.md': '## Bank\n- closed on Mondays\n',
    'guardrails/p0.md': '---\nid: p0\n---\nNo agent alone.\n',
  })
  expect(parts.map(({name}) => name)).toEqual(['soul', 'agents', 'guardrail p0', 'user', 'memory'])
  expect(parts.reduce((sum, {bytes}) => sum + bytes, 0) + parts.length - 1).toBe(Buffer.byteLength(text))
  expect(parts.reduce((sum, part) => sum + part.tokens, 0)).toBe(tokens)
})

test('what is the same at every beat stands first, and holds no time and no id', async () => {
  const files = {
    'workspaces/donna/HEARTBEAT.md': '## Brief (daily 08:00)\nWhat is open?\n',
    'workspaces/donna/memory/2026-11-21.md': '# 2026-11-21\n\n## 08:00 heartbeat\n- here\n',
  }
  const {parts, text} = await contextIn(files)
  const cached = parts.map((part) => part.cached)
  expect(cached).toEqual([...cached].sort((a, b) => Number(b) - Number(a)))
  expect(text.indexOf('What is open?')).toBeGreaterThan(text.indexOf('# 2026-11-21'))
})

test('a file that is too long is an error that names it, never a silent cut', async () => {
  await expect(contextIn({'workspaces/donna/MEMORY.md': 'x'.repeat(300 * 1024)})).rejects.toMatchObject({
    code: 'CONTEXT_TOO_LONG',
    message: expect.stringContaining('workspaces/donna/MEMORY.md'),
  })
})

test('of a long day only the tail is sent, and the text says so', async () => {
  const lines = Array.from({length: 100}, (_, index) => `- line ${index}`).join('\n')
  const {parts, text} = await contextIn({'workspaces/donna/memory/2026-11-21.md': `${lines}\n`})
  expect(parts.find(({name}) => name === 'today')).toMatchObject({truncated: true})
  expect(text).toContain('(the last 40 of 100 lines)')
})
