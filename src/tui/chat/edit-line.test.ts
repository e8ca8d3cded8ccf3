import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import type {ChatKey, KeyName} from './chat-key.js'
import {type Draft, draftOf, EMPTY, editLine, isAtEdge} from './edit-line.js'

const text = (typed: string): ChatKey => ({kind: 'text', text: typed})
const key = (name: KeyName): ChatKey => ({kind: 'key', name})

function edited(...keys: readonly (KeyName | {type: string})[]): string {
  const draft = keys.reduce<Draft>(
    (now, one) => editLine(now, typeof one === 'string' ? key(one) : text(one.type)),
    EMPTY,
  )
  return `${draft.text.slice(0, draft.cursor)}|${draft.text.slice(draft.cursor)}`
}

const NAMES: readonly KeyName[] = [
  'newline',
  'left',
  'right',
  'up',
  'down',
  'home',
  'end',
  'word-left',
  'word-right',
  'backspace',
  'delete',
  'kill-word',
  'kill-word-after',
  'kill-start',
  'kill-end',
]

describe('a line that is edited', () => {
  test.each([
    [[{type: 'one two'}, 'word-left', {type: 'x '}], 'one x |two'],
    [[{type: 'one two'}, 'home', 'word-right', 'kill-end'], 'one|'],
    [[{type: 'one two'}, 'kill-word', 'kill-word'], '|'],
    [[{type: 'one'}, 'newline', {type: 'two'}, 'home', 'kill-start'], 'one|two'],
    [[{type: 'one'}, 'newline', {type: 'two'}, 'up', 'end', 'delete'], 'one|two'],
    [[{type: 'long line'}, 'newline', {type: 'ab'}, 'up', 'down', 'down'], 'long line\nab|'],
    [[{type: 'ab👩\u200d👧c'}, 'left', 'backspace'], 'ab|c'],
  ] as const)('%j', (keys, shown) => {
    expect(edited(...keys)).toBe(shown)
  })

  test('what is pasted keeps its line breaks, and can steer no terminal', () => {
    const {text: pasted} = editLine(EMPTY, {kind: 'paste', text: 'a\r\nb\rc\u001b[2J\u202e'})
    expect(pasted).toBe('a\nb\nc')
    expect(isAtEdge(draftOf(pasted), 'last')).toBe(true)
    expect(isAtEdge(draftOf(pasted), 'first')).toBe(false)
  })

  test('whatever is pressed, the cursor stays in the text, and only what cuts makes it shorter', () => {
    const anyKey = fc.oneof(
      fc.string({unit: 'grapheme', maxLength: 4}).map(text),
      fc.constantFrom(...NAMES).map(key),
      fc.string({unit: 'binary', maxLength: 6}).map((typed): ChatKey => ({kind: 'paste', text: typed})),
    )
    fc.assert(
      fc.property(fc.array(anyKey, {maxLength: 15}), (keys) => {
        let draft: Draft = EMPTY
        for (const one of keys) {
          const after = editLine(draft, one)
          expect(after.cursor).toBeGreaterThanOrEqual(0)
          expect(after.cursor).toBeLessThanOrEqual(after.text.length)
          const mayCut = one.kind === 'key' && /kill|delete|backspace/.test(one.name)
          if (!mayCut) expect(after.text.length).toBeGreaterThanOrEqual(draft.text.length)
          else expect(draft.text.startsWith(after.text.slice(0, after.cursor))).toBe(true)
          draft = after
        }
      }),
    )
  })
})
