import {describe, expect, test} from 'vitest'
import type {RunReport} from '../app/run/report.js'
import {presentAnswer, presentBrief, presentClosing, presentEpisodes, presentTrouble} from './run.js'

const REPORT: RunReport = {
  turn: 't_2',
  turns: ['t_1', 't_2'],
  agent: 'donna',
  state: 'worked',
  end: 'done',
  text: 'Done.\u202e\n',
  engine: 'claude',
  model_calls: 2,
  tokens: {input: 100, output: 20, cache_read: 1000, cache_write: 5},
  cost_usd: 0.0042,
  commit: 'abcdef0123456789',
  commits: ['1', 'abcdef0123456789'],
  messages: ['01'],
  refused: [],
  notes: [],
  next: 'Write the second letter',
  error: null,
}

describe('the end of a piece of work', () => {
  test('is three lines: what was done, what it cost, what is next', () => {
    expect(presentAnswer(REPORT)).toBe('Done.')
    expect(presentClosing(REPORT).split('\n')).toEqual([
      'done: abcdef0123, 2 commits, 1 message; mcos show t_2',
      'cost: 1105 tokens in (1000 from the cache), 20 out, $0.0042; 2 requests, claude',
      'next: Write the second letter',
    ])
    const silent = presentClosing({...REPORT, commit: null, commits: [], next: null})
    expect(silent).toContain('done: nothing was changed (t_2)')
    expect(silent).toContain('next: nothing is left open')
  })

  test('says when what it cost is only the most that it can have cost', () => {
    const notes = ['its usage was reported in part; counted at its most, 29808 tokens']
    expect(presentClosing({...REPORT, notes}).split('\n')[2]).toBe(`note: ${notes[0]}`)
    expect(presentBrief({...REPORT, notes})).toBe(`(abcdef0123, 2 requests, $0.0042, claude; ${notes[0]})`)
  })

  test('says what was refused, what waits, and what helps, each on lines of its own', () => {
    const text = presentTrouble({
      refused: [
        {tool: 'run', effect: 'deny', reason: 'npm test is not among\nthe commands', approval: null},
        {tool: 'http_get', effect: 'ask', reason: 'a person has to agree', approval: null},
      ],
      error: {code: 'BUDGET', message: 'the budget is spent', suggestions: ['mcos usage']},
    })
    expect(text.split('\n')).toEqual([
      'refused: run, npm test is not among the commands',
      'waits for a yes: http_get, a person has to agree',
      'the budget is spent',
      '  mcos usage',
    ])
  })

  test('does not say twice what the model said when it refused', () => {
    const error = {code: 'MODEL_REFUSED', message: "No, I won't.", suggestions: []}
    expect(presentTrouble({refused: [], error, text: "No, I won't.\n"})).toBe('The model refused.')
    expect(presentTrouble({refused: [], error: {...error, message: 'policy'}, text: ''})).toBe('policy')
  })

  test('lists episodes, and nothing for a single turn', () => {
    expect(presentEpisodes(REPORT)).toBe('')
    const {turn, end, commit, tokens, cost_usd} = REPORT
    const report = {...REPORT, episodes: [{turn, end, commit, tokens, cost_usd}], stopped_because: 'goal' as const}
    expect(presentEpisodes(report).split('\n').at(-1)).toBe('stopped: goal')
  })
})
