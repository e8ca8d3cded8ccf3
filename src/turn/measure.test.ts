import {expect, test} from 'vitest'
import type {Prompt, Step} from '../engines/engine.js'
import {estimatePrompt, Measure} from './measure.js'

const said = (text: string): Step => ({kind: 'answer', text, calls: []})

function promptOf(...steps: Step[]): Prompt {
  const keep = {prefix: null, steps: null}
  return {tools: [], prefix: 'word '.repeat(4_000), steps, maxOutput: 100, keep}
}

function usage(input: number) {
  return {input, output: 10, cacheRead: 0, cacheWrite: 0, cacheWriteHour: 0, costUsd: null, modelCalls: 1}
}

test('takes what the engine has counted, and estimates only what has come since', () => {
  const measure = new Measure()
  const first = promptOf({kind: 'prompt', text: 'Go.'})
  measure.learn('claude', first, usage(6_000))
  const next = {
    ...first,
    steps: [...first.steps, said('x'.repeat(40)), {kind: 'prompt' as const, text: 'y'.repeat(40)}],
  }
  expect(measure.sizeOf('claude', next)).toBe(6_000 + 10 + Math.ceil(10 * (6_000 / estimatePrompt(first))))
  expect(measure.sizeOf('local', next)).toBe(estimatePrompt(next))
})

test('an engine that leaves out what it has cached makes no context small', () => {
  const measure = new Measure()
  const prompt = promptOf({kind: 'prompt', text: 'Go.'})
  measure.learn('local', prompt, usage(7))
  expect(measure.sizeOf('local', {...prompt, steps: [...prompt.steps, said('Yes.')]})).toBeGreaterThan(2_400)
})

test('after a cut it knows how an engine counts, and nothing of what was cut', () => {
  const measure = new Measure()
  const prompt = promptOf({kind: 'prompt', text: 'Go.'})
  measure.learn('claude', prompt, usage(10_000))
  measure.restart()
  expect(measure.sizeOf('claude', prompt)).toBe(Math.ceil(estimatePrompt(prompt) * (10_000 / estimatePrompt(prompt))))
})
