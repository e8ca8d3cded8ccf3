import {mayTry} from '../../guard/may.js'
import {clean, cleanLine} from '../../kit/text.js'
import type {Task} from '../../workspace/task-file.js'
import {optionalTextOf, type Tool, type ToolContext, textOf} from '../tool.js'
import {oneOf} from './input.js'
import {newRecord, recordTime} from './record-folder.js'
import {refuseSecrets} from './secrets.js'

const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const satisfies readonly Task['priority'][]

/** A task as a draft: nobody works on it before it is approved. */
export const createTaskTool: Tool = {
  name: 'task_create',
  description: 'Propose a task; it waits for approval.',
  takes: {title: {type: 'string'}, 'text?': {type: 'string'}, 'priority?': {enum: PRIORITIES}},
  isOffered: ({law}) => mayTry(law, 'task.create'),
  verbOf: () => 'task.create',
  targetOf: (input) => textOf(input, 'title'),
  contentOf: (input) => [textOf(input, 'title'), optionalTextOf(input, 'text') ?? ''].join('\n'),
  async perform(input, context) {
    const {formatTask, parseTask} = await import('../../workspace/task-file.js')
    const {fleet} = context
    const title = cleanLine(textOf(input, 'title'))
    const {id, folder} = newRecord(fleet.clock, {under: 'tasks', title})
    const path = `${folder}/task.md`
    const content = formatTask(draftTask(input, context, {id, title}))
    refuseSecrets(`${title}\n${optionalTextOf(input, 'text') ?? ''}`, fleet)
    parseTask(content, path)
    return {
      text: `draft ${id}`,
      changes: [{kind: 'write', path, content, expect: null}],
      line: `task ${id} drafted: ${title}`,
      messages: [],
    }
  },
}

function draftTask(
  input: Readonly<Record<string, unknown>>,
  {fleet, agent}: ToolContext,
  {id, title}: {id: string; title: string},
): Task {
  return {
    id,
    title,
    createdBy: agent.name,
    at: recordTime(fleet.clock),
    priority: oneOf(input, 'priority', PRIORITIES) ?? 'normal',
    dependsOn: [],
    domain: null,
    verify: null,
    body: clean(optionalTextOf(input, 'text') ?? ''),
    unknown: [],
  }
}
