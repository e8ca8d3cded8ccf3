import {cleanLine} from '../../kit/text.js'
import type {Workstate} from '../../workspace/workstate-file.js'
import {workstateText} from './check.js'
import {tokensOf} from './cost.js'
import {isStandingCue} from './cues.js'
import type {Gathered} from './gather.js'
import type {Limits} from './heard.js'
import {statementsOf} from './lines.js'
import {findMarks, type Mark} from './marks.js'
import {isInjection, isNoise} from './noise.js'
import {isRepeat} from './replace.js'
import {claimsLeave, parseStanding} from './standing.js'
import {toStatement} from './to-statement.js'
import {keyOf, overlap, shared, subjectOf} from './words.js'

type ListKey = 'decisions' | 'facts' | 'questions' | 'waiting'

const LISTS: Readonly<Record<string, ListKey>> = {
  decision: 'decisions',
  fact: 'facts',
  question: 'questions',
  waiting: 'waiting',
}
const KINDS = {decisions: 'decision', facts: 'fact', questions: 'question', waiting: 'waiting'} as const
const MOST_LINES = 200
const MOST_ADDED = 20
const MOST_MARKED = 8
const LONGEST = 200

/** Asks a model for what code may have missed; its answer is only ever read line by line, as `mergeAdditions` does. */
export function additionPrompt(state: Workstate): string {
  const lines = numbered(state).map(({id, line}) => `${id} ${line}`)
  return [
    'Your context is about to be cut. This is what will be kept:',
    ...lines,
    '',
    'Is anything missing that still holds: ids, names, numbers, dates, decisions, promises, open points? Answer with such lines only, none if nothing is missing:',
    '+ fact: … | + decision: … | + question: … | + waiting: … | + next: …',
    'If one of the lines above no longer holds because a newer one of them replaces it: - OLD by NEW: why (such as "- f3 by f7: the date was corrected").',
  ].join('\n')
}

/** Takes over what a model adds, as far as there is room; nothing that is there gives way to it. */
export function mergeAdditions(state: Workstate, modelText: string, limits: Limits): Gathered {
  const lines = modelText
    .slice(0, 100_000)
    .split('\n')
    .slice(0, MOST_LINES)
    .map((line) => cleanLine(line))
  const marked = outdated(state, lines)
  let merged = without(state, marked)
  let added = 0
  for (const line of lines) {
    if (added >= MOST_ADDED) break
    const next = withLine(merged, line)
    if (next === null || tokensOf(workstateText(next)) > limits.tokens) continue
    merged = next
    added++
  }
  return {state: merged, superseded: marked.map(({line, why}) => `${line} (since: ${why})`)}
}

function withLine(state: Workstate, line: string): Workstate | null {
  const [, word = '', text = ''] = /^\+ ?(fact|decision|question|waiting|next): ?(.+)$/i.exec(line) ?? []
  if (!isSensible(text)) return null
  const kind = word.toLowerCase()
  const key = LISTS[kind]
  const now = toStatement({text, origin: 'agent', by: '', kind: key === undefined ? 'step' : KINDS[key]})
  if (statementsOf(state).some((old) => isRepeat(old, now))) return null
  if (key === undefined) return {...state, plan: [...state.plan, {state: 'next', text}]}
  return {...state, [key]: [...state[key], text]}
}

/** One plain sentence that claims no leave, lays down no rule and isn't addressed to whoever reads it. */
function isSensible(text: string): boolean {
  const words = text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0
  if (text.length > LONGEST || (words < 3 && !/[\p{Script=Han}\p{Script=Hiragana}]{4,}/u.test(text))) return false
  if (/^[#>`|{}[\]<]|```|^standing\b/i.test(text) || isNoise(text)) return false
  return !isInjection(text) && !claimsLeave(text) && !isStandingCue(text) && parseStanding(text) === null
}

interface Numbered {
  readonly id: string
  readonly key: ListKey
  readonly line: string
}

function numbered(state: Workstate): Numbered[] {
  return Object.values(LISTS).flatMap((key) =>
    state[key].map((line, index) => ({id: `${key[0]}${index + 1}`, key, line})),
  )
}

/** A model's word alone ends nothing: a newer line must be there that says something else of the same subject. */
function outdated(state: Workstate, lines: readonly string[]): {line: string; key: ListKey; why: string}[] {
  const all = numbered(state)
  const found = new Map<string, {line: string; key: ListKey; why: string}>()
  for (const text of lines) {
    if (found.size >= MOST_MARKED) break
    const [, oldId, newId, why = ''] = /^- ?([dfqw]\d{1,3}) by ([dfqw]\d{1,3}): ?(.{8,200})$/i.exec(text) ?? []
    const old = all.find(({id}) => id === oldId?.toLowerCase())
    const now = all.find(({id}) => id === newId?.toLowerCase())
    if (!old || !now || old === now || parseStanding(old.line) || found.has(now.id) || !replaces(old.line, now.line))
      continue
    found.set(old.id, {line: old.line, key: old.key, why: `${now.line.slice(0, 100)}; ${why}`.slice(0, 160)})
  }
  return [...found.values()]
}

function replaces(old: string, now: string): boolean {
  const [theirs, ours] = [findMarks(old), findMarks(now)]
  const [a, b] = [subjectOf(old, theirs), subjectOf(now, ours)]
  const isOther = theirs.some(({kind, value}) => ours.some((mark) => mark.kind === kind && mark.value !== value))
  return (
    shared(a, b) >= 2 &&
    overlap(a, b) >= 0.75 &&
    isOther &&
    !areOfOthers(theirs, ours) &&
    !theirs.some((mark) => mark.kind === 'id' && !ours.some((other) => keyOf(other) === keyOf(mark)))
  )
}

/** "The offer of Acme" and "the offer of Globex" are two offers, however alike they sound. */
function areOfOthers(theirs: readonly Mark[], ours: readonly Mark[]): boolean {
  const named = (marks: readonly Mark[]): Set<string> => new Set(marks.filter(({kind}) => kind === 'name').map(keyOf))
  const [a, b] = [named(theirs), named(ours)]
  return [...a].some((name) => !b.has(name)) && [...b].some((name) => !a.has(name))
}

function without(state: Workstate, marked: readonly {line: string; key: ListKey}[]): Workstate {
  const keep = (key: ListKey): readonly string[] =>
    state[key].filter((line) => !marked.some((gone) => gone.key === key && gone.line === line))
  return {
    ...state,
    decisions: keep('decisions'),
    facts: keep('facts'),
    questions: keep('questions'),
    waiting: keep('waiting'),
  }
}
