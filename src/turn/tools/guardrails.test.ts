import {expect, test} from 'vitest'
import {openToolScene} from '../../../testing/tool-scene.js'
import {parseRequest} from '../../workspace/approval-file.js'

const RULE = `---
id: no-friday-deploys
effect: deny
verbs: [deploy]
lesson: nobody is there on Saturday
examples:
  deny: [{verb: deploy, target: app}]
  allow: [{verb: write, target: app.md}]
---
No deploys on a Friday.
`

async function propose(name: string, text: string, before: Record<string, string> = {}) {
  const opened = await openToolScene({files: before})
  const outcome = await opened.call('guardrail_propose', {name, text})
  const id = /approval (\w{26})/.exec(outcome.done?.text ?? '')?.[1] ?? ''
  const source = id === '' ? null : opened.planned(`approvals/${id}/request.md`)
  return {...opened, outcome, request: source === null ? null : parseRequest(source, 'request.md')}
}

test('a proposed rule is a request with its whole text, and nothing is written', async () => {
  const {outcome, request, planned} = await propose('no-friday-deploys', RULE)
  expect(outcome.effect).toBe('ask')
  expect(request).toMatchObject({
    verb: 'guardrail.add',
    target: 'guardrails/no-friday-deploys.md',
    args: {tool: 'guardrail_add', input: {name: 'no-friday-deploys', text: RULE}},
  })
  expect(Date.parse(request?.expires ?? '') - Date.parse(request?.at ?? '')).toBe(30 * 86_400_000)
  expect(planned('guardrails/no-friday-deploys.md')).toBeNull()
})

test('a line is proposed for the agent\u2019s own GUARDRAILS.md', async () => {
  const {request} = await propose('restarts', '- Never restart twice.', {
    'workspaces/donna/GUARDRAILS.md': '# Mistakes\n\n- One.\n',
  })
  expect(request?.target).toBe('workspaces/donna/GUARDRAILS.md')
})

test.each([
  ['a name that is none', '../x', RULE, /name/],
  ['a rule that is there already', 'known', RULE, /agents change no guardrail/],
  ['a rule that can\u2019t be read', 'new', RULE.replace('effect: deny', 'effect: allow'), /expected/],
  [
    'a rule whose example comes out otherwise',
    'new',
    RULE.replace('verbs: [deploy]', 'verbs: [push]'),
    /example comes out otherwise/,
  ],
  ['a rule without an example of what it stops', 'new', RULE.replace(/ {2}deny: .*\n/, ''), /needs an example/],
  ['frontmatter that enforces nothing', 'new', '---\ntitle: x\n---\nx\n', /expected|enforce nothing/],
  ['what nobody can see', 'new', 'Never\u200b twice', /nobody can see/],
  ['a line that is there already', 'new', 'One.', /says that already/],
  ['a whole page as a line', 'new', 'x'.repeat(500), /1 to 400/],
])('%s is refused', async (_, name, text, why) => {
  const {outcome, request} = await propose(name, text, {
    'guardrails/known.md': RULE,
    'workspaces/donna/GUARDRAILS.md': '# Mistakes\n\n- One.\n',
  })
  expect(outcome.refusal).toMatch(why)
  expect(request).toBeNull()
})

test('more than fifteen entries nobody reads', async () => {
  const full = `# Mistakes\n\n${Array.from({length: 15}, (_, n) => `- Mistake ${n}.\n`).join('')}`
  const {outcome} = await propose('new', 'One more.', {'workspaces/donna/GUARDRAILS.md': full})
  expect(outcome.refusal).toMatch(/15 entries/)
})

test('what writes it is reached by no model', async () => {
  const {call} = await openToolScene()
  expect((await call('guardrail_add', {name: 'x', text: 'y'})).refusal).toMatch(/there is no tool/)
})
