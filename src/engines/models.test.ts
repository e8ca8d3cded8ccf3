import {describe, expect, test} from 'vitest'
import {parseConfig} from '../workspace/parse-config.js'
import {knownModel, MODELS_AS_OF, modelOf, UNKNOWN_MODEL} from './models.js'

const engineOf = (settings: string) => {
  const engine = parseConfig(`engines:\n  it: {${settings}}\n`, 'mcos.yaml').engines['it']
  if (!engine) throw new Error('no engine')
  return modelOf(engine)
}

test.each([
  ['anthropic', 'claude-sonnet-5-5', [2, 10, 0.2]],
  ['anthropic', 'claude-opus-5-5', [4, 20, 0.2]],
  ['anthropic', 'claude-opus-5', [5, 25, 0.5]],
  ['anthropic', 'claude-opus-4-5-20251101', [5, 25, 0.5]],
  ['anthropic', 'claude-opus-4-1-20250805', [15, 75, 1.5]],
  ['anthropic', 'claude-opus-4-20250514', [15, 75, 1.5]],
  ['anthropic', 'claude-sonnet-4-5', [3, 15, 0.3]],
  ['anthropic', 'claude-haiku-4-5', [1, 5, 0.1]],
  ['anthropic', 'claude-haiku-5-5', [0.1, 0.5, 0.01]],
  ['anthropic', 'claude-fable-5', [10, 50, 1]],
  ['openai', 'gpt-5', [1.25, 10, 0.125]],
  ['openai', 'gpt-5.2', [1.75, 14, 0.175]],
  ['openai', 'gpt-4o-mini', [0.15, 0.6, 0.075]],
  ['openai', 'anthropic/claude-haiku-4-5', [1, 5, 0.1]],
] as const)('%s %s costs what its provider publishes', (kind, model, [input, output, read]) => {
  const prices = knownModel(kind, model)?.prices
  expect([prices?.input, prices?.output]).toEqual([input, output])
  expect(prices?.cacheRead).toBeCloseTo(read, 9)
})

test.each([
  'claude-sonnet-7',
  'claude-opus-9-1',
  'claude-haiku-6',
  'claude-novel-1',
  'gpt-7',
  'deepseek-v5',
  'grok-9',
  'gemini-5-pro',
])('%s, newer than the table, falls to its family and never to nothing', (model) => {
  const known = knownModel('openai', model)
  expect(known?.source).toMatch(/family|reported/)
  expect(known?.prices?.input).toBeGreaterThan(0)
  expect(known?.prices?.output).toBeGreaterThan(known?.prices?.input ?? 0)
})

test('the date of the table is one', () => {
  expect(MODELS_AS_OF).toMatch(/^20\d\d-\d\d-\d\d$/)
})

describe('the model behind an engine', () => {
  test('is what is known of its name', () => {
    expect(engineOf('kind: anthropic, model: claude-sonnet-5-5, key: "env:KEY"')).toEqual({
      window: 1_000_000,
      maxOutput: 128_000,
      prices: {input: 2, output: 10, cacheRead: 0.2, cacheWrite: 2.5, cacheWriteHour: 4},
      billing: 'metered',
      minCacheTokens: 1024,
    })
  })

  test('is what mcos.yaml says where that says more', () => {
    const own = 'context: 64000, max_tokens: 2000, prices: {input: 1, output: 2}'
    expect(engineOf(`kind: openai, base_url: "https://api.example", model: mine, ${own}`)).toEqual({
      window: 64_000,
      maxOutput: 2_000,
      prices: {input: 1, output: 2, cacheRead: 1, cacheWrite: 1, cacheWriteHour: 1},
      billing: 'metered',
      minCacheTokens: null,
    })
  })

  test("has Anthropic's usual shares for caches that nobody has priced", () => {
    const {prices} = engineOf('kind: anthropic, model: mine, prices: {input: 4, output: 20, cache_read: 0.2}')
    expect(prices).toEqual({input: 4, output: 20, cacheRead: 0.2, cacheWrite: 5, cacheWriteHour: 8})
  })

  test('of an unknown name is taken for small, and costs nobody knows what', () => {
    const model = engineOf('kind: openai, base_url: "https://api.example", model: mine')
    expect(model).toMatchObject({window: UNKNOWN_MODEL.window, prices: null})
    expect(model.maxOutput).toBeLessThanOrEqual(UNKNOWN_MODEL.maxOutput)
  })

  test("on this machine or its network is free, unless it is a way to somebody else's", () => {
    for (const url of ['http://127.0.0.1:11434/v1', 'http://localhost:8080', 'http://192.168.1.7', 'http://gpu.lan']) {
      expect(engineOf(`kind: openai, base_url: "${url}", model: "qwen3:14b"`).prices?.input).toBe(0)
      expect(engineOf(`kind: openai, base_url: "${url}", model: llama-4`).prices?.input).toBe(0)
    }
    expect(engineOf('kind: openai, base_url: "http://localhost.example", model: llama-4').prices).toBeNull()
    expect(engineOf('kind: anthropic, base_url: "http://127.0.0.1:1", model: claude-sonnet-5-5').prices?.input).toBe(2)
  })

  test('leaves room for what is read, however long its answers may be', () => {
    const {window, maxOutput} = engineOf('kind: openai, base_url: "http://127.0.0.1:1", model: tiny, context: 4000')
    expect(maxOutput).toBeLessThanOrEqual(window / 4)
  })

  test("of a program is its maker's", () => {
    expect(engineOf('kind: command, run: claude, billing: subscription')).toMatchObject({
      billing: 'subscription',
      window: 200_000,
    })
    expect(engineOf('kind: command, run: claude, model: claude-opus-5-5').prices?.input).toBe(4)
    expect(engineOf('kind: command, run: [my-agent]').prices).toBeNull()
  })
})
