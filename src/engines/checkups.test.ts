import {expect, test} from 'vitest'
import type {Fleet} from '../workspace/fleet.js'
import {ENGINE_CHECKUPS} from './checkups.js'

const ANTHROPIC =
  'claude-sonnet-5-5 claude-opus-4-8 claude-3-5-haiku-20241022 claude-fable-5 claude-mythos-5 claude-next'
const OPENAI = `gpt-5.4 gpt-6-astra o4-mini deepseek-chat deepseek-reasoner gemini-2.5-flash-lite gemma-3-27b qwen3:14b
  grok-4-fast-reasoning mistral-large meta-llama/Llama-4-Maverick moonshotai/kimi-k2 command-r-plus sonar-reasoning-pro
  minimax-m2 phi-4-reasoning flux-pro anthropic/claude-opus-4 nova-lite glm-4.6-flash mimo-7b`

test('the names of real models are no slips', async () => {
  const names = [...ANTHROPIC.split(/\s+/).map(named('anthropic')), ...OPENAI.split(/\s+/).map(named('openai'))]
  expect(await slips(names)).toEqual([])
})

test('a slip is told with the name that was meant', async () => {
  expect(await slips([named('anthropic')('claude-sonet-5-5'), named('openai')('deapseek-chat')])).toEqual([
    'mcos.yaml: engines.claude-sonet-5-5.model is claude-sonet-5-5; did you mean claude-sonnet-5-5?',
    'mcos.yaml: engines.deapseek-chat.model is deapseek-chat; did you mean deepseek-chat?',
  ])
})

const named = (kind: 'anthropic' | 'openai') => (model: string) => [model, {kind, model, baseUrl: null}] as const

async function slips(engines: readonly (readonly [string, unknown])[]): Promise<string[]> {
  const check = ENGINE_CHECKUPS.find(({id}) => id === 'engine-models')
  const fleet = {home: {config: {engines: Object.fromEntries(engines)}}} as unknown as Fleet
  return ((await check?.examine(fleet))?.troubles ?? []).map(({detail}) => detail)
}
