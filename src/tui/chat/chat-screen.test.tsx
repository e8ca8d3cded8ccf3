import fc from 'fast-check'
import {render} from 'ink-testing-library'
import {describe, expect, test} from 'vitest'
import {widthOf} from '../../kit/width.js'
import {layOut} from './chat-layout.js'
import {ChatScreen} from './chat-screen.js'
import type {ChatView} from './chat-view.js'
import {draftOf} from './edit-line.js'

const VIEW: ChatView = {
  person: 'ada',
  entries: [
    {kind: 'said', text: 'What is open?\nAnd since when?'},
    {kind: 'answer', text: 'I look into it.'},
    {kind: 'note', text: '  read workspaces/donna/TODO.md: allowed (reads: workspaces/donna/**), 3 ms'},
    {kind: 'trouble', text: 'the budget is spent'},
  ],
  live: '',
  progress: null,
  queue: [],
  draft: draftOf(''),
  words: [],
  isAnswering: false,
  standing: {agent: 'donna', engine: 'claude', used: 0.123, flushAt: 0.85, costUsd: 0.0042},
  columns: 80,
  rows: 24,
}

function frame(view: Partial<ChatView>): string {
  const {lastFrame, unmount} = render(<ChatScreen view={{...VIEW, ...view}} />)
  // Before it is taken away: with CI set, what Ink writes last is nothing.
  const shown = lastFrame() ?? ''
  unmount()
  return shown.replaceAll(/ +$/gm, '')
}

describe('the screen of a conversation', () => {
  test('shows what was said, a box to type in, and where the talk stands', () => {
    expect(frame({draft: draftOf('Then write\nto Ms Bell')})).toMatchInlineSnapshot(`
      "
      ada › What is open?
            And since when?
      I look into it.
        read workspaces/donna/TODO.md: allowed (reads: workspaces/donna/**), 3 ms
      ! the budget is spent
      ada › Then write
            to Ms Bell
      donna · context 12 of 85 % · $0.0042 · claude · Alt+Enter: new line · /help"
    `)
  })

  test('shows the answer as it streams, what lasts, and what waits to be said', () => {
    const view = {
      entries: [],
      live: 'The letter is wri',
      progress: 'asking claude … 3 s',
      queue: ['and then?', 'two\nlines', 'three'],
      isAnswering: true,
    }
    expect(frame(view)).toMatchInlineSnapshot(`
      "The letter is wri
        asking claude … 3 s
        then: and then?
        and 2 more
      ada ›
      donna · context 12 of 85 % · $0.0042 · claude · Ctrl-C ends the answer"
    `)
  })

  test('lists words, and fits into forty columns', () => {
    const words = [
      {word: '/context', does: 'what would be sent with your next line, part by part'},
      {word: '/cost', does: 'what this conversation has cost until now'},
    ]
    expect(frame({entries: [], draft: draftOf('/co'), words, columns: 40, rows: 12})).toMatchInlineSnapshot(`
      "ada › /co
        /context   what would be sent with y…
        /cost      what this conversation ha…
      donna · context 12 of 85 % · $0.0042 ·…"
    `)
  })

  test('whatever is typed and streams, it is never as high or as wide as the terminal, and the cursor is in it', () => {
    const text = fc.string({unit: 'grapheme', maxLength: 300}).map((typed) => typed.replaceAll(/\p{C}/gu, '\n'))
    const size = fc.record({columns: fc.integer({min: 40, max: 200}), rows: fc.integer({min: 6, max: 60})})
    fc.assert(
      fc.property(text, text, size, fc.array(text, {maxLength: 3}), (draft, live, {columns, rows}, queue) => {
        const view = {...VIEW, draft: draftOf(draft), live: live.replaceAll('\n', ' '), queue, columns, rows}
        const layout = layOut(view)
        const {prompt, input, cursor} = layout
        const all = [
          ...layout.live,
          ...layout.progress,
          ...layout.queue,
          ...input.map((row) => prompt + row),
          ...layout.words,
          layout.status,
        ]
        expect(all.length).toBeLessThan(rows)
        for (const row of all) expect(widthOf(row)).toBeLessThan(columns)
        expect(cursor.y).toBeLessThan(all.length - layout.words.length - 1)
        expect(cursor.x).toBeLessThan(columns)
      }),
    )
  })
})
