import {expect, test} from 'vitest'
import {openScene} from '../../testing/heartbeat-scene.js'
import {readSecretValues} from './secret-values.js'

const CONFIG = `version: 1
engines:
  claude: { kind: anthropic, model: m, key: env:CLAUDE_KEY }
  lost: { kind: anthropic, model: m, key: env:NOT_SET }
  asks: { kind: anthropic, model: m, key: "command:touch ran" }
channels:
  founders: { kind: webhook, url: env:HOOK, headers: { Authorization: env:CLAUDE_KEY } }
`

test('every reference of the fleet and the agent is looked up once, and no program is run for it', async () => {
  const env = {CLAUDE_KEY: 'one', HOOK: 'https://two', OWN: 'three'}
  const scene = openScene({files: {'mcos.yaml': CONFIG}, env})
  const soul = {
    keys: {claude: {source: 'env', value: 'OWN'}, other: {source: 'file', value: `${scene.dir}/none`}},
  } as const
  expect(readSecretValues(await scene.open(), soul).sort()).toEqual(['https://two', 'one', 'three'])
  expect(scene.list('.')).not.toContain('ran')
})
