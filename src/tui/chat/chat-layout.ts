import {fitWidth, rowsOf, widthOf} from '../../kit/width.js'
import {dollars} from '../../present/money.js'
import type {ChatView, Standing} from './chat-view.js'
import {inputRows} from './input-rows.js'

/** What stands under the conversation, row by row; every row fits. */
export interface ChatLayout {
  /** The last rows of the line that streams. */
  readonly live: readonly string[]
  readonly progress: readonly string[]
  readonly queue: readonly string[]
  /** What stands in front of the first row of the box; the others are indented as far. */
  readonly prompt: string
  readonly input: readonly string[]
  readonly words: readonly string[]
  readonly status: string
  /** Relative to the first row of all these. */
  readonly cursor: {readonly x: number; readonly y: number}
}

const MOST_INPUT = 8
const MOST_QUEUE = 2
const MOST_WORDS = 6

/** Fits into the terminal with a row to spare: what is as high as the screen could not scroll any more. */
export function layOut(view: ChatView): ChatLayout {
  const cells = Math.max(10, view.columns - 1)
  const prompt = fitWidth(`${view.person} › `, Math.floor(cells / 2))
  const height = Math.max(3, view.rows - 1)
  const most = Math.max(1, Math.min(MOST_INPUT, Math.floor(height / 3)))
  const {rows: input, cursor} = inputRows(view.draft, {cells: cells - widthOf(prompt), most})
  let room = height - input.length - 1
  const take = (rows: readonly string[], most: number): readonly string[] => {
    const taken = rows.slice(0, Math.max(0, Math.min(most, room)))
    room -= taken.length
    return taken
  }
  const words = take(
    view.words.map(({word, does}) => fitWidth(`  ${word.padEnd(11)}${does}`, cells)),
    MOST_WORDS,
  )
  const progress = take(view.progress === null ? [] : [fitWidth(`  ${view.progress}`, cells)], 1)
  const queue = take(queueRows(view.queue, cells), MOST_QUEUE)
  const live = view.live === '' || room < 1 ? [] : rowsOf(view.live.replaceAll('\t', '  '), cells).slice(-room)
  const above = live.length + progress.length + queue.length
  return {
    live,
    progress,
    queue,
    prompt,
    input,
    words,
    status: fitWidth(statusText(view), cells),
    cursor: {x: cursor.x + widthOf(prompt), y: cursor.y + above},
  }
}

function queueRows(queue: readonly string[], cells: number): string[] {
  const [first, ...more] = queue.map((line) => fitWidth(`  then: ${line.replaceAll(/\s+/g, ' ')}`, cells))
  if (first === undefined) return []
  return more.length === 0 ? [first] : [first, fitWidth(`  and ${more.length} more`, cells)]
}

/** Who, what of the context is used, what it has cost, by which engine; the least important goes first where it is narrow. */
function statusText({standing, isAnswering, columns}: ChatView): string {
  const {agent, engine, costUsd} = standing
  const keys = isAnswering ? 'Ctrl-C ends the answer' : 'Alt+Enter: new line · /help'
  const parts = [agent, contextText(standing), dollars(costUsd), engine ?? 'nothing asked yet']
  const text = parts.join(' · ')
  const whole = `${text} · ${keys}`
  return widthOf(whole) < columns ? whole : text
}

function contextText({used, flushAt}: Standing): string {
  return used === null ? 'context –' : `context ${Math.round(used * 100)} of ${Math.round(flushAt * 100)} %`
}
