import type {Usage} from '../engine.js'
import type {AgentTurns, Book, BookRow, OpenCall} from './book.js'

/** Turns of one agent follow each other: only the newest can still make another call. */
const KEPT_TURNS = 4

/** Takes a call out of the open ones and writes down what it came to. */
export function closeCall(book: Book, call: OpenCall, usage: Usage): Book {
  const open = book.open.filter(({id}) => id !== call.id)
  const turns = book.turns.find(({agent}) => agent === call.agent) ?? {agent: call.agent, turns: 0, recent: []}
  const known = turns.recent.find(({turn}) => turn === call.turn)
  const isNewHere = !known?.engines.includes(call.engine)
  return {
    ...book,
    open,
    rows: addToRow(book.rows, rowOf(call, usage, isNewHere ? 1 : 0)),
    turns: isNewHere ? replace(book.turns, withTurn(turns, call), ({agent}) => agent === call.agent) : book.turns,
  }
}

/** Adds a row to the one of the same agent and engine. */
export function addToRow(rows: readonly BookRow[], row: BookRow): BookRow[] {
  const isSame = ({agent, engine}: BookRow) => agent === row.agent && engine === row.engine
  const old = rows.find(isSame)
  return replace(rows, old ? sumOf(old, row) : row, isSame)
}

/** Dollars to a billionth: what sums of fractions leave behind is nobody's money. */
export function roundUsd(usd: number): number {
  return Math.round(usd * 1e9) / 1e9
}

function rowOf({agent, engine}: OpenCall, usage: Usage, turns: number): BookRow {
  const {input, output, cacheRead, cacheWrite, costUsd, modelCalls} = usage
  return {
    agent,
    engine,
    turns,
    model_calls: modelCalls,
    tokens: {input, output, cache_read: cacheRead, cache_write: cacheWrite},
    cost_usd: roundUsd(costUsd),
  }
}

function sumOf(a: BookRow, b: BookRow): BookRow {
  return {
    ...a,
    turns: a.turns + b.turns,
    model_calls: a.model_calls + b.model_calls,
    tokens: {
      input: a.tokens.input + b.tokens.input,
      output: a.tokens.output + b.tokens.output,
      cache_read: a.tokens.cache_read + b.tokens.cache_read,
      cache_write: a.tokens.cache_write + b.tokens.cache_write,
    },
    cost_usd: roundUsd(a.cost_usd + b.cost_usd),
  }
}

/** A turn that asks a second engine is still one turn of its agent. */
function withTurn(turns: AgentTurns, {turn, engine}: OpenCall): AgentTurns {
  const known = turns.recent.find((recent) => recent.turn === turn)
  const others = turns.recent.filter((recent) => recent !== known)
  return {
    agent: turns.agent,
    turns: turns.turns + (known ? 0 : 1),
    recent: [...others, {turn, engines: [...(known?.engines ?? []), engine]}].slice(-KEPT_TURNS),
  }
}

function replace<T>(list: readonly T[], item: T, isSame: (item: T) => boolean): T[] {
  return list.some(isSame) ? list.map((old) => (isSame(old) ? item : old)) : [...list, item]
}
