import {describe, expect, test} from 'vitest'
import type {TurnEvent} from '../turn/events.js'
import {tellTurn} from './turn.js'

const USAGE = {input: 1, output: 1, cacheRead: 0, cacheWrite: 0, costUsd: 0, modelCalls: 1}
const request = (engine: string): TurnEvent => ({
  kind: 'request',
  engine,
  prompt: {tools: [], prefix: '', steps: [], maxOutput: 1, keep: {prefix: null, steps: null}},
  tokens: 1,
  window: 10,
})
const reply = (text: string): TurnEvent => ({
  kind: 'reply',
  engine: 'claude',
  answer: {kind: 'answer', text, calls: [], end: 'done', answered: [], usage: null},
  usage: USAGE,
  estimated: 1,
})

function told(events: readonly TurnEvent[], {streams = true} = {}): {said: string; notes: string[]} {
  let said = ''
  const notes: string[] = []
  const listen = tellTurn({
    say: streams
      ? (text) => {
          said += text
        }
      : null,
    note: (line) => notes.push(line),
  })
  for (const event of events) listen(event)
  return {said, notes}
}

describe('a turn on a terminal', () => {
  test('streams the answer cleaned, and ends its line before anything else is told', () => {
    const {said, notes} = told([
      request('claude'),
      {kind: 'text', text: 'I look \u001b'},
      {kind: 'text', text: '[31minto it.'},
      {kind: 'call', call: {id: '1', tool: 'read', input: {path: 'workspaces/donna/a.md'}}},
      {kind: 'result', result: {id: '1', tool: 'read', text: 'x', isError: false}, effect: 'allow', ms: 7},
      {kind: 'text', text: 'Done.'},
      reply('Done.'),
      {kind: 'end', turn: 't_1', why: 'done', detail: null},
    ])
    expect(said).toBe('I look into it.\nDone.\n')
    expect(notes).toEqual(['  read workspaces/donna/a.md: allowed, 7 ms'])
  })

  test('says by which rule a call was judged', () => {
    const {notes} = told([
      {kind: 'call', call: {id: '1', tool: 'read', input: {path: 'a.md'}}},
      {kind: 'verdict', id: '1', rule: 'reads: workspaces/donna/**'},
      {kind: 'result', result: {id: '1', tool: 'read', text: 'x', isError: false}, effect: 'allow', ms: 7},
      {kind: 'verdict', id: '2', rule: 'guardrail no-auto-send'},
      {kind: 'result', result: {id: '2', tool: 'run', text: 'never', isError: true}, effect: 'deny', ms: 1},
    ])
    expect(notes).toEqual([
      '  read a.md: allowed (reads: workspaces/donna/**), 7 ms',
      '  run: refused (guardrail no-auto-send), never',
    ])
  })

  test('does not say again what had streamed before an engine used a tool of its own', () => {
    const {said} = told([
      request('code'),
      {kind: 'text', text: 'I look into it.'},
      {kind: 'own-tool', tool: 'Read', detail: 'a.md'},
      reply('I look into it.'),
      request('code'),
      reply('Done.'),
    ])
    expect(said).toBe('I look into it.\nDone.\n')
  })

  test('shows an answer whole that its engine did not stream, and none where it should not', () => {
    expect(told([request('code'), reply('All at once.\n')]).said).toBe('All at once.\n')
    expect(told([request('code'), reply('All at once.')], {streams: false}).said).toBe('')
  })

  test('tells refusals, waits, failures and the next engine in a line each', () => {
    const {notes} = told([
      request('claude'),
      {kind: 'wait', engine: 'claude', ms: 1500, why: '529\u001b]0;x\u0007 overloaded'},
      {kind: 'no-reply', engine: 'claude', reason: 'overloaded', detail: '529', usage: null},
      request('local'),
      {
        kind: 'result',
        result: {id: '9', tool: 'run', text: 'run is not\nallowed', isError: true},
        effect: 'deny',
        ms: 1,
      },
      {kind: 'result', result: {id: '9', tool: 'run', text: 'ask first', isError: true}, effect: 'ask', ms: 1},
      {kind: 'result', result: {id: '9', tool: 'run', text: 'no such file', isError: true}, effect: 'allow', ms: 2100},
      {kind: 'no-reply', engine: 'local', reason: 'interrupted', detail: '', usage: null},
    ])
    expect(notes).toEqual([
      'waiting 1.5 s for claude: 529 overloaded',
      'claude gave no answer (overloaded): 529',
      'asking local now',
      '  run: refused, run is not allowed',
      "  run: needs a person's yes, ask first",
      '  run: failed, no such file (2.1 s)',
    ])
  })
})
