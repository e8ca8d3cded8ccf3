import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, expect} from 'vitest'
import {type Dovecot, startDovecot} from '../../../testing/dovecot/server.js'
import {type GraphScene, openGraphScene} from '../../../testing/graph-scene.js'
import type {Scene} from '../../../testing/heartbeat-scene.js'
import {openMailScene} from '../../../testing/mail-scene.js'
import {DOVECOT, testNeeding} from '../../../testing/needs.js'
import {checkAccounts} from './check.js'
import {logIn} from './login.js'
import {triageMail} from './triage.js'

const test = testNeeding(...DOVECOT)
const PERSON = {kind: 'person'} as const
const signal = new AbortController().signal

let dovecot: Promise<Dovecot> | null = null
let graph: Promise<GraphScene> | null = null
afterAll(async () => {
  await (await dovecot)?.close()
  await (await graph)?.close()
})

async function servers(): Promise<{imap: Dovecot; web: GraphScene}> {
  dovecot ??= startDovecot({users: {ada: 'a good one'}})
  graph ??= openGraphScene()
  return {imap: await dovecot, web: await graph}
}

function mail(subject: string): string {
  const head = ['From: Ben <ben@partner.example>', 'To: ada@northwind.example', `Message-ID: <${subject}@x.example>`]
  return [...head, `Subject: ${subject}`, 'Date: Sat, 21 Nov 2026 08:00:00 +0000', '', 'Hello', ''].join('\r\n')
}

async function triage(scene: Scene) {
  const request = {accounts: [], apply: false, model: false}
  return triageMail(await scene.open(), request, {watch: {signal}, actor: PERSON})
}

const codes = (accounts: Awaited<ReturnType<typeof triage>>['accounts']) =>
  Object.fromEntries(
    accounts.map(({account, state, new: fresh, error}) => [account, error?.code ?? `${state} ${fresh}`]),
  )

test('whatever is wrong with an account is one line with what mends it, and the others are read on time', async () => {
  const {imap, web} = await servers()
  const user = web.person()
  const at = `kind: imap, host: 127.0.0.1, port: ${imap.tlsPort}, user: ada, agent: donna, since: 3650d`
  const {server} = web
  const app = `tenant: ${server.tenant}, client_id: ${server.client.id}, authority: "${server.authorityUrl}"`
  const scene = openMailScene({
    env: {GOOD: 'a good one', BAD: 'a wrong one'},
    accounts: {
      home: `${at}, ca: "${imap.ca}", password: env:GOOD`,
      wrong: `${at}, ca: "${imap.ca}", password: env:BAD`,
      stranger: `${at}, password: env:GOOD`,
      unknown: 'kind: imap, host: mail.invalid, user: ada, password: env:GOOD, agent: donna',
      work: `kind: graph, user: ${user}, ${app}, base_url: "${server.baseUrl}", ca: "${server.ca}", agent: donna, since: 3650d`,
      local: 'kind: maildir, path: Mail, agent: donna, since: 3650d',
    },
    files: {'.gitignore': '.mcos/\nMail/\n'},
  })
  imap.deliver('ada', mail('one'))
  for (const part of ['cur', 'new', 'tmp']) mkdirSync(join(scene.dir, 'Mail', part), {recursive: true})
  writeFileSync(join(scene.dir, 'Mail/new/1.a'), mail('two'))

  const first = await triage(scene)
  const wrongOnes = {wrong: 'credentials', stranger: 'certificate', unknown: 'unknown-host', work: 'login'}
  expect(codes(first.accounts)).toEqual({home: 'ok 1', ...wrongOnes, local: 'ok 1'})
  for (const {error} of first.accounts) {
    expect(error?.message ?? '').not.toMatch(/\n|a good one|a wrong one/)
    expect(error === null ? 1 : error.suggestions.length).toBe(1)
  }

  const knocks = (): number => imap.log().split('auth failed').length
  const before = knocks()
  expect(before).toBeGreaterThan(1)
  expect(codes((await triage(scene)).accounts)).toMatchObject({home: 'ok 0', wrong: 'credentials', local: 'ok 0'})
  expect(knocks()).toBe(before)

  const approve = (line: string): void => server.authority.approve(/type (\S+)/.exec(line)?.[1] ?? '', user)
  await logIn(await scene.open(), 'work', {signal, show: approve})
  await web.deliver(user, {subject: 'three', messageId: '<three@x.example>'})
  imap.user('ada', 'a wrong one')
  const checked = await checkAccounts(await scene.open(), {names: ['wrong', 'home'], signal}, PERSON)
  expect(checked.accounts.map(({state}) => state)).toEqual(['ok', 'failed'])
  expect(codes((await triage(scene)).accounts)).toMatchObject({
    work: 'ok 1',
    wrong: 'ok 1',
    home: 'credentials',
    local: 'ok 0',
  })

  server.authority.tokens.revoke(user, 'consent')
  server.authority.tokens.expire()
  expect(codes((await triage(scene)).accounts)).toMatchObject({work: 'consent', wrong: 'ok 0', local: 'ok 0'})
})
