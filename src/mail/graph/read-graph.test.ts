import {afterAll, afterEach, beforeAll, beforeEach, expect, test} from 'vitest'
import {type GraphScene, openGraphScene} from '../../../testing/graph-scene.js'
import {tempFolder} from '../../../testing/temp-folder.js'
import type {GraphAccount} from '../../workspace/config.js'
import type {Cursor} from '../cursor.js'
import type {Batch, ReadOptions} from '../mailbox.js'
import type {MailTrouble} from '../trouble.js'
import {openGraph} from './open-graph.js'

let scene: GraphScene

beforeAll(async () => {
  scene = await openGraphScene()
})

let machine: string

beforeEach(() => {
  machine = tempFolder()
})

afterEach(() => {
  scene.server.behave()
  scene.server.tricks.emptyPages = 0
  scene.server.tricks.replays = 0
})

afterAll(async () => {
  await scene.close()
  expect(scene.server.sends).toEqual([])
  expect(scene.server.strange).toEqual([])
})

const DAY_MS = 86_400_000

interface Read {
  readonly batches: readonly Batch[]
  readonly subjects: readonly string[]
  readonly cursor: Cursor | null
  readonly left: number
  readonly waiting: number
  readonly isReset: boolean
  readonly trouble: MailTrouble | null
}

async function read(account: GraphAccount, cursor: Cursor | null, over: Partial<ReadOptions> = {}): Promise<Read> {
  const deps = scene.machine({dir: machine})
  const batches: Batch[] = []
  let trouble: MailTrouble | null = null
  try {
    const mailbox = await openGraph(account, deps)
    try {
      const options = {cursor, since: Date.now() - 7 * DAY_MS, most: 200, signal: deps.signal, ...over}
      for await (const batch of mailbox.read(options)) batches.push(batch)
    } finally {
      await mailbox.close()
    }
  } catch (error) {
    trouble = error as MailTrouble
  }
  const mails = batches.flatMap((batch) => batch.mails)
  return {
    batches,
    subjects: mails.map(({head}) => head.subject),
    cursor: batches.at(-1)?.cursor ?? null,
    left: batches.reduce((sum, {left}) => sum + left, 0),
    waiting: batches.at(-1)?.waiting ?? 0,
    isReset: batches.some(({isReset}) => isReset),
    trouble,
  }
}

function ago(hours: number): Date {
  return new Date(Date.now() - hours * 3_600_000)
}

test('a first contact reads the newest of its window, and says how many it left', async () => {
  const user = scene.person()
  for (let hours = 1; hours <= 6; hours++) await scene.deliver(user, {subject: `${hours}`, received: ago(hours)})
  for (let day = 8; day <= 10; day++) await scene.deliver(user, {subject: `old ${day}`, received: ago(day * 24)})
  const {subjects, left, waiting, isReset, cursor, trouble} = await read(scene.app(user), null, {most: 4})
  expect(trouble).toBe(null)
  expect(subjects).toEqual(['1', '2', '3', '4'])
  expect({left, waiting, isReset}).toEqual({left: 5, waiting: 0, isReset: false})
  const bodies = scene.server.requests.filter(({path}) => path.startsWith(`/users/${user}/messages/`))
  expect(bodies).toHaveLength(4)
  expect((await read(scene.app(user), cursor)).subjects).toEqual([])
})

test('afterwards only what is new comes, the oldest first, and what is over the bound waits', async () => {
  const user = scene.person()
  await scene.deliver(user, {subject: 'before'})
  const first = await read(scene.app(user), null)
  expect(first.subjects).toEqual(['before'])
  for (let hours = 5; hours >= 1; hours--) await scene.deliver(user, {subject: `${hours}`, received: ago(hours)})
  const second = await read(scene.app(user), first.cursor, {most: 3})
  expect([second.subjects, second.waiting]).toEqual([['5', '4', '3'], 2])
  await scene.deliver(user, {subject: 'later'})
  const third = await read(scene.app(user), second.cursor)
  expect([third.subjects, third.waiting]).toEqual([['2', '1', 'later'], 0])
})

test('a reading without news is one small request', async () => {
  const user = scene.person()
  const {cursor} = await read(scene.app(user), null)
  const before = scene.server.requests.length
  const again = await read(scene.app(user), cursor)
  expect([again.subjects, again.batches.length]).toEqual([[], 1])
  expect(scene.server.requests.length - before).toBe(1)
})

test('each request asks for ids that stay', async () => {
  expect(scene.server.requests.filter(({prefer}) => !prefer.includes('IdType="ImmutableId"'))).toEqual([])
})

test('a mail comes with its head, its body and the names of its attachments', async () => {
  const user = scene.person()
  await scene.server.deliver(
    user,
    [
      'From: =?utf-8?Q?J=C3=B6rg?= <Joerg@Bell.example>',
      'Reply-To: desk@bell.example',
      'To: ada@northwind.example, Bo <bo@northwind.example>',
      'Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=',
      'Message-ID: <one@bell.example>',
      'References: <root@bell.example> <zero@bell.example>',
      'In-Reply-To: <zero@bell.example>',
      'Date: Fri, 20 Nov 2026 10:00:00 +0100',
      'List-Id: <news.bell.example>',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/html; charset=utf-8',
      '',
      '<p>Hello <b>there</b></p>',
      '--b',
      'Content-Type: application/pdf; name="../../bill.pdf"',
      'Content-Disposition: attachment; filename="../../bill.pdf"',
      'Content-Transfer-Encoding: base64',
      '',
      'JVBERi0xLjQK',
      '--b--',
      '',
    ].join('\r\n'),
    {received: new Date('2026-11-20T09:00:05Z')},
  )
  const {batches} = await read(scene.app(user), null, {since: Date.parse('2026-11-19T00:00:00Z')})
  const [mail] = batches[0]?.mails ?? []
  expect(mail).toMatchObject({
    ref: {folder: 'inbox', key: expect.stringMatching(/^AAkALg/)},
    received: '2026-11-20T09:00:05.000Z',
    head: {
      messageId: 'one@bell.example',
      from: {name: 'Jörg', address: 'joerg@bell.example'},
      replyTo: [{address: 'desk@bell.example'}],
      to: [{address: 'ada@northwind.example'}, {name: 'Bo', address: 'bo@northwind.example'}],
      subject: 'Grüße',
      references: ['root@bell.example', 'zero@bell.example'],
      inReplyTo: 'zero@bell.example',
    },
    parts: {
      text: null,
      attachments: [{name: 'bill.pdf', type: 'application/pdf', size: 9}],
      isCut: false,
      trouble: null,
    },
  })
  expect(mail?.parts.html).toContain('<b>there</b>')
  expect(mail?.head.headers['list-id']).toEqual(['<news.bell.example>'])
})

test('invitations and reports of a delivery are read from the mail itself', async () => {
  const user = scene.person()
  const parts = (type: string, inner: readonly string[]): string =>
    ['From: a@b.example', 'Subject: s', `Content-Type: ${type}; boundary=b`, '', '--b', ...inner, '--b--', ''].join(
      '\r\n',
    )
  await scene.server.deliver(
    user,
    parts('multipart/alternative', [
      'Content-Type: text/plain',
      '',
      'Come!',
      '--b',
      'Content-Type: text/calendar; method=REQUEST',
      '',
      'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR',
    ]),
    {received: ago(2)},
  )
  await scene.server.deliver(
    user,
    parts('multipart/report; report-type=delivery-status', [
      'Content-Type: text/plain',
      '',
      'It came back.',
      '--b',
      'Content-Type: message/delivery-status',
      '',
      'Final-Recipient: rfc822; x@y.example\r\nAction: failed\r\nStatus: 5.1.1',
    ]),
    {received: ago(1)},
  )
  const {batches} = await read(scene.app(user), null)
  const [report, invitation] = batches[0]?.mails ?? []
  expect(report?.parts.deliveryStatus).toContain('5.1.1')
  expect(invitation?.parts.calendar).toContain('METHOD:REQUEST')
})

test('a body longer than is read is cut', async () => {
  const user = scene.person()
  await scene.deliver(user, {text: 'a line of it\r\n'.repeat(20_000), received: ago(1)})
  const id = await scene.deliver(user, {received: ago(2)})
  const box = scene.server.mailbox(user)
  box.change(box.message(id), {body: {contentType: 'text', content: 'x'.repeat(9_000_000)}, bodyPreview: 'xxx'})
  const {batches} = await read(scene.app(user), null)
  const [long, endless] = batches[0]?.mails ?? []
  expect([long?.parts.text?.length, long?.parts.isCut]).toEqual([65_536, true])
  expect([endless?.parts.text?.length, endless?.parts.isCut]).toEqual([3, true])
})

test('what was only read, flagged or deleted is not new', async () => {
  const user = scene.person()
  const id = await scene.deliver(user, {subject: 'one'})
  await scene.deliver(user, {subject: 'two'})
  const {cursor} = await read(scene.app(user), null)
  const box = scene.server.mailbox(user)
  box.change(box.message(id), {isRead: true, flag: {flagStatus: 'flagged'}})
  const other = await scene.deliver(user, {subject: 'gone at once'})
  box.remove(box.message(other))
  await scene.deliver(user, {subject: 'three'})
  expect((await read(scene.app(user), cursor)).subjects).toEqual(['three'])
})

test('replays, empty pages and small pages change nothing', async () => {
  const user = scene.person()
  await scene.deliver(user, {subject: 'one'})
  const first = await read(scene.app(user), null)
  await scene.deliver(user, {subject: 'two'})
  const second = await read(scene.app(user), first.cursor)
  scene.server.tricks.emptyPages = 3
  scene.server.tricks.replays = 1
  await scene.deliver(user, {subject: 'three'})
  const third = await read(scene.app(user), second.cursor)
  expect(third.subjects).toEqual(['two', 'three'])
})

test('a forgotten place is begun anew from the window, and says so', async () => {
  const user = scene.person()
  for (let hours = 3; hours >= 1; hours--) await scene.deliver(user, {subject: `${hours}`, received: ago(hours)})
  await scene.deliver(user, {subject: 'old', received: ago(24 * 20)})
  const first = await read(scene.app(user), null)
  await scene.deliver(user, {subject: 'new'})
  scene.server.forget(user)
  const second = await read(scene.app(user), first.cursor, {most: 2})
  expect([second.subjects, second.isReset, second.waiting]).toEqual([['new', '1'], true, 2])
  const third = await read(scene.app(user), second.cursor)
  expect([third.subjects, third.isReset]).toEqual([['2', '3'], false])
})

test('a place of another mailbox, or nonsense, is begun anew too', async () => {
  const user = scene.person()
  await scene.deliver(user, {subject: 'one'})
  const links = [
    `${scene.server.baseUrl}/v1.0/users/${user}/mailFolders/nowhere/messages/delta?$deltatoken=d99`,
    'https://elsewhere.example/v1.0/me/mailFolders/inbox/messages/delta?$deltatoken=1',
  ]
  for (const deltaLink of links) {
    const cursor: Cursor = {kind: 'graph', folders: {inbox: {deltaLink}}}
    expect(await read(scene.app(user), cursor)).toMatchObject({subjects: ['one'], isReset: true, trouble: null})
  }
})

test('a list that is cut in the middle is gone on with where it was cut', async () => {
  const user = scene.person()
  await scene.deliver(user, {subject: 'before'})
  const first = await read(scene.app(user), null)
  await scene.deliverMany(user, 450)
  // The third page and no other.
  scene.server.misbehave({what: 'slow', ms: 0, on: /delta/, times: 2}, {what: 'half', on: /delta/})
  const cut = await read(scene.app(user), first.cursor, {most: 5})
  expect([cut.subjects, cut.waiting, cut.trouble?.kind]).toEqual([[], 400, 'cut'])
  const before = scene.server.requests.length
  const on = await read(scene.app(user), cut.cursor, {most: 5})
  expect([on.subjects.length, on.waiting, on.trouble]).toEqual([5, 445, null])
  expect(scene.server.requests.slice(before).filter(({path}) => path.endsWith('/delta'))).toHaveLength(1)
})

test('mails that were read before a cut are kept, and none comes twice or never', async () => {
  const user = scene.person()
  for (let number = 1; number <= 60; number++)
    await scene.deliver(user, {subject: `${number}`, received: ago(number / 60)})
  const seen: string[] = []
  const troubles: (string | null)[] = []
  let cursor: Cursor | null = null
  for (let round = 0; round < 5; round++) {
    scene.server.behave()
    if (round < 3)
      scene.server.misbehave(
        {what: 'slow', ms: 0, on: /messages\/AAk/, times: 25},
        {what: 'cut', when: 'after', on: /messages\/AAk/},
      )
    const now: Read = await read(scene.app(user), cursor)
    troubles.push(now.trouble?.kind ?? null)
    seen.push(...now.subjects)
    cursor = now.cursor ?? cursor
  }
  expect(troubles).toEqual(['cut', 'cut', null, null, null])
  expect(seen).toHaveLength(60)
  expect(new Set(seen).size).toBe(60)
})

test('a mail that the server cannot show is named and passed', async () => {
  const user = scene.person()
  const id = await scene.deliver(user, {subject: 'poisoned'})
  await scene.deliver(user, {subject: 'sound'})
  scene.server.misbehave({what: 'refuse', status: 500, code: 'ErrorInternalServerError', on: new RegExp(id), times: 2})
  const {subjects, batches, cursor} = await read(scene.app(user), null)
  expect(subjects).toEqual(['sound'])
  expect(batches.flatMap(({broken}) => broken)).toEqual([
    {ref: {folder: 'inbox', key: id}, received: null, why: expect.stringContaining('ErrorInternalServerError')},
  ])
  expect((await read(scene.app(user), cursor)).subjects).toEqual([])
})

test('a server that can show nothing loses nothing: the mails wait until it is well', async () => {
  const user = scene.person()
  for (let number = 1; number <= 9; number++) await scene.deliver(user, {subject: `${number}`})
  const ill = {what: 'refuse', status: 500, code: 'ErrorInternalServerError', on: /messages\/AAk/, times: 99} as const
  scene.server.misbehave({...ill, times: 1})
  scene.server.misbehave(ill)
  const first = await read(scene.app(user), null)
  expect([first.subjects, first.trouble?.kind]).toEqual([[], 'protocol'])
  scene.server.behave()
  expect((await read(scene.app(user), first.cursor)).subjects).toHaveLength(9)
})

test('a place that was forgotten, and a reading that is cut right after, is still told as forgotten', async () => {
  const user = scene.person()
  await scene.deliverMany(user, 250)
  const first = await read(scene.app(user), null, {most: 1})
  scene.server.forget(user)
  scene.server.misbehave({what: 'slow', ms: 0, on: /delta/, times: 2}, {what: 'cut', when: 'before', on: /delta/})
  const second = await read(scene.app(user), first.cursor)
  expect([second.isReset, second.waiting, second.trouble?.kind]).toEqual([true, 200, 'cut'])
  expect(await read(scene.app(user), second.cursor, {most: 5})).toMatchObject({isReset: false, waiting: 245})
})

test('several folders share the bound, also by names that people give', async () => {
  const user = scene.person()
  const box = scene.server.mailbox(user)
  const parent = box.addFolder("Bell's Projects")
  box.addFolder('North Wind', {parent: parent.id})
  await scene.deliver(user, {subject: 'in', received: ago(3)})
  await scene.deliver(user, {subject: 'project', folder: 'North Wind', received: ago(1)})
  await scene.deliver(user, {subject: 'older', folder: 'North Wind', received: ago(4)})
  const account = scene.app(user, {folders: ['Inbox', "Bell's Projects/North Wind"]})
  const {subjects, left, cursor} = await read(account, null, {most: 2})
  expect([subjects, left]).toEqual([['in', 'project'], 1])
  await scene.deliver(user, {subject: 'next', folder: 'North Wind'})
  expect((await read(account, cursor)).subjects).toEqual(['next'])
  const {trouble} = await read(scene.app(user, {folders: ['Nowhere']}), null)
  expect(trouble).toMatchObject({kind: 'folder', message: `${user} has no folder "Nowhere"`})
})

test('what moved into the folder is new there, by the id it always had', async () => {
  const user = scene.person()
  const id = await scene.deliver(user, {subject: 'not junk', folder: 'junkemail', received: ago(2)})
  const {cursor} = await read(scene.app(user), null)
  const box = scene.server.mailbox(user)
  box.move(box.message(id), box.folderNamed('inbox').id)
  const {batches} = await read(scene.app(user), cursor)
  expect(batches.flatMap(({mails}) => mails.map(({ref}) => ref.key))).toEqual([id])
})

test('never more than four requests are under way', () => {
  expect(scene.server.throttle.peak).toBe(4)
  expect(scene.server.requests.filter(({status}) => status === 429)).toEqual([])
})
