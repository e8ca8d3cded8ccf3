import fc from 'fast-check'
import {expect, test} from 'vitest'
import {
  EMPTY_WORKSTATE,
  formatWorkstate,
  parseWorkstate,
  salvageWorkstate,
  WORKSTATE_SECTIONS,
  type Workstate,
} from './workstate-file.js'

const FILE = 'workspaces/donna/WORKSTATE.md'

test('an empty state has all nine sections in their order', () => {
  const text = formatWorkstate(EMPTY_WORKSTATE)
  expect(text.match(/^## .*$/gm)).toEqual(WORKSTATE_SECTIONS.map((title) => `## ${title}`))
  expect(parseWorkstate(text, FILE)).toEqual(EMPTY_WORKSTATE)
})

test('reads what a person made of it, and keeps what it does not know', () => {
  const text = `---
turn: t_01JD6F3Q8Z0000000000000000
at: 2026-11-21T08:30:00.000Z
context_used: 1200
window: 200000
engine: claude
resumes: 2
mood: dry
---
loose line
## goal
Answer Mrs Botha.

## Plan
- [x] read the thread
- [>] write
  and check
plain prose
- [ ] send
## Decisions
- say sorry

## My own
kept **as it is**
`
  const state = parseWorkstate(text, FILE)
  expect(state).toMatchObject({
    head: {contextUsed: 1200, window: 200_000, engine: 'claude', resumes: 2, other: ['mood: dry']},
    goal: 'Answer Mrs Botha.',
    plan: [
      {state: 'done', text: 'read the thread'},
      {state: 'doing', text: 'write\nand check'},
      {state: 'next', text: 'plain prose'},
      {state: 'next', text: 'send'},
    ],
    decisions: ['say sorry'],
    other: [
      {title: '', text: 'loose line'},
      {title: 'My own', text: 'kept **as it is**'},
    ],
  })
  expect(state.missing).toEqual(WORKSTATE_SECTIONS.slice(3))
  expect(parseWorkstate(formatWorkstate(state), FILE)).toEqual({...state, missing: []})
})

test.each([
  ['---\nturn: null\n## Goal\n', 'WORKSTATE.md:4: expected a line "---" that ends the header, got the end of the file'],
  ['---\nresumes: many\n---\n', 'WORKSTATE.md:2: expected resumes: a whole number, got "many"'],
  ['---\nturn: ../x\n---\n', 'WORKSTATE.md:2: expected turn: the id of a turn, got "../x"'],
  ['---\nresumes: 1\nresumes: 2\n---\n', 'WORKSTATE.md:3: expected "resumes" once, got it a second time'],
  ['## Goal\na\n## Goal\nb\n', 'WORKSTATE.md:3: expected one section "Goal", got a second one'],
])('%j is an error with its place', (text, message) => {
  expect(() => parseWorkstate(text, 'WORKSTATE.md')).toThrow(message)
})

const words = fc
  .stringMatching(/^[\p{L}\d#[(*-][\p{L}\d #*_()[\]-]{0,30}[\p{L}\d]$/u)
  .map((text) => text.trim())
  .filter((text) => text !== '')
const items = fc.array(
  fc.array(words, {minLength: 1, maxLength: 3}).map((lines) => lines.join('\n')),
  {maxLength: 4},
)
const states: fc.Arbitrary<Workstate> = fc.record({
  head: fc.record({
    turn: fc.constantFrom(null, 't_01JD6F3Q8Z0000000000000000'),
    at: fc.constantFrom(null, '2026-11-21T08:30:00.000Z'),
    contextUsed: fc.option(fc.nat()),
    window: fc.option(fc.nat()),
    engine: fc.constantFrom(null, 'claude', 'gpt-4.1'),
    resumes: fc.nat(),
    other: fc.constantFrom([], ['mood: dry'], ['# note', 'x']),
  }),
  goal: fc.oneof(words, fc.constantFrom('', '## not a heading', '\\## nor this', 'two\n\nparts\n## x')),
  plan: fc.array(fc.record({state: fc.constantFrom('done' as const, 'doing' as const, 'next' as const), text: words}), {
    maxLength: 4,
  }),
  decisions: items,
  facts: items,
  questions: items,
  waiting: items,
  files: items,
  messages: items,
  exchanges: items,
  other: fc.array(
    fc.record({title: fc.constantFrom('Mine', 'Notes of Ada'), text: words.filter((text) => !text.startsWith('## '))}),
    {maxLength: 2},
  ),
  missing: fc.constant([]),
})

test('what is written is read back', () => {
  fc.assert(
    fc.property(states, (state) => {
      expect(parseWorkstate(formatWorkstate(state), FILE)).toEqual(state)
    }),
    {numRuns: 300},
  )
})

test('a byte order mark and CR LF hide neither a header nor the first section', () => {
  expect(parseWorkstate('\ufeff## Goal\r\nShip it\r\n', FILE)).toMatchObject({goal: 'Ship it', other: []})
  expect(parseWorkstate('\ufeff---\r\nresumes: 2\r\n---\r\n## Goal\r\nShip it', FILE).head.resumes).toBe(2)
})

const WORK = '## Goal\nShip it\n## Plan\n- [ ] test\n## Facts that must not be lost\n- Standing (ada): wait for me\n'

test.each([
  ['a field that is none', `---\nturn: nonsense\nresumes: 3\n---\n${WORK}`, ''],
  ['a field twice', `---\nresumes: 3\nresumes: 4\n---\n${WORK}`, ''],
  ['a header that never ends', `---\nresumes: 3\nturn: null\n${WORK}`, ''],
  ['one that ends in loose text', `---\nresumes: 3\nOrder O-4711 waits\n${WORK}`, 'Order O-4711 waits'],
])('of a file with %s the work below still holds', (_, text, rest) => {
  expect(() => parseWorkstate(text, FILE)).toThrow(FILE)
  expect(salvageWorkstate(text)).toMatchObject({
    state: {
      head: {resumes: 3, turn: null},
      goal: 'Ship it',
      plan: [{state: 'next', text: 'test'}],
      facts: ['Standing (ada): wait for me'],
    },
    rest,
  })
})

test('of a section that stands twice both are kept', () => {
  const text = '## Goal\nShip it\n## Decisions\n- a\n## Goal\nand then rest\n## Decisions\n- b\n'
  expect(salvageWorkstate(text).state).toMatchObject({goal: 'Ship it\nand then rest', decisions: ['a', 'b']})
})
