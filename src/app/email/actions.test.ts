import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, expect, test as plain} from 'vitest'
import {type Dovecot, startDovecot} from '../../../testing/dovecot/server.js'
import type {Scene} from '../../../testing/heartbeat-scene.js'
import {openMailScene} from '../../../testing/mail-scene.js'
import {DOVECOT, testNeeding} from '../../../testing/needs.js'
import {readLedger} from '../../mail/ledger/read.js'
import type {MailEntry} from '../../mail/ledger/sum.js'
import {markBegun} from '../../turn/triage/begun.js'
import {findAgent} from '../../workspace/agents.js'
import {applyActions, undoActions} from './actions.js'
import {triageMail} from './triage.js'

const test = testNeeding(...DOVECOT)
const hand = {watch: {signal: new AbortController().signal}, actor: {kind: 'person'}} as const

let started: Promise<Dovecot> | null = null
let users = 0
afterAll(async () => (await started)?.close())

const RULES = `# Mail

- from *@bills.example → invoice, label Bills, move Archive
- from *@customer.example → needs-reply, flag, draft "Thank you. We will answer by tomorrow."
- from no-reply@shop.example → newsletter, draft "never laid", mark read
`

interface Box {
  readonly scene: Scene
  readonly server: Dovecot
  readonly user: string
  deliver(from: string, subject: string): void
  entries(): Promise<readonly MailEntry[]>
}

async function open(may = '[message, mail.label, mail.move, mail.flag, mail.mark, mail.draft]'): Promise<Box> {
  started ??= startDovecot({users: {}})
  const server = await started
  const user = `user${++users}`
  server.user(user, 'secret')
  const {tlsPort, ca} = server
  const scene = openMailScene({
    accounts: {
      home: `kind: imap, host: 127.0.0.1, port: ${tlsPort}, ca: "${ca}", user: ${user}, password: env:HOME_MAIL, agent: donna, addresses: [ada@northwind.example]`,
    },
    env: {HOME_MAIL: 'secret'},
    at: new Date().toISOString(),
    files: {
      'workspaces/donna/MAIL.md': RULES,
      'workspaces/donna/SOUL.md': `---\ncontract:\n  may: ${may}\n---\n# Donna\n`,
    },
  })
  return {
    scene,
    server,
    user,
    deliver: (from, subject) =>
      server.deliver(
        user,
        `From: Mia <${from}>\r\nTo: ada@northwind.example\r\nSubject: ${subject}\r\nMessage-ID: <${user}.${subject.replaceAll(' ', '.')}@example>\r\nDate: ${new Date().toUTCString()}\r\n\r\nCould you tell me when?\r\n`,
      ),
    async entries() {
      const {home, clock} = await scene.open()
      const ledger = readLedger(home.files, findAgent(home, 'donna'), {days: 3, now: clock.now(), zone: 'UTC'})
      return [...ledger.mails.values()]
    },
  }
}

const request = {accounts: [], apply: false, model: false}
const subjects = ({server, user}: Box, folder?: string): string[] =>
  server.read(user, folder).map(({raw}) => /^Subject: (.*)$/m.exec(raw.toString())?.[1]?.trim() ?? '')

test('what the contract allows is done, the draft lies in the thread, and undo puts all of it back', async () => {
  const box = await open()
  const {scene} = box
  box.deliver('office@bills.example', 'Invoice 7')
  box.deliver('mia@customer.example', 'When do you come')
  box.deliver('no-reply@shop.example', 'Offers')
  const report = await triageMail(await scene.open(), request, hand)
  expect(report).toMatchObject({accounts: [{state: 'ok', new: 3}], drafts: 1, troubles: []})
  expect(subjects(box)).toEqual(['When do you come', 'Offers'])
  expect(subjects(box, 'Archive')).toEqual(['Invoice 7'])
  const [draft] = box.server.read(box.user, 'Drafts')
  expect(draft?.raw.toString()).toMatch(/^To: .*mia@customer\.example/m)
  expect(draft?.raw.toString()).toMatch(/^In-Reply-To: <user\d+\.When\.do\.you\.come@example>/m)
  expect((await box.entries()).flatMap(({actions}) => actions.map(({state}) => state)).sort()).toEqual([
    'done',
    'done',
    'done',
    'done',
    'done',
    'refused',
  ])
  expect(scene.git('status', '--porcelain')).toBe('')

  const since = scene.clock.now() - 1000
  scene.clock.advance(60_000)
  const undone = await undoActions(await scene.open(), {ids: [], since}, hand)
  expect(undone.actions.map(({state}) => state)).toEqual(Array(5).fill('undone'))
  expect(subjects(box).sort()).toEqual(['Invoice 7', 'Offers', 'When do you come'])
  expect(subjects(box, 'Drafts')).toEqual([])
  expect(subjects(box, 'Archive')).toEqual([])

  scene.clock.advance(60_000)
  const commits = scene.countCommits()
  const again = await triageMail(await scene.open(), request, hand)
  expect(again).toMatchObject({verdicts: [], drafts: 0})
  expect(scene.countCommits()).toBe(commits)
  expect(subjects(box, 'Drafts')).toEqual([])
})

test('without a word in the contract all of it waits for a person, who applies it once', async () => {
  const box = await open('[message]')
  const {scene} = box
  box.deliver('office@bills.example', 'Invoice 8')
  const report = await triageMail(await scene.open(), request, hand)
  expect(report.verdicts[0]?.actions.map(({state}) => state)).toEqual(['proposed', 'proposed'])
  expect(subjects(box)).toEqual(['Invoice 8'])
  const applied = await applyActions(await scene.open(), {ids: []}, hand)
  expect(applied.actions.map(({state}) => state)).toEqual(['done', 'done'])
  expect(subjects(box, 'Archive')).toEqual(['Invoice 8'])
  expect((await applyActions(await scene.open(), {ids: []}, hand)).actions).toEqual([])
})

test('what a killed process has done is done once, and stays its own to take back', async () => {
  const box = await open('[message]')
  const {scene} = box
  box.deliver('office@bills.example', 'Invoice 9')
  await triageMail(await scene.open(), request, hand)
  const [mail] = await box.entries()
  const fleet = await scene.open()
  for (const n of [0, 1]) markBegun(fleet.mcos, {id: mail?.seen.id ?? '', n})
  // As if the process had died right after the move: the mail lies there already.
  await applyActions(fleet, {ids: []}, hand)
  scene.git('revert', '--no-edit', 'HEAD')
  for (const n of [0, 1]) markBegun(fleet.mcos, {id: mail?.seen.id ?? '', n})
  const applied = await applyActions(await scene.open(), {ids: []}, hand)
  expect(applied.actions.map(({wish, state}) => [wish.kind, state])).toEqual([
    ['label', 'failed'],
    ['move', 'done'],
  ])
  expect(existsSync(join(scene.dir, `.mcos/mail/begun/${mail?.seen.id}-1`))).toBe(false)
  const undone = await undoActions(await scene.open(), {ids: [mail?.seen.id ?? ''], since: null}, hand)
  expect(undone.actions).toMatchObject([{wish: {kind: 'move'}, state: 'undone'}])
  expect(subjects(box)).toEqual(['Invoice 9'])
})

test('a stop holds everything before the first action', async () => {
  const box = await open()
  const {scene} = box
  box.deliver('office@bills.example', 'Invoice 10')
  scene.write('.mcos/STOP', 'who: ada\n')
  await expect(triageMail(await scene.open(), request, hand)).rejects.toMatchObject({code: 'STOPPED', exit: 3})
  expect(subjects(box)).toEqual(['Invoice 10'])
})

plain('an unknown mail is a wrong word, not a silent nothing', async () => {
  const scene = openMailScene({accounts: {local: 'kind: maildir, path: Mail, agent: donna'}})
  await expect(undoActions(await scene.open(), {ids: ['m_nothing'], since: null}, hand)).rejects.toMatchObject({
    code: 'NOT_FOUND',
    exit: 2,
  })
})
