import {expect, test} from 'vitest'
import {openApprovalScene} from '../../../testing/approval-scene.js'

test('a yes is signed, committed as the person, and counts', async () => {
  const scene = openApprovalScene()
  const id = await scene.raise()
  const done = await scene.answer(id.slice(0, 12), 'yes', {why: 'as agreed'})
  expect(done).toMatchObject({id, agent: 'donna', verb: 'write', answer: 'yes', by: 'ada', via: 'terminal'})
  expect(done.next).toEqual({when: 'at the next heartbeat or run of donna', command: 'mcos heartbeat donna'})
  expect(await scene.statusOf(id)).toBe('approved')
  const head = scene.git('log', '-1', '--format=%s%n%(trailers)')
  expect(head).toContain('ada says yes to donna: write workspaces/donna/letter.md')
  expect(head).toContain('Mcos-By: ada')
  expect(head).toContain(`Mcos-Approval: ${id}`)
  expect(scene.read(`approvals/${id}/answer.md`)).toMatch(/^sig: "?[A-Za-z0-9+/]{86}==/m)
})

test('an answer over a channel is signed by this machine and committed as that person', async () => {
  const scene = openApprovalScene()
  const id = await scene.raise({verb: 'mail.send', target: 'ana@partner.example'})
  await scene.answer(id, 'no', {by: 'ben', via: 'telegram:777', why: 'not today'})
  expect(await scene.statusOf(id)).toBe('refused')
  expect(scene.git('log', '-1', '--format=%an%n%(trailers)')).toMatch(/^ben\n[\s\S]*Mcos-By: ben/)
})

test('who may not, over another way, or with another\u2019s passphrase, answers nothing', async () => {
  const scene = openApprovalScene()
  const id = await scene.raise()
  await expect(scene.answer(id, 'yes', {by: 'ben', via: 'telegram:777'})).rejects.toMatchObject({
    code: 'NOT_APPROVER',
    exit: 3,
  })
  await expect(scene.answer(id, 'yes', {by: 'eve', via: 'telegram:777'})).rejects.toMatchObject({code: 'NOT_APPROVER'})
  await expect(scene.answer(id, 'yes', {via: 'telegram:777'})).rejects.toMatchObject({code: 'NOT_REGISTERED', exit: 3})
  const other = {name: 'ben', sign: () => 'x'}
  await expect(scene.answer(id, 'yes', {person: other})).rejects.toMatchObject({code: 'NEEDS_PASSPHRASE', exit: 3})
  expect(await scene.statusOf(id)).toBe('waiting')
  expect(scene.list(`approvals/${id}`)).toEqual(['request.md'])
})

test('a reason with a secret in it is not committed', async () => {
  const scene = openApprovalScene()
  const id = await scene.raise()
  const why = `use ghp_${'a1'.repeat(18)}`
  await expect(scene.answer(id, 'no', {why})).rejects.toMatchObject({code: 'SECRET_FOUND', exit: 3})
  expect(await scene.statusOf(id)).toBe('waiting')
})

test('nothing is answered twice, late, or other than it was shown', async () => {
  const scene = openApprovalScene()
  const id = await scene.raise()
  await expect(scene.answer(id, 'yes', {hash: `sha256:${'0'.repeat(64)}`})).rejects.toMatchObject({
    code: 'NOT_WAITING',
    exit: 3,
  })
  await scene.answer(id, 'no')
  await expect(scene.answer(id)).rejects.toMatchObject({
    code: 'NOT_WAITING',
    message: expect.stringContaining('ada said no'),
  })
  const late = await scene.raise({target: 'workspaces/donna/other.md'})
  scene.clock.advance(73 * 3_600_000)
  await expect(scene.answer(late)).rejects.toMatchObject({
    code: 'NOT_WAITING',
    message: expect.stringContaining('expired'),
  })
})

test('an approval that is not there, or can\u2019t be read, is told', async () => {
  const scene = openApprovalScene()
  await expect(scene.answer('01')).rejects.toMatchObject({code: 'NOT_FOUND', exit: 2})
  const id = await scene.raise()
  scene.write(`approvals/${id}/request.md`, 'nothing\n')
  await expect(scene.answer(id)).rejects.toMatchObject({code: 'UNREADABLE', exit: 2})
})
