import {Box, render} from 'ink'
import {expect, test} from 'vitest'
import {FullScreen} from './full-screen.js'
import {inkStream} from './ink-stream.js'
import {Line} from './line.js'
import {LineBook, LineBookContext} from './line-book.js'
import {padSpans, type Span} from './spans.js'

const LEFT: readonly Span[] = [{text: '› ', bold: true}, {text: '运营 donna', color: 'green'}, {text: ' \ue000👋'}]
const RIGHT: readonly Span[] = [{text: 'log'}, {text: ' …', dim: true}]

/** What the terminal is told of two panes, three lines each. */
function drawn(book: LineBook | null): string {
  let written = ''
  const write = (text: string): boolean => {
    written += text
    return true
  }
  const screen = new FullScreen({columns: 40, rows: 3, write, on: () => undefined, off: () => undefined})
  screen.enter()
  const pane = (spans: readonly Span[], width: number) => (
    <Box flexDirection="column" width={width}>
      {[0, 1, 2].map((row) => (
        <Line key={row} spans={padSpans([{text: `${row}`}, ...spans], width)} hasColor />
      ))}
    </Box>
  )
  const tree = (
    <LineBookContext value={book}>
      <Box>
        {pane(LEFT, 24)}
        {pane(RIGHT, 16)}
      </Box>
    </LineBookContext>
  )
  const stdout = inkStream(screen, book ?? new LineBook())
  render(tree, {stdout, debug: true, exitOnCtrlC: false, patchConsole: false}).unmount()
  return written
}

/** As a reader sees it. */
function seen(text: string): string {
  return text.replace(/\u001b\[[0-9;?]*[a-zA-Z]/g, '\n').replace(/\n+ *| +\n/g, '\n')
}

test('a frame is the same whether Ink draws its lines or the book keeps them', () => {
  const withBook = drawn(new LineBook())
  expect(withBook).toContain('donna')
  expect(seen(withBook).replace(/\s+/g, ' ')).toBe(seen(drawn(null)).replace(/\s+/g, ' '))
})

test('letters of two units and private ones of the fleet stay what they are', () => {
  expect(drawn(new LineBook()).split('\ue000👋')).toHaveLength(4)
})

test('the book is empty after each frame', () => {
  const book = new LineBook()
  expect(book.open(`${book.note('one', 3)}   ${book.note('two', 3)}`)).toBe('one two')
  expect(book.open('\ud800')).toBe('\ud800')
})
