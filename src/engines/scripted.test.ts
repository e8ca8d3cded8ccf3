import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import fc from 'fast-check'
import {expect, test} from 'vitest'
import {tempFolder} from '../../testing/temp-folder.js'
import {isUserError} from '../kit/errors.js'
import {openFolder} from '../kit/folder.js'
import type {EngineModel, EngineRequest} from './engine.js'
import {parseScript} from './script-file.js'
import {openScripted, scriptedEngine} from './scripted.js'

const facts: EngineModel = {
  window: 8_000,
  maxOutput: 1_000,
  prices: null,
  billing: 'metered',
  minCacheTokens: null,
  identity: 'scripted-1',
}

function open(script: string) {
  const dir = tempFolder()
  writeFileSync(join(dir, 'rehearsal.yaml'), script)
  const engine = openScripted({name: 'rehearsal', facts, files: openFolder(dir), file: 'rehearsal.yaml'})
  const heard: string[] = []
  const ask = (text: string, signal = new AbortController().signal) => {
    const request: EngineRequest = {
      agent: 'donna',
      turn: 't_1',
      reportsTo: null,
      news: [],
      questions: [{check: 'brief', title: 'Brief', prose: text}],
      prompt: async () => ({
        tools: [],
        prefix: 'You are donna.',
        steps: [{kind: 'prompt', text}],
        maxOutput: 100,
        keep: {prefix: null, steps: null},
      }),
      workFolder: async () => dir,
      limitUsd: null,
      session: null,
    }
    return engine.reply(request, {signal, onEvent: (event) => event.kind === 'text' && heard.push(event.text)})
  }
  return {ask, heard}
}

const SCRIPT = `answers:
  - when: the bank
    calls: [{tool: alert_raise, input: {title: The bank is down}}]
  - Nothing is open.
  - stop: overloaded
    retry_after: 30
  - text: I will not.
    end: refusal
    usage: {input: 7, output: 3, cost_usd: 0.5}
`

test('answers in the order of its file, and out of it where the last step says what an answer waits for', async () => {
  const {ask, heard} = open(SCRIPT)
  expect(await ask('What is open?')).toMatchObject({text: 'Nothing is open.', end: 'done', answered: ['brief']})
  expect(await ask('Mail: The Bank is down')).toMatchObject({
    end: 'calls',
    answered: [],
    calls: [{id: '2_1', tool: 'alert_raise', input: {title: 'The bank is down'}}],
  })
  expect(await ask('And now?')).toMatchObject({kind: 'stopped', reason: 'overloaded', retryAfterMs: 30_000})
  const usage = {input: 7, output: 3, costUsd: 0.5}
  expect(await ask('Go on')).toMatchObject({end: 'refusal', answered: [], usage})
  expect(await ask('Go on')).toMatchObject({kind: 'stopped', reason: 'invalid'})
  expect(await ask('the bank again')).toMatchObject({end: 'calls'})
  expect(heard).toEqual(['Nothing is open.', 'I will not.'])
})

test('its usage follows from the sizes alone, so a rehearsal costs the same everywhere', async () => {
  const [one, other] = [open(SCRIPT), open(SCRIPT)]
  const usage = {input: 8, output: 4, modelCalls: 1, costUsd: null}
  expect(await one.ask('What is open?')).toMatchObject({usage})
  expect(await other.ask('What is open?')).toMatchObject({usage})
})

test('a script that is not there or can not be read is a reply that says so', async () => {
  expect(await open('answers: 7\n').ask('x')).toMatchObject({
    reason: 'invalid',
    detail: expect.stringContaining('a list'),
  })
  const engine = openScripted({name: 'rehearsal', facts, files: openFolder(tempFolder()), file: 'none.yaml'})
  const reply = await engine.reply({} as EngineRequest, {
    signal: new AbortController().signal,
    onEvent: () => undefined,
  })
  expect(reply).toMatchObject({reason: 'invalid', detail: 'There is no script none.yaml for the scripted engine.'})
})

test('answers that are at hand need no file', async () => {
  const engine = scriptedEngine({name: 'rehearsal', facts}, [{text: 'One.'}, {stop: 'spent'}])
  const prompt = {tools: [], prefix: '', steps: [], maxOutput: 1, keep: {prefix: null, steps: null}}
  const request = {questions: [], prompt: async () => prompt} as unknown as EngineRequest
  const ask = () => engine.reply(request, {signal: new AbortController().signal, onEvent: () => undefined})
  expect([await ask(), await ask()]).toMatchObject([{text: 'One.', end: 'done'}, {reason: 'spent'}])
})

test('an interruption is heard', async () => {
  expect(await open(SCRIPT).ask('x', AbortSignal.abort())).toMatchObject({kind: 'stopped', reason: 'interrupted'})
})

test.each([
  ['', 'rehearsal.yaml:1: expected a list under "answers:", got none'],
  ['answers:\n  - 7\n', 'rehearsal.yaml:2: expected answers.0: a map, got 7'],
  ['answers:\n  - stop: tired\n', 'rehearsal.yaml:2: expected answers.0.stop: one of overloaded, '],
  ['answers:\n  - text: x\n    txet: y\n', 'rehearsal.yaml:3: expected answers.0.txet: one of when, text, '],
  ['answers:\n  - calls: [{input: {}}]\n', 'rehearsal.yaml:2: expected answers.0.calls.0: a call such as '],
  ['answers:\n  - usage: {input: many}\n', 'rehearsal.yaml:2: expected answers.0.usage.input: a number from 0'],
])('%j is named with its line', (text, message) => {
  expect(() => parseScript(text, 'rehearsal.yaml')).toThrow(message)
})

test('whatever stands in a script, it is read or refused as a person can put right', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (answers) => {
      try {
        parseScript(JSON.stringify({answers}), 'x.yaml')
      } catch (error) {
        expect(isUserError(error)).toBe(true)
      }
    }),
  )
})
