import {expect, test} from 'vitest'
import {openScene} from '../../testing/heartbeat-scene.js'
import {seenMail} from '../../testing/mail-records.js'
import {TELLING_CHECKUPS} from './checkups-telling.js'
import {formatRecords} from './ledger/format.js'

const LEDGER = 'workspaces/donna/mail/2036-11-21.jsonl'

async function openMail(account: string) {
  const scene = openScene({at: '2036-11-21T08:30:00Z'})
  scene.write('mcos.yaml', `name: test\nmail:\n  accounts:\n    local: {kind: maildir, path: ~/Mail, ${account}}\n`)
  const checkup = (id: string) => TELLING_CHECKUPS.find((one) => one.id === id)
  return {
    ...scene,
    examine: async (id: string) => (await checkup(id)?.examine(await scene.open()))?.troubles,
    repair: async (id: string) => checkup(id)?.repair?.(await scene.open()),
  }
}

test.each([
  ['names its own agent', 'agent: donna, escalate: donna', 'escalate names donna itself'],
  ['names somebody unknown', 'agent: donna, escalate: ghost', 'escalate names ghost, which is neither'],
])('doctor tells of an account that %s to hear of it', async (_, account, expected) => {
  const {examine} = await openMail(account)
  expect(await examine('mail-escalate')).toMatchObject([{detail: expect.stringContaining(expected)}])
})

test('doctor finds a page that is older than its ledger, and --fix writes it anew', async () => {
  const {write, examine, repair} = await openMail('agent: donna')
  const line = (name: string) => formatRecords([seenMail(name, {account: 'local'})])
  write(LEDGER, line('a'))
  expect(await examine('mail-pages')).toMatchObject([{fix: 'mcos doctor --fix', fixable: true}])
  const [planned] = (await repair('mail-pages')) ?? []
  const change = planned?.changes?.[0]
  if (change?.kind !== 'write') throw new Error('expected a page to be written')
  write(change.path, change.content)
  expect(await examine('mail-pages')).toEqual([])
  write(LEDGER, line('a') + line('b'))
  expect(await examine('mail-pages')).toHaveLength(1)
})
