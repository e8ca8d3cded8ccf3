import {cleanLine} from '../../kit/text.js'
import {EMPTY_WORKSTATE, type PlanStep, type Workstate} from '../../workspace/workstate-file.js'
import {workstateText} from './check.js'
import {tokensOf} from './cost.js'
import type {Gathered} from './gather.js'
import type {Limits} from './heard.js'
import {findMarks} from './marks.js'
import {parseStanding, standingInstructions} from './standing.js'
import {overlap, subjectOf} from './words.js'

/** What an agent itself wants written down. */
export interface Edit {
  readonly goal?: string | undefined
  /** The whole plan, anew. */
  readonly plan?: readonly PlanStep[] | undefined
  readonly decide?: string | undefined
  readonly fact?: string | undefined
  readonly question?: string | undefined
  readonly waiting?: string | undefined
  /** A step that is done, a question that is answered, a wait that is over. */
  readonly done?: string | undefined
  /** A line that no longer holds. */
  readonly drop?: string | undefined
}

const LISTS = ['decisions', 'facts', 'questions', 'waiting'] as const

/** Applies it; what a person has laid down stays, and nobody but a person adds to that. null: there is no room. */
export function editWorkstate(before: Workstate, edit: Edit, limits: Limits): Gathered | null {
  const superseded: string[] = []
  let state = before
  if (edit.goal !== undefined) state = {...state, goal: cleanLine(edit.goal)}
  if (edit.plan !== undefined)
    state = {...state, plan: edit.plan.map(({state: step, text}) => ({state: step, text: cleanLine(text)}))}
  const added = {decisions: edit.decide, facts: edit.fact, questions: edit.question, waiting: edit.waiting}
  for (const key of LISTS) {
    const text = plainLine(added[key])
    if (text !== null && !state[key].includes(text)) state = {...state, [key]: [...state[key], text]}
  }
  for (const text of [edit.done, edit.drop]) {
    if (text === undefined) continue
    const ended = endLine(state, text, text === edit.done)
    state = ended.state
    superseded.push(...ended.superseded)
  }
  return tokensOf(workstateText(state)) > limits.tokens ? null : {state, superseded}
}

/** What is left when the work is done, and what goes into the day's log: a person's instructions hold on, unless they end them. */
export function clearWorkstate(
  state: Workstate,
  isAll: boolean,
): {readonly state: Workstate | null; readonly lines: readonly string[]} {
  const standing = isAll ? [] : standingInstructions(state)
  const lines = [
    ...(state.goal === '' ? [] : [`goal: ${cleanLine(state.goal)}`]),
    ...state.plan.map(({state: step, text}) => `plan, ${step}: ${text}`),
    ...LISTS.flatMap((key) => state[key].filter((line) => !standing.includes(line)).map((line) => `${key}: ${line}`)),
    ...state.files.map((file) => `file: ${file}`),
    ...state.messages.map((message) => `message: ${message}`),
    ...state.other.map(({title, text}) => cleanLine(title === '' ? text : `${title}: ${text}`)),
  ]
  return {state: standing.length === 0 ? null : {...EMPTY_WORKSTATE, head: state.head, facts: standing}, lines}
}

function plainLine(text: string | undefined): string | null {
  if (text === undefined) return null
  const line = cleanLine(text).slice(0, 400)
  return line === '' || parseStanding(line) !== null || /^standing\b/i.test(line) ? null : line
}

function endLine(state: Workstate, text: string, isDone: boolean): {state: Workstate; superseded: string[]} {
  const isMeant = (line: string): boolean => line === text || (parseStanding(line) === null && near(line, text) >= 0.75)
  const keys = isDone ? (['questions', 'waiting'] as const) : LISTS
  const gone = keys.flatMap((key) => state[key].filter(isMeant)).filter((line) => parseStanding(line) === null)
  const kept = Object.fromEntries(keys.map((key) => [key, state[key].filter((line) => !gone.includes(line))]))
  const plan = isDone
    ? state.plan.map((step) => (isMeant(step.text) ? {...step, state: 'done' as const} : step))
    : state.plan.filter((step) => !isMeant(step.text))
  return {state: {...state, ...kept, plan}, superseded: gone}
}

function near(a: string, b: string): number {
  return overlap(subjectOf(a, findMarks(a)), subjectOf(b, findMarks(b)))
}
