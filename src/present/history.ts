import type {HistoryList, HistoryRow, TurnPage, Undone} from '../app/history.js'
import {dollars} from './money.js'
import {formatTable} from './table.js'

/** Turns, newest first: the id is what `mcos show` and `mcos undo` take. */
export function presentHistory({agent, turns}: HistoryList): string {
  if (turns.length === 0) return agent === null ? 'No turns yet.' : `No turns of ${agent} yet.`
  const rows = turns.map((turn) => [
    turn.turn,
    minute(turn.at),
    turn.agent ?? '',
    turn.trigger ?? '',
    cost(turn),
    turn.subject,
  ])
  return formatTable(['turn', 'at (utc)', 'agent', 'by', 'cost', 'what'], rows)
}

/** One turn: the facts, what it says, then the change line by line. */
export function presentTurn(turn: TurnPage): string {
  const facts = [
    `turn    ${turn.turn}`,
    `commit  ${turn.commit}`,
    `at      ${turn.at}`,
    `agent   ${turn.agent ?? ''}`,
    `by      ${turn.trigger ?? ''}${turn.engine === null ? '' : `, ${turn.engine}`}, ${turn.tokens ?? 0} tokens, ${dollars(turn.cost_usd ?? 0)}`,
    ...(turn.undone_by === null ? [] : [`undone  by ${turn.undone_by}`]),
    ...(turn.undoes.length === 0 ? [] : [`undoes  ${turn.undoes.join(', ')}`]),
  ]
  return [...facts, '', turn.subject, ...(turn.body === '' ? [] : ['', turn.body]), '', turn.diff.trimEnd()].join('\n')
}

/** What was taken back, and plainly what could not be. */
export function presentUndone({turn, commit, undone, not_undone}: Undone): string {
  const count = `${undone.length} ${undone.length === 1 ? 'turn' : 'turns'}`
  const head =
    commit === null && turn === null
      ? `Would take back ${count}:`
      : `Took back ${count} as ${turn}${commit ? ` (${commit.slice(0, 10)})` : ''}:`
  return [
    head,
    ...undone.map(({turn: id, subject}) => `  ${id}  ${subject}`),
    ...(not_undone.length === 0
      ? []
      : ['Not undone:', ...not_undone.map(({turn: id, what, why}) => `  ${id}  ${what}: ${why}`)]),
    ...(turn === null ? [] : [`To have it back: mcos undo ${turn}`]),
  ].join('\n')
}

function minute(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ')
}

function cost({cost_usd}: HistoryRow): string {
  return cost_usd === null ? '' : dollars(cost_usd)
}
