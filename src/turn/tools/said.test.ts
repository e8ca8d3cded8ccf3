import {expect, test} from 'vitest'
import {openToolScene} from '../../../testing/tool-scene.js'
import {parseGuardrail} from '../../workspace/guardrail-file.js'
import {act} from '../act.js'
import {loadTools} from '../tool-list.js'

const RULE = `---
id: no-shouting
effect: deny
verbs: [message, task, write]
content: { has: ['*asap*'] }
lesson: Nobody reads what is shouted.
---
# No shouting
`

async function open(contract = {}) {
  const {context, planned} = await openToolScene({contract})
  const {rule} = parseGuardrail(RULE, 'guardrails/no-shouting.md')
  if (!rule) throw new Error('that is a rule')
  const tools = await loadTools()
  const told = {...context, law: {...context.law, rules: [rule]}}
  const call = (tool: string, input: Record<string, unknown>) => act({id: '1', tool, input}, tools, told)
  return {call, planned}
}

test('a guardrail on what is said hears messages, tasks and files, each as a whole', async () => {
  const {call} = await open({may: ['message', 'task.create']})
  const said = [
    await call('message_send', {to: 'jarvis', text: 'Come ASAP!'}),
    await call('message_send', {to: 'jarvis', subject: 'asap', text: 'Come.'}),
    await call('task_create', {title: 'Call ASAP'}),
    await call('task_create', {title: 'Call', text: 'asap'}),
    await call('write', {path: 'workspaces/donna/notes.md', content: 'one\nAsap, please'}),
  ]
  expect(said.map(({refusal}) => refusal)).toEqual(said.map(() => 'No shouting. Nobody reads what is shouted.'))
  expect(said.map(({effect}) => effect)).toEqual(said.map(() => 'deny'))
})

test('and lets pass whatever else is said', async () => {
  const {call} = await open()
  const {refusal} = await call('message_send', {to: 'jarvis', text: 'Come at noon.'})
  expect(refusal).toBeNull()
})
