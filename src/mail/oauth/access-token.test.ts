import {readFileSync, statSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, afterEach, beforeAll, expect, test} from 'vitest'
import {type GraphScene, openGraphScene} from '../../../testing/graph-scene.js'
import {tempFolder} from '../../../testing/temp-folder.js'
import {fixedClock} from '../../kit/clock.js'
import {tryLock} from '../../kit/lock.js'
import type {ImapAccount} from '../../workspace/config.js'
import type {OpenDeps} from '../open-deps.js'
import type {MailTrouble} from '../trouble.js'
import {accessToken} from './access-token.js'
import {login} from './login.js'

let scene: GraphScene

beforeAll(async () => {
  scene = await openGraphScene()
})

afterEach(() => scene.server.behave())
afterAll(() => scene.close())

const HOUR_MS = 3_600_000

/** A person who logs in at once, whoever asks. */
function logIn(account: Parameters<typeof login>[0], deps: OpenDeps, user: string): Promise<{user: string}> {
  return login(account, deps, {show: ({code}) => scene.server.authority.approve(code, user)})
}

function stored(deps: OpenDeps, name = 'work'): {access: string; expires: number; cache: string} {
  return JSON.parse(readFileSync(join(deps.mcos.dir, `mail/tokens/${name}.json`), 'utf8'))
}

async function troubleOf(work: Promise<unknown>): Promise<MailTrouble> {
  return work.then(
    () => {
      throw new Error('nothing went wrong')
    },
    (error: MailTrouble) => error,
  )
}

test('an application gets a token by its secret, keeps it, and asks nobody while it is good', async () => {
  const [account, deps] = [scene.app(scene.person()), scene.machine()]
  const token = await accessToken(account, deps)
  expect(scene.server.authority.tokens.holder(token)).toMatchObject({user: null})
  const silent = {...deps, secret: () => Promise.reject(new Error('asked for the secret'))}
  expect(await accessToken(account, silent)).toBe(token)
  expect(await accessToken(account, deps, token)).not.toBe(token)
})

test('a person logs in at a code, and what is kept can be read by nobody else', async () => {
  const user = scene.person()
  const [account, deps] = [scene.own(user), scene.machine()]
  const shown: object[] = []
  const done = await login(account, deps, {
    show: (code) => {
      shown.push(code)
      scene.server.authority.approve(code.code, user)
    },
  })
  expect(done).toEqual({user})
  expect(shown).toEqual([
    {
      code: expect.stringMatching(/^CODE\d+$/),
      url: `${scene.server.authorityUrl}/devicelogin`,
      expires: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    },
  ])
  expect(statSync(join(deps.mcos.dir, 'mail/tokens/work.json')).mode & 0o777).toBe(0o600)
  expect(scene.server.authority.tokens.holder(await accessToken(account, deps))).toMatchObject({user})
  expect([...scene.server.authority.scopesAsked].filter((scope) => /send/i.test(scope))).toEqual([])
})

test('each silent renewal is written back, as the refresh token is another one then', async () => {
  const user = scene.person()
  const clock = fixedClock(Date.now())
  const [account, deps] = [scene.own(user), scene.machine({clock})]
  await logIn(account, deps, user)
  const tokens = [stored(deps)]
  for (let hour = 0; hour < 3; hour++) {
    clock.advance(HOUR_MS)
    await accessToken(account, deps)
    tokens.push(stored(deps))
    clock.set(Date.now())
    expect(await accessToken(account, deps)).toBe(tokens.at(-1)?.access)
    clock.advance(hour * HOUR_MS)
  }
  expect(new Set(tokens.map(({cache}) => /0\.refresh-\d+/.exec(cache)?.[0])).size).toBe(4)
  expect(statSync(join(deps.mcos.dir, 'mail/tokens/work.json')).mode & 0o777).toBe(0o600)
})

test('two that renew at once use one refresh token once, and have the same token after it', async () => {
  const user = scene.person()
  const dir = tempFolder()
  const clock = fixedClock(Date.now())
  const account = scene.own(user)
  await logIn(account, scene.machine({dir, clock}), user)
  const old = stored(scene.machine({dir})).access
  const got = await Promise.all(Array.from({length: 5}, () => accessToken(account, scene.machine({dir, clock}), old)))
  expect(new Set(got).size).toBe(1)
  expect(got[0]).not.toBe(old)
})

test('an IMAP account logs in for its own scope, and a token of somebody else is handed on', async () => {
  const user = scene.person()
  const {tenant, clientId, authority, ca, ...rest} = scene.own(user)
  const common = {...rest, kind: 'imap', host: 'imap.example', port: null, tls: 'implicit', user, ca} as const
  const imap: ImapAccount = {...common, login: {kind: 'device-code', tenant, clientId, authority}}
  const deps = scene.machine()
  await logIn(imap, deps, user)
  const {scopes} = scene.server.authority.tokens.holder(await accessToken(imap, deps))
  expect(scopes).toContain('https://outlook.office.com/IMAP.AccessAsUser.All')
  const ref = {source: 'env', value: 'GRAPH_SECRET'} as const
  expect(await accessToken({...common, login: {kind: 'token', ref}}, deps)).toBe('northwind-secret')
  const trouble = await troubleOf(logIn({...common, login: {kind: 'token', ref}}, deps, user))
  expect(trouble).toMatchObject({kind: 'login', options: {fix: 'mcos email check work'}})
})

test('who never logged in, or as somebody else, is sent to do so', async () => {
  const [user, other] = [scene.person(), scene.person()]
  const deps = scene.machine()
  const first = await troubleOf(accessToken(scene.own(user), deps))
  expect(first).toMatchObject({kind: 'login', options: {fix: 'mcos email login work'}})
  await logIn(scene.own(user), deps, user)
  const second = await troubleOf(accessToken(scene.own(other), deps))
  expect(second).toMatchObject({kind: 'login', message: `nobody has logged in as ${other} on this machine`})
})

test.each(['', '{', '{}', '[]', '{"grant":1}', '\0\0\0', '{"access":"SECRET","cache":"x"'])(
  'a damaged login %j is an error that says log in again, and quotes nothing',
  async (text) => {
    const user = scene.person()
    const deps = scene.machine()
    await logIn(scene.own(user), deps, user)
    writeFileSync(join(deps.mcos.dir, 'mail/tokens/work.json'), text)
    const trouble = await troubleOf(accessToken(scene.own(user), deps))
    expect(trouble).toMatchObject({kind: 'login', options: {fix: 'mcos email login work'}})
    expect(`${trouble.stack} ${JSON.stringify(trouble)}`).not.toContain('SECRET')
  },
)

test('a cache that only msal finds damaged ends the same way, and a new login mends it', async () => {
  const user = scene.person()
  const deps = scene.machine()
  await logIn(scene.own(user), deps, user)
  const path = join(deps.mcos.dir, 'mail/tokens/work.json')
  for (const cache of ['{', 'null', '{"Account":{"a":7}}', '[]']) {
    writeFileSync(path, JSON.stringify({...stored(deps), expires: 0, cache}))
    expect(await troubleOf(accessToken(scene.own(user), deps))).toMatchObject({kind: 'login'})
  }
  await logIn(scene.own(user), deps, user)
  await accessToken(scene.own(user), deps)
})

test('an application asks anew where its cache is damaged', async () => {
  const [account, deps] = [scene.app(scene.person()), scene.machine()]
  await accessToken(account, deps)
  writeFileSync(join(deps.mcos.dir, 'mail/tokens/work.json'), '{')
  expect(await accessToken(account, deps)).toBe(stored(deps).access)
})

test.each([
  ['consent', 'consent', 'AADSTS65001'],
  ['password', 'consent', 'AADSTS50173'],
  ['unused', 'login', 'AADSTS700082'],
] as const)('a login that ends by %s is told as %s', async (why, kind, code) => {
  const user = scene.person()
  const deps = scene.machine()
  await logIn(scene.own(user), deps, user)
  const {access} = stored(deps)
  scene.server.authority.tokens.revoke(user, why)
  const trouble = await troubleOf(accessToken(scene.own(user), deps, access))
  expect(trouble).toMatchObject({kind, options: {fix: 'mcos email login work'}})
  expect(trouble.message).toContain(code)
  expect(`${trouble.stack} ${JSON.stringify(trouble)}`).not.toMatch(/refresh-|EwB/)
})

test('a wrong secret names its reference, a wrong client or tenant the account', async () => {
  const user = scene.person()
  const wrong = {...scene.machine(), secret: async () => 'not-it'}
  const trouble = await troubleOf(accessToken(scene.app(user), wrong))
  expect(trouble).toMatchObject({kind: 'credentials'})
  expect(trouble.message).toMatch(/refuses the client secret env:GRAPH_SECRET \(AADSTS7000215\)$/)
  expect(`${trouble.stack} ${JSON.stringify(trouble)}`).not.toContain('not-it')
  const strange = await troubleOf(accessToken(scene.app(user, {clientId: 'who'}), scene.machine()))
  expect(strange).toMatchObject({kind: 'credentials'})
  const authority = `${scene.server.baseUrl}/elsewhere.example`
  expect(await troubleOf(accessToken(scene.app(user, {authority}), scene.machine()))).toMatchObject({
    kind: 'credentials',
    message: expect.stringContaining('AADSTS90002'),
  })
})

test("a secret that is not there is the account's trouble", async () => {
  const account = scene.app(scene.person(), {clientSecret: {source: 'env', value: 'NOWHERE'}})
  const trouble = await troubleOf(accessToken(account, scene.machine()))
  expect(trouble).toMatchObject({
    kind: 'secret',
    message: 'The secret env:NOWHERE is not there.',
    options: {fix: 'Set it.'},
  })
})

test("a login that can't be read or kept because of the disk is told so, before a token is used up", async () => {
  const user = scene.person()
  const deps = scene.machine()
  deps.mcos.makeFolder('mail/tokens/work.json')
  expect(await troubleOf(accessToken(scene.own(user), deps))).toMatchObject({kind: 'storage'})
  expect(await troubleOf(accessToken(scene.app(user), deps))).toMatchObject({kind: 'storage'})
})

test('another process that renews without end is not waited for without end', async () => {
  const user = scene.person()
  const deps = scene.machine()
  const answer = tryLock(deps.mcos, 'mail-token-work', {clock: deps.clock})
  if (!('lock' in answer)) throw new Error('it is held')
  expect(await troubleOf(accessToken(scene.app(user, {timeoutMs: 200}), deps))).toMatchObject({kind: 'timeout'})
  answer.lock.release()
  await accessToken(scene.app(user), deps)
})

test('who declines, or takes too long, has not logged in', async () => {
  const deps = scene.machine()
  const account = scene.own(scene.person())
  const end = (how: 'declined' | 'expired') =>
    troubleOf(login(account, deps, {show: ({code}) => scene.server.authority.refuse(code, how)}))
  expect(await end('declined')).toMatchObject({kind: 'consent'})
  expect(await end('expired')).toMatchObject({kind: 'login'})
  expect(deps.mcos.readText('mail/tokens/work.json')).toBe(null)
})

test('a login can be given up while it waits', async () => {
  const over = new AbortController()
  const deps = scene.machine({signal: over.signal})
  const waiting = login(scene.own(scene.person()), deps, {show: () => over.abort(new Error('given up'))})
  await expect(waiting).rejects.toThrow('given up')
})

test('a busy or strange authority and a lost connection are each told as what they are', async () => {
  const user = scene.person()
  const get = (over = {}) => troubleOf(accessToken(scene.app(user, over), scene.machine()))
  const on = /POST .*token/
  scene.server.misbehave({what: 'cut', when: 'before', on})
  expect(await get()).toMatchObject({kind: 'cut'})
  scene.server.misbehave({what: 'html', status: 200, on})
  expect(await get()).toMatchObject({kind: 'protocol'})
  scene.server.misbehave({what: 'html', status: 503, on})
  expect(await get()).toMatchObject({kind: 'throttled', options: {retryAfterMs: 30_000}})
  scene.server.misbehave({what: 'silence', on})
  expect(await get({timeoutMs: 100})).toMatchObject({kind: 'timeout'})
  expect(await get({authority: 'https://127.0.0.1:1/t'})).toMatchObject({kind: 'refused'})
  expect(await get({authority: 'https://nowhere.invalid/t'})).toMatchObject({kind: 'unknown-host'})
  expect(await get({authority: 'http://127.0.0.1:1/t'})).toMatchObject({kind: 'protocol'})
  expect(await get({ca: null})).toMatchObject({
    kind: 'certificate',
    options: {fix: expect.stringContaining('ca: of mail account work')},
  })
  expect(await get({ca: '/nowhere.pem'})).toMatchObject({kind: 'storage'})
})
