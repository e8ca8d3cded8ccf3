import type {Workstate} from '../../workspace/workstate-file.js'
import {formatStanding, parseStanding} from './standing.js'
import type {Statement, StatementKind} from './statement.js'
import {toStatement} from './to-statement.js'

type ListKey = 'decisions' | 'facts' | 'questions' | 'waiting'

const LIST_OF: Readonly<Record<Exclude<StatementKind, 'goal' | 'step'>, ListKey>> = {
  standing: 'facts',
  fact: 'facts',
  decision: 'decisions',
  promise: 'decisions',
  question: 'questions',
  waiting: 'waiting',
}
/** Whose word an item is, when it is neither a person's nor the agent's: at its end, in brackets. */
const SOURCE = /\s\[([^[\]\n]{1,60})\]$/

/** The statements that a file holds, in its order; what code alone writes (files, messages, exchanges) is not among them. */
export function statementsOf(state: Workstate): Statement[] {
  const items = (list: readonly string[], kind: StatementKind): Statement[] => list.map((line) => fromLine(line, kind))
  return [
    ...state.facts.map((line) => {
      const rule = parseStanding(line)
      return rule
        ? toStatement({text: rule.text, origin: 'person', by: rule.by, kind: 'standing'})
        : fromLine(line, 'fact')
    }),
    ...items(state.decisions, 'decision'),
    ...items(state.questions, 'question'),
    ...items(state.waiting, 'waiting'),
    ...state.plan.map(({state: step, text}) => toStatement({text, origin: 'agent', by: '', step, kind: 'step'})),
  ]
}

/** A statement as a line of its section, which `statementsOf` reads back. */
export function lineOf({kind, text, origin, by}: Pick<Statement, 'kind' | 'text' | 'origin' | 'by'>): string {
  const plain = text.replace(/\s*\n\s*/g, ' ')
  if (kind === 'standing') return formatStanding(by, plain)
  // Nobody but a person gives a line this beginning.
  const safe = plain.replace(/^(?:Standing(?=\s*\())+/i, 'said: standing')
  return origin === 'outside'
    ? `${safe} [${
        by
          .replace(/[[\]\n]/g, ' ')
          .trim()
          .slice(0, 40) || 'outside'
      }]`
    : safe
}

export function listOf(kind: Exclude<StatementKind, 'goal' | 'step'>): ListKey {
  return LIST_OF[kind]
}

function fromLine(line: string, kind: StatementKind): Statement {
  const by = SOURCE.exec(line)?.[1]
  if (by === undefined) return toStatement({text: line, origin: 'agent', by: '', kind})
  return toStatement({text: line.replace(SOURCE, ''), origin: 'outside', by, kind})
}
