import {contentHash} from '../../kit/hash.js'
import {workstateText} from '../../memory/workstate/check.js'
import {clearWorkstate, type Edit, editWorkstate} from '../../memory/workstate/edit.js'
import {workstatePath} from '../../memory/workstate/path.js'
import type {Change} from '../../workspace/change.js'
import {EMPTY_WORKSTATE, type PlanStep, parseWorkstate} from '../../workspace/workstate-file.js'
import {BadCall} from '../bad-call.js'
import {optionalTextOf, type Tool} from '../tool.js'
import {refuseSecrets} from './secrets.js'

const TOKENS = 3_000
const TEXT = {type: 'string'}
const STATES: readonly PlanStep['state'][] = ['done', 'doing', 'next']

/** What the agent itself wants to outlive its context; a person's standing instructions are not its to change. */
export const workstateTool: Tool = {
  name: 'workstate',
  description: 'Keep beyond this context. plan: [{text,state}]',
  takes: {
    'goal?': TEXT,
    'plan?': {type: 'array', items: {type: 'object'}},
    'decide?': TEXT,
    'fact?': TEXT,
    'question?': TEXT,
    'waiting?': TEXT,
    'done?': TEXT,
    'drop?': TEXT,
    'goal_done?': {type: 'boolean'},
  },
  verbOf: () => null,
  targetOf: (_, context) => workstatePath(context.agent, context.with),
  perform(input, context) {
    const path = workstatePath(context.agent, context.with)
    const text = context.draft.readText(path)
    const before = text === null || text.trim() === '' ? EMPTY_WORKSTATE : parseWorkstate(text, path)
    if (input['goal_done'] === true) {
      const {state, lines} = clearWorkstate(before, false)
      const content = state === null ? null : workstateText(state)
      const line = ['the goal is done; WORKSTATE cleared:', ...lines].join('\n')
      return {text: 'cleared into the log', changes: changesTo({path, text, content}), line, messages: []}
    }
    const edit = editOf(input)
    const {plan = [], ...texts} = edit
    refuseSecrets([...Object.values(texts), ...plan.map((step) => step.text)].join('\n'), context.fleet)
    const edited = editWorkstate(before, edit, {tokens: TOKENS})
    if (edited === null) throw new BadCall('there is no room: drop what no longer holds first')
    const head = {...edited.state.head, turn: context.turn, at: new Date(context.fleet.clock.now()).toISOString()}
    const content = workstateText({...edited.state, head})
    const line = edited.superseded.length === 0 ? null : `no longer holds: ${edited.superseded.join(' · ')}`
    return {text: 'noted', changes: changesTo({path, text, content}), line, messages: []}
  },
}

function changesTo({path, text, content}: {path: string; text: string | null; content: string | null}): Change[] {
  if (content === null) return text === null ? [] : [{kind: 'remove', path, expect: contentHash(text)}]
  return content === text ? [] : [{kind: 'write', path, content, expect: text === null ? null : contentHash(text)}]
}

function editOf(input: Parameters<Tool['verbOf']>[0]): Edit {
  const keys = ['goal', 'decide', 'fact', 'question', 'waiting', 'done', 'drop'] as const
  const texts = Object.fromEntries(
    keys.flatMap((key) => {
      const text = optionalTextOf(input, key)
      return text === null ? [] : [[key, text]]
    }),
  )
  const {plan} = input
  if (plan === undefined || plan === null) return texts
  if (!Array.isArray(plan)) throw new BadCall('"plan" has to be a list of {text, state}')
  return {...texts, plan: plan.map(stepOf)}
}

function stepOf(item: unknown): PlanStep {
  if (typeof item === 'string' && item.trim() !== '') return {state: 'next', text: item}
  const {text, state} = (typeof item === 'object' && item !== null ? item : {}) as {text?: unknown; state?: unknown}
  if (typeof text !== 'string' || text.trim() === '') throw new BadCall('each step of the plan needs a text')
  return {state: STATES.find((known) => known === state) ?? 'next', text}
}
