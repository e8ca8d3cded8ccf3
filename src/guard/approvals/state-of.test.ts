import {expect, test} from 'vitest'
import {tempFolder} from '../../../testing/temp-folder.js'
import {fixedClock} from '../../kit/clock.js'
import {openFolder} from '../../kit/folder.js'
import {newTurnId} from '../../kit/ids.js'
import {type ApprovalAnswer, formatAnswer, formatUse} from '../../workspace/approval-file.js'
import {makeChannelKey} from '../people/channel-key.js'
import {answerKeysOf, openPerson, setPassphrase} from '../people/open-person.js'
import {type Ask, MOST_WAITING, planRequest} from './plan-request.js'
import {
  answerPath,
  approvalsOnDisk,
  type FoundApproval,
  readApproval,
  readApprovals,
  requestPath,
  usedPath,
} from './read-approvals.js'
import {signedBytes} from './sign-answer.js'
import {stateOf} from './state-of.js'

const WORDS = 'a boiler in the attic'
const CONTRACT = `sha256:${'a'.repeat(64)}`

function scene() {
  const clock = fixedClock('2026-11-21T08:00:00Z')
  const files = openFolder(tempFolder())
  const mcos = openFolder(tempFolder())
  for (const name of ['ada', 'ben']) {
    setPassphrase(mcos, {name, passphrase: WORDS, old: null, now: clock.now(), cost: {n: 1024, r: 8, p: 1}})
  }
  const people = {ada: {approves: ['all'], via: ['terminal']}, ben: {approves: ['mail'], via: ['telegram:777']}}
  const turn = newTurnId(clock)
  const ask: Ask = {
    agent: 'donna',
    turn,
    verb: 'http.post',
    target: 'api.example',
    args: {tool: 'http_post', input: {url: 'https://api.example/', body: 'x'}},
    contract: CONTRACT,
    why: 'a person says yes to http.post each time',
    taint: [],
  }
  const source = approvalsOnDisk(files)
  const state = (approval: FoundApproval, contract = CONTRACT) =>
    stateOf(approval, {now: clock.now(), people, keys: answerKeysOf(mcos), contractOf: () => contract})
  const plan = (more: Partial<Ask> = {}) =>
    planRequest({...ask, ...more}, {known: readApprovals(source).found, state, clock})
  const raise = (more: Partial<Ask> = {}): string => {
    const planned = plan(more)
    if (planned.kind === 'new' && planned.change.kind === 'write')
      files.write(planned.change.path, planned.change.content)
    if (planned.kind === 'refused') throw new Error(planned.reason)
    return planned.id
  }
  const find = (id: string): FoundApproval => {
    const found = readApproval(source, id)
    if (found === null || !('request' in found)) throw new Error(`no ${id}`)
    return found
  }
  const answer = (id: string, more: Partial<ApprovalAnswer> & {signer?: string} = {}): void => {
    const {signer = 'ada', ...fields} = more
    const {request, text} = find(id)
    const at = new Date(clock.now()).toISOString()
    const plain = {by: 'ada', via: 'terminal', at, answer: 'yes' as const, hash: request.hash, why: null, ...fields}
    const bytes = signedBytes(plain, {id, text})
    const sig =
      signer === '_'
        ? makeChannelKey(mcos).sign(bytes)
        : openPerson(mcos, {name: signer, passphrase: WORDS, now: clock.now()}).sign(bytes)
    files.write(answerPath(id), formatAnswer({...plain, sig: 'sig' in fields ? (fields.sig ?? null) : sig}))
  }
  return {
    clock,
    files,
    plan,
    raise,
    find,
    answer,
    ask,
    state: (id: string, contract?: string) => state(find(id), contract),
  }
}

test('a request says in words what, why and what happens after a yes, and from where the turn is tainted', () => {
  const {raise, find} = scene()
  const {request} = find(raise({taint: ['https://evil.example/\u001b[2J']}))
  expect(request.body).toMatch(/^What: donna wants: http\.post api\.example\./)
  expect(request.body).toMatch(/Why you are asked: a person says yes/)
  expect(request.body).toMatch(/After a yes: exactly this call is made, once, by code/)
  expect(request.body).toMatch(/Taint: .*https:\/\/evil\.example\/\./)
  expect(request.body).not.toContain('\u001b')
  expect(find(raise({args: {other: 1}})).request.body).not.toContain('Taint')
})

test('a request waits for 72 hours, a proposal for memory or guardrails for 30 days', () => {
  const {raise, find} = scene()
  expect(find(raise()).request.expires).toBe('2026-11-24T08:00:00.000Z')
  for (const verb of ['memory.add', 'wiki.write', 'guardrail.add'])
    expect(find(raise({verb})).request.expires).toBe('2026-12-21T08:00:00.000Z')
})

test('the same ask again is the same request while it waits, is approved or was refused', () => {
  const {raise, plan, answer, clock} = scene()
  const id = raise()
  expect(plan({turn: newTurnId(clock)})).toMatchObject({kind: 'known', id, status: 'waiting'})
  expect(plan({agent: 'jarvis'}).kind).toBe('new')
  answer(id)
  expect(plan()).toMatchObject({kind: 'known', id, status: 'approved'})
  const other = raise({target: 'b.example'})
  answer(other, {answer: 'no'})
  expect(plan({target: 'b.example'})).toMatchObject({kind: 'known', id: other, status: 'refused'})
  clock.advance(73 * 3_600_000)
  expect(plan().kind).toBe('new')
  expect(plan({target: 'b.example'}).kind).toBe('new')
})

test('a used approval, and one whose answer is forged, stand in nobody\u2019s way', () => {
  const {raise, plan, answer, files, ask} = scene()
  const id = raise()
  answer(id)
  files.write(usedPath(id), formatUse({at: '2026-11-21T08:00:00Z', turn: ask.turn, key: 'k'}))
  const next = plan()
  expect(next.kind).toBe('new')
  const forged = raise({target: 'b.example'})
  answer(forged, {sig: null})
  expect(plan({target: 'b.example'}).kind).toBe('new')
})

test(`no more than ${MOST_WAITING} of an agent wait at the same time`, () => {
  const {plan, raise, clock} = scene()
  for (let n = 0; n < MOST_WAITING; n++) raise({args: {n}})
  expect(plan({args: {n: 'more'}})).toMatchObject({
    kind: 'refused',
    reason: expect.stringContaining('20 approvals of donna wait'),
  })
  expect(plan({args: {n: 'more'}, agent: 'jarvis'}).kind).toBe('new')
  clock.advance(73 * 3_600_000)
  expect(plan({args: {n: 'more'}}).kind).toBe('new')
})

test('what would be read back as something else, or is too long, is not asked for', () => {
  const {plan} = scene()
  expect(plan({args: {content: 'x'.repeat(20_000)}})).toMatchObject({kind: 'refused'})
  expect(plan({args: JSON.parse('{"__proto__": 1}') as Record<string, unknown>})).toMatchObject({kind: 'refused'})
  expect(plan({args: {nested: {list: [1, 1.5, null, true, {a: '# "x": \n- y\u2028'}], empty: {}}}})).toMatchObject({
    kind: 'new',
  })
})

test('a signed yes of one who may, in time, is a yes; by a channel only over that person\u2019s own way', () => {
  const {raise, answer, state} = scene()
  const id = raise()
  expect(state(id).status).toBe('waiting')
  answer(id)
  expect(state(id)).toEqual({status: 'approved', reason: null})
  const mail = raise({verb: 'mail.send'})
  answer(mail, {by: 'ben', via: 'telegram:777', signer: '_'})
  expect(state(mail).status).toBe('approved')
  answer(mail, {by: 'ben', via: 'telegram:666', signer: '_'})
  expect(state(mail)).toMatchObject({status: 'void', reason: 'telegram:666 is no registered way to ben'})
})

test('a signature that is missing, of another, of another approval or over something else is void', () => {
  const {raise, answer, state, files} = scene()
  const id = raise()
  answer(id, {sig: null})
  expect(state(id)).toMatchObject({status: 'void', reason: 'the answer bears no signature'})
  answer(id, {signer: 'ben'})
  expect(state(id)).toMatchObject({status: 'void', reason: expect.stringContaining('not signed by ada')})
  answer(id, {signer: '_'})
  expect(state(id).status).toBe('void')
  answer(id, {by: 'ben', signer: 'ben'})
  expect(state(id)).toMatchObject({status: 'void', reason: 'ben may not approve http.post'})
  const other = raise({target: 'b.example'})
  answer(other)
  files.write(answerPath(id), files.readText(answerPath(other)) ?? '')
  expect(state(id).status).toBe('void')
  answer(id, {answer: 'no'})
  files.write(
    answerPath(id),
    (files.readText(answerPath(id)) ?? '')
      .replace('answer: no', 'answer: yes')
      .replace(/answer: "no"/, 'answer: "yes"'),
  )
  expect(state(id).status).toBe('void')
})

test.each([
  ['a word of its body', (text: string) => text.replace('What:', 'Well:')],
  ['when it expires', (text: string) => text.replace('2026-11-24', '2027-11-24')],
  ['whose it is', (text: string) => text.replace('agent: donna', 'agent: jarvis')],
  ['the target', (text: string) => text.replaceAll('api.example', 'evil.example')],
])('an edit of %s after the yes voids it', (_, edit) => {
  const {raise, answer, state, files} = scene()
  const id = raise()
  answer(id)
  const text = files.readText(requestPath(id)) ?? ''
  expect(edit(text)).not.toBe(text)
  files.write(requestPath(id), edit(text))
  expect(state(id).status).toBe('void')
})

test('another contract voids it, and so do files that can\u2019t be read; a used.md that can\u2019t be read is used', () => {
  const {raise, answer, state, files} = scene()
  const id = raise()
  answer(id)
  expect(state(id, `sha256:${'b'.repeat(64)}`)).toMatchObject({
    status: 'void',
    reason: 'the contract has changed since',
  })
  files.write(answerPath(id), 'yes\n')
  expect(state(id).status).toBe('void')
  answer(id)
  files.write(usedPath(id), '')
  expect(state(id).status).toBe('used')
})

test('a folder without a readable request is told, and other folders are passed over', () => {
  const {files} = scene()
  const id = '01K00000000000000000000000'
  files.write(requestPath(id), 'hello\n')
  files.write('approvals/notes/x.md', 'x')
  const {found, broken} = readApprovals(approvalsOnDisk(files))
  expect(found).toEqual([])
  expect(broken).toEqual([{id, trouble: expect.stringContaining('expected')}])
})
