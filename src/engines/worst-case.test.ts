import fc from 'fast-check'
import {expect, test} from 'vitest'
import type {Prompt} from './prompt.js'
import {costOf, exactCostOf, inputBound} from './worst-case.js'

const PRICES = {input: 2, output: 10, cacheRead: 0.2, cacheWrite: 2.5, cacheWriteHour: 4}
const EMPTY: Prompt = {tools: [], prefix: '', steps: [], maxOutput: 100, keep: {prefix: null, steps: null}}

test('every byte of what is sent counts as a token, in whatever script and place', () => {
  fc.assert(
    fc.property(fc.string({unit: 'binary'}), fc.string({unit: 'binary'}), fc.jsonValue(), (prefix, text, value) => {
      const steps: Prompt['steps'] = [
        {kind: 'prompt', text},
        {
          kind: 'answer',
          text,
          calls: [{id: 'c', tool: 'write', input: {value}}],
          native: {engine: 'claude', content: {text, value}},
        },
        {kind: 'results', results: [{id: 'c', tool: 'write', text, isError: false}]},
      ]
      const sent =
        Buffer.byteLength(prefix) + 3 * Buffer.byteLength(JSON.stringify(text)) + JSON.stringify(value).length
      expect(inputBound({...EMPTY, prefix, steps})).toBeGreaterThan(sent)
    }),
  )
})

test('tools count with their schemas, and each with what a provider says around it', () => {
  const tool = {name: 'read', description: 'Reads a file.', schema: {type: 'object'}}
  const bytes = Buffer.byteLength(JSON.stringify([tool]))
  expect(inputBound({...EMPTY, tools: [tool]}) - inputBound(EMPTY)).toBeGreaterThanOrEqual(bytes - 2)
})

test('no division of what is sent costs more than the worst case', () => {
  const amount = fc.nat(1_000_000)
  fc.assert(
    fc.property(
      amount,
      amount,
      amount,
      amount,
      fc.double({min: 0, max: 1, noNaN: true}),
      (input, read, write, output, hour) => {
        const used = {input, output, cacheRead: read, cacheWrite: write, cacheWriteHour: write * hour}
        const worst = costOf({input: input + read + write, output}, PRICES)
        expect(exactCostOf(used, PRICES)).toBeLessThanOrEqual(worst + 1e-9)
      },
    ),
  )
})

test('a million of each kind costs its price, and an unknown price nothing', () => {
  const none = {input: 0, output: 0, cacheRead: 0, cacheWrite: 0, cacheWriteHour: 0}
  expect(exactCostOf({...none, input: 1e6}, PRICES)).toBe(2)
  expect(exactCostOf({...none, output: 1e6}, PRICES)).toBe(10)
  expect(exactCostOf({...none, cacheRead: 1e6}, PRICES)).toBe(0.2)
  expect(exactCostOf({...none, cacheWrite: 1e6}, PRICES)).toBe(2.5)
  expect(exactCostOf({...none, cacheWrite: 1e6, cacheWriteHour: 1e6}, PRICES)).toBe(4)
  expect(costOf({input: 1e6, output: 1e6}, PRICES)).toBe(14)
  expect(costOf({input: 1e6, output: 1e6}, null)).toBe(0)
})
