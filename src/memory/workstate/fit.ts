import {EMPTY_WORKSTATE, formatWorkstate, type Workstate} from '../../workspace/workstate-file.js'
import {condense, type Density} from './condense.js'
import {tokensOf} from './cost.js'
import {lineOf, listOf} from './lines.js'
import {SURE} from './score.js'
import type {Statement} from './statement.js'

/** What has to find room in a file of a given size. */
export interface Draft {
  readonly head: Workstate['head']
  readonly other: Workstate['other']
  readonly goal: string
  readonly statements: readonly Statement[]
  readonly files: readonly string[]
  readonly messages: readonly string[]
  readonly exchanges: readonly string[]
}

export interface Fitted {
  readonly state: Workstate
  /** What there was no room for, the least worth first. */
  readonly left: readonly Statement[]
}

interface Entry {
  readonly statement: Statement
  readonly rank: number
  density: Density
  cost: number
  isOut: boolean
}

const MARGIN = 24
const MOST_DONE = 6

/** Puts everything into a file of at most so many tokens: shortens first, leaves out last, and always the least first. */
export function fitIn(draft: Draft, limits: {readonly tokens: number}): Fitted {
  const entries = draft.statements.map((statement, rank): Entry => {
    const entry: Entry = {statement, rank, density: 0, cost: 0, isOut: false}
    return pack(entry, 0)
  })
  const rising = [...entries].sort((a, b) => a.statement.score - b.statement.score || a.rank - b.rank)
  leaveOldSteps(entries)
  let side = sideOf(draft, 1)
  const isOver = (): boolean =>
    costOf(draft, side) + entries.reduce((sum, {cost, isOut}) => sum + (isOut ? 0 : cost), 0) > limits.tokens - MARGIN
  const shrink = (density: Density, isMeant: (entry: Entry) => boolean): void => {
    for (const entry of rising) {
      if (!isOver()) return
      if (!entry.isOut && isMeant(entry)) pack(entry, density)
    }
  }
  const leave = (isMeant: (entry: Entry) => boolean): void => {
    for (const entry of rising) {
      if (!isOver()) return
      if (!entry.isOut && isMeant(entry)) entry.isOut = true
    }
  }
  const isUnsure = ({statement}: Entry): boolean => statement.score < SURE
  const isPlain = ({statement}: Entry): boolean => statement.kind !== 'standing'
  shrink(1, isUnsure)
  leave(isUnsure)
  shrink(1, isPlain)
  if (isOver()) side = sideOf(draft, 2)
  shrink(2, isPlain)
  if (isOver()) side = sideOf(draft, 3)
  shrink(3, isPlain)
  shrink(1, () => true)
  leave(isPlain)
  shrink(2, () => true)
  leave(() => true)
  const kept = entries.filter(({isOut}) => !isOut)
  return {state: stateOf(draft, side, kept), left: rising.filter(({isOut}) => isOut).map(({statement}) => statement)}
}

type Side = Pick<Draft, 'goal' | 'files' | 'messages' | 'exchanges'>

/** What stands beside the statements, in three sizes. */
function sideOf({goal, files, messages, exchanges}: Draft, size: 1 | 2 | 3): Side {
  const most = {1: [240, 16, 8, 6, 110], 2: [200, 8, 4, 4, 70], 3: [160, 3, 2, 2, 50]} as const
  const [letters, fileCount, messageCount, exchangeCount, exchangeLetters] = most[size]
  return {
    goal: cut(goal, letters),
    files: files.slice(-fileCount).map((file) => cut(file, 160)),
    messages: messages.slice(-messageCount).map((message) => cut(message, 80)),
    exchanges: exchanges.slice(-exchangeCount).map((line) => cut(line, exchangeLetters)),
  }
}

/** Whole characters, and fewer of those that cost more. */
function cut(text: string, most: number): string {
  let room = most
  let out = ''
  for (const letter of text) {
    room -= (letter.codePointAt(0) ?? 0) < 0x800 ? 1 : 4
    if (room < 1) return `${out.trimEnd()}…`
    out += letter
  }
  return out
}

function pack(entry: Entry, density: Density): Entry {
  const {statement} = entry
  entry.density = density
  entry.cost = tokensOf(textOf(entry)) + (statement.kind === 'step' ? 2 : 1)
  return entry
}

function textOf({statement, density}: Entry): string {
  return lineOf({...statement, text: condense(statement.text, density)})
}

function costOf(draft: Draft, side: Side): number {
  return tokensOf(formatWorkstate({...EMPTY_WORKSTATE, head: draft.head, other: draft.other, ...side}))
}

/** Of what is done only the latest is told. */
function leaveOldSteps(entries: readonly Entry[]): void {
  const done = entries.filter(({statement}) => statement.step === 'done')
  for (const entry of done.slice(0, Math.max(0, done.length - MOST_DONE))) entry.isOut = true
}

function stateOf(draft: Draft, side: Side, kept: readonly Entry[]): Workstate {
  const lists = {decisions: [] as string[], facts: [] as string[], questions: [] as string[], waiting: [] as string[]}
  const standing: string[] = []
  const plan: Workstate['plan'][number][] = []
  for (const entry of kept) {
    const {kind, step} = entry.statement
    if (kind === 'goal') continue
    if (kind === 'step') plan.push({state: step ?? 'next', text: textOf(entry)})
    else if (kind === 'standing') standing.push(textOf(entry))
    else lists[listOf(kind)].push(textOf(entry))
  }
  const order = {done: 0, doing: 1, next: 2}
  return {
    ...EMPTY_WORKSTATE,
    head: draft.head,
    other: draft.other,
    ...side,
    ...lists,
    facts: [...standing, ...lists.facts],
    plan: plan.sort((a, b) => order[a.state] - order[b.state]),
  }
}
