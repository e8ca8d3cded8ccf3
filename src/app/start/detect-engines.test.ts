import {chmodSync, mkdirSync, writeFileSync} from 'node:fs'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {join} from 'node:path'
import {expect, onTestFinished, test} from 'vitest'
import {expectSoon} from '../../../testing/expect-soon.js'
import {tempFolder} from '../../../testing/temp-folder.js'
import {isUserError} from '../../kit/errors.js'
import {detectEngines} from './detect-engines.js'
import {parseEngineWord} from './engine-offer.js'

const NOWHERE = 'http://127.0.0.1:1'

async function serve(answer: string | null): Promise<string> {
  const server = createServer((_, response) => {
    if (answer !== null) response.end(answer)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('keys come first, then what Ollama has, then coding agents on the PATH', async () => {
  const bin = join(tempFolder(), 'bin')
  mkdirSync(bin)
  writeFileSync(join(bin, 'codex'), '#!/bin/sh\nexit 1\n')
  chmodSync(join(bin, 'codex'), 0o755)
  writeFileSync(join(bin, 'claude'), 'not executable')
  const tags = {models: [{name: 'qwen3:14b'}, {name: 'nomic-embed-text'}, {name: 'evil\n"name'}, {size: 1}]}
  const ollama = await serve(JSON.stringify(tags))
  const env = {PATH: bin, DEEPSEEK_API_KEY: 'sk-secret', OPENAI_API_KEY: ' '}
  const offers = await detectEngines({env, ollama})
  expect(offers.map(({word}) => word)).toEqual(['deepseek', 'ollama:qwen3:14b', 'codex'])
  expect(offers[0]?.settings).toMatchObject({kind: 'openai', key: 'env:DEEPSEEK_API_KEY'})
  expect(offers[1]?.settings).toMatchObject({base_url: `${ollama}/v1`, model: 'qwen3:14b'})
  expect(JSON.stringify(offers)).not.toContain('sk-secret')
})

test.each([
  ['nobody', NOWHERE],
  ['a page', '<html>'],
  ['another service', '{"models": "many"}'],
  ['silence', null],
])('%s in the place of Ollama offers nothing, within the time allowed', async (_, answer) => {
  const ollama = answer === NOWHERE ? NOWHERE : await serve(answer)
  const before = Date.now()
  expect(await detectEngines({env: {PATH: ''}, ollama, timeoutMs: 150})).toEqual([])
  expectSoon(Date.now() - before, 10_000)
})

test('an engine is named by its word, also where nothing of it was found', () => {
  expect(parseEngineWord('rules', [])).toBeNull()
  expect(parseEngineWord('claude', [])?.settings).toMatchObject({kind: 'anthropic', key: 'env:ANTHROPIC_API_KEY'})
  expect(parseEngineWord('ollama:llama4:8b', [])).toMatchObject({name: 'local', settings: {model: 'llama4:8b'}})
  expect(parseEngineWord('claude-code', [])?.settings).toMatchObject({kind: 'command', run: 'claude'})
  let fix: readonly string[] = []
  try {
    parseEngineWord('cladue', [])
  } catch (error) {
    if (isUserError(error)) fix = error.suggestions
  }
  expect(fix).toEqual(['--engine claude'])
})
