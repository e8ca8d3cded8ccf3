import {inspect} from 'node:util'
import {afterAll, afterEach, beforeAll, expect, test} from 'vitest'
import {expectSoon} from '../../../testing/expect-soon.js'
import {type GraphScene, openGraphScene} from '../../../testing/graph-scene.js'
import {tempFolder} from '../../../testing/temp-folder.js'
import type {GraphAccount} from '../../workspace/config.js'
import {login} from '../oauth/login.js'
import type {OpenDeps} from '../open-deps.js'
import {MailTrouble} from '../trouble.js'
import {openGraph} from './open-graph.js'

let scene: GraphScene

beforeAll(async () => {
  scene = await openGraphScene()
})

afterEach(() => {
  scene.server.behave()
  scene.server.showCertificate('good')
})

afterAll(() => scene.close())

async function subjects(account: GraphAccount, deps: OpenDeps = scene.machine()): Promise<string[]> {
  const mailbox = await openGraph(account, deps)
  try {
    const found: string[] = []
    for await (const {mails} of mailbox.read({cursor: null, since: Date.now() - 1e8, most: 99, signal: deps.signal}))
      found.push(...mails.map(({head}) => head.subject))
    return found
  } finally {
    await mailbox.close()
  }
}

async function troubleOf(account: GraphAccount, deps?: OpenDeps): Promise<MailTrouble> {
  const error = await subjects(account, deps).then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof MailTrouble)) throw new Error('no trouble', {cause: error})
  expect(inspect(error, {depth: 5})).not.toMatch(/EwB|refresh-\d|northwind-secret/)
  expect(error.message).not.toContain('\n')
  return error
}

test("a person's mailbox is read as /me, with the person's own login", async () => {
  const user = scene.person()
  const deps = scene.machine()
  await scene.deliver(user, {subject: 'mine'})
  expect(await troubleOf(scene.own(user), deps)).toMatchObject({kind: 'login', options: {fix: 'mcos email login work'}})
  await login(scene.own(user), deps, {show: ({code}) => scene.server.authority.approve(code, user)})
  expect(await subjects(scene.own(user), deps)).toEqual(['mine'])
})

test('a token that ends in the middle is renewed once for all who wait, and nothing is lost', async () => {
  const user = scene.person()
  const deps = scene.machine()
  for (let number = 1; number <= 12; number++) await scene.deliver(user, {subject: `${number}`})
  await login(scene.own(user), deps, {show: ({code}) => scene.server.authority.approve(code, user)})
  const mailbox = await openGraph(scene.own(user), deps)
  scene.server.authority.tokens.expire()
  const found: string[] = []
  for await (const {mails} of mailbox.read({cursor: null, since: 0, most: 99, signal: deps.signal}))
    found.push(...mails.map(({head}) => head.subject))
  await mailbox.close()
  expect(found).toHaveLength(12)
})

test('a login that is taken back in the middle is told as such', async () => {
  const user = scene.person()
  const deps = scene.machine()
  await login(scene.own(user), deps, {show: ({code}) => scene.server.authority.approve(code, user)})
  scene.server.authority.tokens.revoke(user, 'consent')
  expect(await troubleOf(scene.own(user), deps)).toMatchObject({kind: 'consent'})
})

test('a server that takes no token at all is asked twice and no more', async () => {
  const user = scene.person()
  scene.server.misbehave({what: 'refuse', status: 401, code: 'InvalidAuthenticationToken', on: /GET/, times: 99})
  const before = scene.server.requests.length
  expect(await troubleOf(scene.app(user))).toMatchObject({kind: 'credentials'})
  expect(scene.server.requests.length - before).toBe(2)
})

test('a mailbox that is not there or not open to this application is told', async () => {
  const user = scene.person()
  scene.server.misbehave({what: 'refuse', status: 403, code: 'ErrorAccessDenied', on: /mailFolders/})
  const denied = await troubleOf(scene.app(user))
  expect(denied).toMatchObject({kind: 'consent', options: {fix: expect.stringContaining('Mail.ReadWrite')}})
  scene.server.misbehave({what: 'refuse', status: 404, code: 'ErrorInvalidUser', on: /mailFolders/})
  expect(await troubleOf(scene.app(user))).toMatchObject({message: expect.stringContaining(`no mailbox of ${user}`)})
  await scene.deliver(user, {})
  scene.server.misbehave({what: 'refuse', status: 404, code: 'ErrorInvalidUser', on: /messages\/AAk/, times: 9})
  expect(await troubleOf(scene.app(user))).toMatchObject({message: expect.stringContaining(`no mailbox of ${user}`)})
})

test('a short wait is waited, a long one is left to the next beat', async () => {
  const user = scene.person()
  await scene.deliver(user, {subject: 'patience'})
  scene.server.misbehave({what: 'throttle', retryAfter: 1, on: /delta/})
  const began = Date.now()
  expect(await subjects(scene.app(user))).toEqual(['patience'])
  expect(Date.now() - began).toBeGreaterThanOrEqual(1_000)
  scene.server.misbehave({what: 'throttle', retryAfter: 120, on: /delta/})
  const soon = Date.now()
  expect(await troubleOf(scene.app(user))).toMatchObject({kind: 'throttled', options: {retryAfterMs: 120_000}})
  expectSoon(Date.now() - soon, 60_000)
})

test('all waits of one reading together are two seconds at most', async () => {
  const user = scene.person()
  for (let number = 1; number <= 8; number++) await scene.deliver(user, {})
  scene.server.misbehave({what: 'throttle', retryAfter: 1, times: 99, on: /users/})
  const before = scene.server.requests.length
  expect(await troubleOf(scene.app(user))).toMatchObject({kind: 'throttled', options: {retryAfterMs: 1_000}})
  expect(scene.server.requests.length - before).toBeLessThanOrEqual(4)
})

test('503 and a page of a proxy are "later", too', async () => {
  const user = scene.person()
  scene.server.misbehave({what: 'refuse', status: 503, code: 'Busy', headers: {'retry-after': '9'}, on: /delta/})
  expect(await troubleOf(scene.app(user))).toMatchObject({kind: 'throttled', options: {retryAfterMs: 9_000}})
  scene.server.misbehave({what: 'html', status: 502, on: /delta/})
  expect(await troubleOf(scene.app(user))).toMatchObject({kind: 'throttled', options: {retryAfterMs: 30_000}})
  scene.server.misbehave({what: 'html', status: 200, on: /delta/})
  expect(await troubleOf(scene.app(user))).toMatchObject({kind: 'protocol'})
})

test('a lost connection is told by where it was lost', async () => {
  const user = scene.person()
  await scene.deliver(user, {})
  for (const what of [{what: 'cut', when: 'before'}, {what: 'cut', when: 'after'}, {what: 'half'}] as const) {
    scene.server.misbehave({...what, on: /delta/})
    expect(await troubleOf(scene.app(user))).toMatchObject({kind: 'cut'})
  }
  scene.server.misbehave({what: 'silence', on: /delta/})
  expect(await troubleOf(scene.app(user, {timeoutMs: 500}))).toMatchObject({kind: 'timeout'})
  const none = {authority: scene.server.authorityUrl, baseUrl: 'https://127.0.0.1:1'}
  expect(await troubleOf(scene.app(user, none))).toMatchObject({kind: 'refused'})
  expect(await troubleOf(scene.app(user, {baseUrl: 'https://nowhere.invalid'}))).toMatchObject({
    kind: 'unknown-host',
    message: "nowhere.invalid is not known to this machine's name server",
  })
  expect(await troubleOf(scene.app(user, {baseUrl: 'http://127.0.0.1:1'}))).toMatchObject({kind: 'protocol'})
})

test.each(['self-signed', 'wrong-host', 'expired'] as const)(
  'a certificate that is %s is not believed',
  async (kind) => {
    const dir = tempFolder()
    const user = scene.person()
    // The token is there already: it is Graph itself that can't be believed.
    await subjects(scene.app(user), scene.machine({dir}))
    scene.server.showCertificate(kind)
    const trouble = await troubleOf(scene.app(user), scene.machine({dir}))
    expect(trouble).toMatchObject({
      kind: 'certificate',
      options: {fix: expect.stringContaining('ca: of mail account work')},
    })
  },
)

test("an end that is not the server's is handed on as it is", async () => {
  const over = new AbortController()
  const user = scene.person()
  scene.server.misbehave({what: 'silence', on: /delta/})
  const reading = subjects(scene.app(user), scene.machine({signal: over.signal}))
  setTimeout(() => over.abort(new Error('stopped')), 300)
  await expect(reading).rejects.toThrow('stopped')
})
