import {cleanLine} from '../../kit/text.js'
import {EMPTY_WORKSTATE, type Workstate} from '../../workspace/workstate-file.js'
import {isSmallTalk} from './cues.js'
import {lastExchanges} from './exchanges.js'
import {fitIn} from './fit.js'
import type {Heard, KnownWork, Limits} from './heard.js'
import {lineOf, statementsOf} from './lines.js'
import {listen, writtenFiles} from './listen.js'
import {scoreOf} from './score.js'
import {settle} from './settle.js'
import type {Statement} from './statement.js'
import {toStatement} from './to-statement.js'

export interface Gathered {
  readonly state: Workstate
  /** What no longer holds or found no room, for the day's log, where it can be found. */
  readonly superseded: readonly string[]
}

/**
 * Everything that still holds of what the file says and what was heard since, without any model. The result is the input
 * of the next time: nothing grows, and what holds stays as it is.
 */
export function gatherWorkstate(
  before: Workstate | null,
  heard: readonly Heard[],
  known: KnownWork,
  limits: Limits,
): Gathered {
  const old = before ?? EMPTY_WORKSTATE
  const waiting = known.waiting.map((text) =>
    toStatement({text: cleanLine(text), origin: 'agent', by: '', kind: 'waiting'}),
  )
  const said = listen(heard)
  const {kept, ended} = settle([
    ...statementsOf(old),
    ...waiting.filter(({text}) => !old.waiting.includes(text)),
    ...said,
  ])
  const fitted = fitIn(
    {
      head: headOf(old, known),
      other: old.other,
      goal: goalOf(old.goal, kept, heard),
      statements: ranked(kept),
      files: latest(old.files, [...known.files, ...writtenFiles(heard)]),
      messages: latest(old.messages, known.messages),
      exchanges: lastExchanges(old.exchanges, heard, ended),
    },
    limits,
  )
  return {
    state: fitted.state,
    superseded: [
      ...ended.map(({old: statement, by}) => `${lineOf(statement)} (since: ${cleanLine(by.text).slice(0, 120)})`),
      ...fitted.left.filter(isTold).map((statement) => `no room: ${lineOf(statement)}`),
    ],
  }
}

function headOf(old: Workstate, {turn, at, engine, window, contextUsed}: KnownWork): Workstate['head'] {
  return {
    ...old.head,
    turn,
    at,
    engine: engine ?? old.head.engine,
    window: window ?? old.head.window,
    contextUsed: contextUsed ?? old.head.contextUsed,
  }
}

/** The last goal that a person gave, or what the first of them asked for. */
function goalOf(before: string, kept: readonly Statement[], heard: readonly Heard[]): string {
  const given = kept.filter(({kind, isHeld}) => kind === 'goal' && !isHeld).at(-1)
  if (given) return given.text
  if (before !== '') return before
  const first = listen(heard.filter(({kind}) => kind === 'person').slice(0, 3)).find(
    ({text, kind, marks, subject}) =>
      kind !== 'standing' && isRequest(text) && (marks.length > 0 || subject.size >= 3) && !isSmallTalk(text),
  )
  return first?.text ?? ''
}

function isRequest(text: string): boolean {
  return /^(?:please|can you|could you|would you|let['’]s|help|i need|we need|bitte|por favor|s['’]il|请|お願い|пожалуйста)|^(?:write|draft|prepare|build|fix|make|create|find|plan|review|update|migrate|set up|book|send|organi[sz]e|check|move|clean|finish)\b/iu.test(
    text,
  )
}

/** Strong statements first in each section; equals stay in their order. */
function ranked(kept: readonly Statement[]): Statement[] {
  const others = kept
    .filter(({kind}) => kind !== 'goal' && kind !== 'step')
    .map((statement, index) => ({statement, index}))
  // By what it is worth once it is held, so that the next time finds the same order.
  const worth = new Map(others.map(({statement}) => [statement, scoreOf({...statement, isHeld: true})]))
  others.sort((a, b) => (worth.get(b.statement) ?? 0) - (worth.get(a.statement) ?? 0) || a.index - b.index)
  return [...kept.filter(({kind}) => kind === 'step'), ...others.map(({statement}) => statement)]
}

/** Older ones first; one that is touched again moves to the end. */
function latest(before: readonly string[], now: readonly string[]): string[] {
  const fresh = [...new Set(now.map(cleanLine).filter((item) => item !== ''))]
  return [...before.filter((item) => !fresh.includes(item)), ...fresh]
}

function isTold({score}: Statement): boolean {
  return score >= 30
}
