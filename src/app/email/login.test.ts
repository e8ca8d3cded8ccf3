import {afterAll, beforeAll, expect, test} from 'vitest'
import {type GraphScene, openGraphScene} from '../../../testing/graph-scene.js'
import type {Scene} from '../../../testing/heartbeat-scene.js'
import {openMailScene} from '../../../testing/mail-scene.js'
import {formatAccountState, readAccountState} from '../../mail/desk/account-state.js'
import {checkAccounts} from './check.js'
import {logIn} from './login.js'

const PERSON = {kind: 'person'} as const
const signal = new AbortController().signal

let graph: GraphScene

beforeAll(async () => {
  graph = await openGraphScene()
})
afterAll(() => graph.close())

function openFleet(user: string): Scene {
  const {server} = graph
  const app = `tenant: ${server.tenant}, client_id: ${server.client.id}, authority: "${server.authorityUrl}"`
  const common = `kind: graph, user: ${user}, ${app}, base_url: "${server.baseUrl}", ca: "${server.ca}", agent: donna`
  return openMailScene({
    env: {GRAPH_SECRET: server.client.secret ?? '', WRONG: 'another secret'},
    accounts: {
      work: common,
      app: `${common}, client_secret: env:GRAPH_SECRET`,
      wrong: `${common}, client_secret: env:WRONG`,
      home: 'kind: imap, host: imap.example, user: ada, password: env:HOME_MAIL, agent: donna',
      local: 'kind: maildir, path: Mail, agent: donna',
    },
  })
}

/** A person with another device, who types the code that they were shown. */
function person(user: string, shown: string[]) {
  return {
    signal,
    show: (line: string) => {
      shown.push(line)
      graph.server.authority.approve(/type (\S+)/.exec(line)?.[1] ?? '', user)
    },
  }
}

async function stateOf(scene: Scene, name: string) {
  const {accounts} = await checkAccounts(await scene.open(), {names: [name], signal}, PERSON)
  const [{state, error} = {state: null, error: null}] = accounts
  return {state, code: error?.code ?? null, fix: error?.suggestions[0] ?? null}
}

test('who logs in with the code that is shown can open the account, until the consent is taken back', async () => {
  const user = graph.person()
  const scene = openFleet(user)
  expect(await stateOf(scene, 'work')).toEqual({state: 'failed', code: 'login', fix: 'mcos email login work'})
  const fleet = await scene.open()
  const failure = {
    kind: 'login',
    message: 'run out',
    fix: 'mcos email login work',
    since: '2026-11-21T07:00:00.000Z',
    notBefore: null,
    refused: 'the old login',
  } as const
  fleet.mcos.write('mail/work.json', formatAccountState({cursor: null, checked: null, fresh: 0, failure}))
  const shown: string[] = []
  const login = await logIn(fleet, 'work', person(user, shown))
  expect(login).toMatchObject({account: 'work', user, detail: `logged in as ${user}`, next: 'mcos email check work'})
  expect(shown).toEqual([
    expect.stringMatching(/^Open https:\/\/127\.0\.0\.1:\d+\/\S+\/devicelogin and type CODE\d+ \(until 20/),
  ])
  expect(readAccountState(fleet.mcos, 'work').state.failure).toMatchObject({refused: null})
  expect(await stateOf(scene, 'work')).toEqual({state: 'ok', code: null, fix: null})
  const {tokens} = graph.server.authority
  tokens.expire()
  expect(await stateOf(scene, 'work')).toMatchObject({state: 'ok'})
  for (const [why, code] of [
    ['consent', 'consent'],
    ['password', 'consent'],
    ['unused', 'login'],
  ] as const) {
    tokens.revoke(user, why)
    expect(await stateOf(scene, 'work')).toEqual({state: 'failed', code, fix: 'mcos email login work'})
  }
})

test('a person who says no, and a code that has run out, are one line with the command to try again', async () => {
  const user = graph.person()
  const fleet = await openFleet(user).open()
  const site = {
    signal,
    show: (line: string) => graph.server.authority.refuse(/type (\S+)/.exec(line)?.[1] ?? '', 'declined'),
  }
  await expect(logIn(fleet, 'work', site)).rejects.toMatchObject({
    code: 'MAIL_CONSENT',
    exit: 1,
    suggestions: ['mcos email login work'],
  })
})

test('what needs no login is told so, and nobody is asked', async () => {
  const fleet = await openFleet(graph.person()).open()
  const site = {
    signal,
    show: () => {
      throw new Error('a code was shown')
    },
  }
  const detail = async (name: string) => (await logIn(fleet, name, site)).detail
  expect(await detail('app')).toBe('it needs no login: the application proves itself by env:GRAPH_SECRET')
  expect(await detail('home')).toBe('it needs no login: it proves itself by env:HOME_MAIL')
  expect(await detail('local')).toBe('it is a folder of this machine, Mail, and needs no login')
  await expect(logIn(fleet, 'wrk', site)).rejects.toMatchObject({
    code: 'NO_ACCOUNT',
    suggestions: ['Did you mean work?'],
  })
})

test('an application opens its mailbox by its secret, and by no other one', async () => {
  const scene = openFleet(graph.person())
  expect(await stateOf(scene, 'app')).toMatchObject({state: 'ok'})
  expect(await stateOf(scene, 'wrong')).toEqual({
    state: 'failed',
    code: 'credentials',
    fix: 'put a secret that is good behind env:WRONG, then: mcos email check wrong',
  })
})
