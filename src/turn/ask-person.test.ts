import {expect, test} from 'vitest'
import {openToolScene} from '../../testing/tool-scene.js'
import {approvalHash, parseRequest} from '../workspace/approval-file.js'

type Options = Parameters<typeof openToolScene>[0]

/** A turn of donna's that has read a page from outside. */
function tainted(options: Options = {}) {
  return openToolScene({...options, facts: {taint: ['https://evil.example/']}})
}

function idIn(text: string | null | undefined): string {
  return /approval ([0-9A-Z]{26})/.exec(text ?? '')?.[1] ?? ''
}

test('what the contract asks about becomes a request in the turn\u2019s own commit, and the turn goes on', async () => {
  const {call, planned, context} = await openToolScene({contract: {ask: ['message'], may: []}})
  const {effect, done, refusal} = await call('message_send', {to: 'jarvis', text: 'Hello'})
  expect({effect, refusal}).toEqual({effect: 'ask', refusal: null})
  const id = idIn(done?.text)
  expect(done?.text).toBe(`waits for a person: approval ${id}`)
  expect(done?.line).toBe(`asks a person, approval ${id}: message jarvis`)
  expect(done?.messages).toEqual([])
  const request = parseRequest(planned(`approvals/${id}/request.md`) ?? '', 'request.md')
  expect(request).toMatchObject({
    id,
    agent: 'donna',
    turn: context.turn,
    verb: 'message',
    target: 'jarvis',
    args: {tool: 'message_send', input: {to: 'jarvis', text: 'Hello'}},
  })
  expect(approvalHash(request)).toBe(request.hash)
  expect(context.draft.changes().map((change) => ('path' in change ? change.path : ''))).toEqual([
    `approvals/${id}/request.md`,
  ])
})

test('the same call again in the same turn is the same request', async () => {
  const {call, context} = await openToolScene({contract: {ask: ['message'], may: []}})
  const [one, other] = [
    await call('message_send', {to: 'jarvis', text: 'Hello'}),
    await call('message_send', {text: 'Hello', to: 'jarvis'}),
  ]
  expect(other.done?.text).toBe(one.done?.text)
  expect(other.done?.line).toBeNull()
  expect(context.draft.changes()).toHaveLength(1)
})

test.each([
  ['remember', {topic: 'boiler', fact: 'It is old'}, 'memory.add', 'workspaces/donna/MEMORY.md'],
  [
    'write',
    {path: 'workspaces/donna/memory/boiler.md', content: 'It is old\n'},
    'memory.write',
    'workspaces/donna/memory/boiler.md',
  ],
  ['write', {path: 'wiki/house/boiler.md', content: 'It is old\n'}, 'wiki.write', 'wiki/house/boiler.md'],
])(
  'a tainted %s is put before a person with its content, and nothing of it is kept',
  async (tool, input, verb, target) => {
    const {call, planned} = await tainted({contract: {writes: ['workspaces/donna/**', 'wiki/**']}})
    const {effect, done} = await call(tool, input)
    expect(effect).toBe('ask')
    const request = parseRequest(planned(`approvals/${idIn(done?.text)}/request.md`) ?? '', 'request.md')
    expect(request).toMatchObject({verb, target, args: {tool, input}})
    expect(request.body).toContain('the turn had read text from outside: https://evil.example/')
    expect(planned(target)).toBeNull()
  },
)

test('a tainted note elsewhere in the own folder needs nobody', async () => {
  const {call, planned} = await tainted()
  expect((await call('write', {path: 'workspaces/donna/notes.md', content: 'x\n'})).effect).toBe('allow')
  expect(planned('workspaces/donna/notes.md')).toBe('x\n')
})

test('what holds a secret gets into no request', async () => {
  const {call, context} = await openToolScene({
    contract: {ask: ['message'], may: []},
    env: {WIDGET_TOKEN: 'northwind-7f3a91c2d4-widget'},
  })
  const {refusal, done} = await call('message_send', {to: 'jarvis', text: 'northwind-7f3a91c2d4-widget'})
  expect(done).toBeNull()
  expect(refusal).toMatch(/secret/)
  expect(context.draft.changes()).toEqual([])
})

test('what is denied is never asked for, and what is too long to read neither', async () => {
  const {call, context} = await openToolScene({contract: {ask: ['message'], never: ['message'], may: []}})
  expect((await call('message_send', {to: 'jarvis', text: 'Hello'})).effect).toBe('deny')
  const wide = await openToolScene({contract: {ask: ['message'], may: []}})
  const long = await wide.call('message_send', {to: 'jarvis', text: 'x'.repeat(30_000)})
  expect(long).toMatchObject({effect: 'deny', refusal: expect.stringContaining('too long')})
  expect([...context.draft.changes(), ...wide.context.draft.changes()]).toEqual([])
})
