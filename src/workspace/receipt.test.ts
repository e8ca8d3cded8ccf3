import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {
  formatReceipt,
  NO_TOKENS,
  parseReceipt,
  type Receipt,
  readableReceipts,
  readReceipts,
  receiptPath,
} from './receipt.js'
import {formatUsage, parseUsage, sumUsage, type UsageLine, usagePath} from './usage-ledger.js'

const RECEIPT: Receipt = {
  turn: 't_01JD6F3Q8Z0000000000000000',
  agent: 'donna',
  trigger: 'heartbeat',
  started: '2026-11-21T08:30:00.000Z',
  ended: '2026-11-21T08:30:01.000Z',
  state: 'idle',
  reason: null,
  checks: [{id: 'mail', status: 'same', news: false, detail: 'nothing new'}],
  engine: null,
  model_calls: 0,
  tokens: NO_TOKENS,
  cost_usd: 0,
  commit: null,
  error: null,
}

describe('receipts', () => {
  test('are one line each, in a file a day by UTC', () => {
    expect(formatReceipt(RECEIPT).match(/\n/g)).toHaveLength(1)
    expect(receiptPath(Date.parse('2026-11-21T23:59:59Z'))).toBe('runs/2026-11-21.jsonl')
  })

  test('are read back as they were written, keys of later versions included', () => {
    fc.assert(
      fc.property(fc.array(fc.string({unit: 'binary'})), fc.nat(), (details, calls) => {
        const receipts = details.map((detail) => ({...RECEIPT, reason: detail, model_calls: calls, shiny: 1}))
        expect(readReceipts(receipts.map(formatReceipt).join(''), 'r.jsonl')).toEqual({receipts, torn: null})
      }),
    )
  })

  test('a last line that was cut off is told, not thrown', () => {
    const text = formatReceipt(RECEIPT)
    for (let cut = 1; cut < text.length; cut += 7) {
      const {receipts, torn} = readReceipts(text + text.slice(0, cut), 'r.jsonl')
      expect(receipts).toEqual([RECEIPT])
      expect(torn).toEqual({line: 2, text: text.slice(0, cut)})
    }
  })

  test('a damaged line costs no other line where a glance is enough', () => {
    const text = formatReceipt(RECEIPT)
    for (let cut = 1; cut < text.length - 1; cut += 7) {
      expect(readableReceipts(`${text.slice(0, cut)}\n${text}${text.slice(0, cut)}`, 'r.jsonl')).toEqual([RECEIPT])
    }
  })

  test.each([
    ['{"turn":\n{}\n', 'r.jsonl:1: expected a receipt as one line of JSON, got "{\\"turn\\":"'],
    ['\n[]\n', 'r.jsonl:2: expected a receipt as a JSON object, got "[]"'],
    ['{}\n', 'r.jsonl:1: expected "turn" to be a word, got "{}"'],
  ])('%j elsewhere is an error with its line', (text, message) => {
    expect(() => readReceipts(text, 'r.jsonl')).toThrow(message)
  })

  test.each([
    [{tokens: {...NO_TOKENS, input: -1}}, '"tokens.input" to be a number from 0'],
    [{cost_usd: null}, '"cost_usd" to be a number from 0'],
    [{started: 'now'}, '"started" to be an ISO time'],
    [{checks: [{id: 'x'}]}, '"checks" to be a list of checks'],
    [{error: 'x'}, '"error" to be {code, message} or null'],
    [{engine: 3}, '"engine" to be a text or null'],
  ])('%j is refused', (change, expected) => {
    expect(() => parseReceipt(JSON.stringify({...RECEIPT, ...change}), {file: 'r.jsonl', line: 4})).toThrow(
      `r.jsonl:4: expected ${expected}`,
    )
  })
})

describe('the usage ledger', () => {
  const line: UsageLine = {
    day: '2026-11-21',
    agent: 'donna',
    engine: 'claude',
    turns: 2,
    model_calls: 3,
    tokens: {...NO_TOKENS, input: 10},
    cost_usd: 0.5,
  }

  test('has a file a month and machine, whatever the machine is called', () => {
    expect(usagePath('mac-mini', '2026-11-21')).toBe('usage/mac-mini/2026-11.jsonl')
    expect(usagePath("../Ada's Mac", '2026-11-21')).toBe('usage/-ada-s-mac/2026-11.jsonl')
  })

  test('adds up what speaks of the same day, agent and engine', () => {
    const other = {...line, engine: 'local'}
    const text = [line, other, line].map(formatUsage).join('')
    expect(sumUsage(parseUsage(text, 'u.jsonl'))).toEqual([
      {...line, turns: 4, model_calls: 6, tokens: {...NO_TOKENS, input: 20}, cost_usd: 1},
      other,
    ])
  })

  test.each([
    ['{\n', 'u.jsonl:1: expected one line of JSON'],
    [formatUsage({...line, day: 'today'}), 'u.jsonl:1: expected "day" such as 2026-11-21'],
    [
      formatUsage(line) + formatUsage({...line, cost_usd: Number.NaN}),
      'u.jsonl:2: expected "cost_usd" to be a number from 0',
    ],
  ])('%j is an error: a sum without it would be a guess', (text, message) => {
    expect(() => parseUsage(text, 'u.jsonl')).toThrow(message)
  })
})
