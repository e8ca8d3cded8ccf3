import {chmodSync} from 'node:fs'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {expect, onTestFinished, test} from 'vitest'
import {openScene} from '../../../testing/heartbeat-scene.js'
import {presentSecretsCheck} from '../../present/secrets.js'
import {checkSecrets} from './check.js'

/** Put together at run time, so that no scanner takes this file for a leak. */
const fill = (length: number) => 'aB3k'.repeat(length).slice(0, length)
const ANTHROPIC = `sk-ant-api03-${fill(60)}`
const BOT = `123456789:AA${fill(33)}`

async function statesOf(config: string, env: Record<string, string>, files: Record<string, string> = {}) {
  const scene = openScene({files: {'mcos.yaml': `version: 1\nname: northwind\n${config}`, ...files}, env})
  const report = await checkSecrets(await scene.open(), {live: false})
  return {
    report,
    states: Object.fromEntries(report.secrets.map(({where, state}) => [where.replace(/^.* /, ''), state])),
  }
}

test('each reference is told with what is wrong with it, and none with its value', async () => {
  const env: Record<string, string> = {
    GOOD: ANTHROPIC,
    FAKE: 'changeme',
    SHELL: '$OPENAI_API_KEY',
    QUOTED: `"sk-proj-${fill(48)}"`,
    OTHER: `sk-proj-${fill(48)}`,
    BLANK: '  ',
    SHORT: 'sk-1',
    LINES: `sk-proj-${fill(30)}\nsk-proj-${fill(30)}`,
    XXX: 'sk-xxxxxxxxxxxxxxxxxxxxxxxx',
    ANGLE: '<your-api-key>',
  }
  const engine = (name: string, kind: string, key: string) =>
    `  ${name}: { kind: ${kind}, model: m, key: env:${key} }\n`
  const config = `engines:\n${[
    engine('good', 'anthropic', 'GOOD'),
    engine('none', 'anthropic', 'NOT_THERE'),
    engine('fake', 'openai', 'FAKE'),
    engine('shell', 'openai', 'SHELL'),
    engine('quoted', 'openai', 'QUOTED'),
    engine('other', 'anthropic', 'OTHER'),
    engine('blank', 'openai', 'BLANK'),
    engine('short', 'openai', 'SHORT'),
    engine('lines', 'openai', 'LINES'),
    engine('xxx', 'openai', 'XXX'),
    engine('angle', 'openai', 'ANGLE'),
  ].join('')}`
  const {report, states} = await statesOf(config, env)
  expect(states).toEqual({
    'engines.good.key': 'ok',
    'engines.none.key': 'missing',
    'engines.fake.key': 'shape',
    'engines.shell.key': 'shape',
    'engines.quoted.key': 'shape',
    'engines.other.key': 'shape',
    'engines.blank.key': 'missing',
    'engines.short.key': 'shape',
    'engines.lines.key': 'shape',
    'engines.xxx.key': 'shape',
    'engines.angle.key': 'shape',
  })
  expect(report.ok).toBe(false)
  const told = presentSecretsCheck(report) + JSON.stringify(report)
  for (const value of Object.values(env)) if (value.trim().length > 5) expect(told).not.toContain(value.trim())
  expect(told).toContain('a key of Anthropic begins with sk-ant-')
})

test('what mail accounts refer to is named as it stands in mcos.yaml, and tried by a check of the account', async () => {
  const accounts = [
    '  home: { kind: imap, host: imap.example, user: ada, password: env:HOME_MAIL, agent: donna }',
    '  lists: { kind: imap, host: imap.example, user: ada, token: env:NO_TOKEN, agent: donna }',
    '  work: { kind: graph, user: a@b.example, tenant: t, client_id: c, client_secret: "command:pass show work", agent: donna }',
  ]
  const scene = openScene({
    files: {'mcos.yaml': `version: 1\nname: n\nmail:\n accounts:\n${accounts.join('\n')}\n`},
    env: {HOME_MAIL: fill(16)},
  })
  const {secrets} = await checkSecrets(await scene.open(), {live: true})
  expect(secrets.map(({where, state, live_detail}) => `${where}: ${state}, ${live_detail}`)).toEqual([
    'mcos.yaml mail.accounts.home.password: ok, mcos email check home tries it',
    'mcos.yaml mail.accounts.lists.token: missing, it is not there to be tried',
    'mcos.yaml mail.accounts.work.client_secret: missing, it is not there to be tried',
  ])
})

test('a token of two agents, one in git and one open to others are wrong', async () => {
  const scene = openScene({
    files: {
      'mcos.yaml': `version: 1\nname: n\nengines:\n  c: { kind: anthropic, model: m, key: "file:HOME/open" }\n  d: { kind: openai, model: m, base_url: "http://127.0.0.1:9", key: "file:HOME/in-git" }\n  e: { kind: openai, model: m, base_url: "http://127.0.0.1:9", key: "file:HOME/.mcos/kept" }\n`,
      'workspaces/donna/SOUL.md': '---\nkeys: {c: env:ONE}\n---\n# Donna\n',
      'workspaces/jarvis/SOUL.md': '---\nkeys: {c: env:TWO}\n---\n# Jarvis\n',
    },
    env: {ONE: ANTHROPIC, TWO: ANTHROPIC},
  })
  scene.write('mcos.yaml', scene.read('mcos.yaml').replaceAll('HOME', scene.dir))
  for (const [file, mode] of [
    ['open', 0o644],
    ['in-git', 0o600],
    ['.mcos/kept', 0o600],
  ] as const) {
    scene.write(file, `${ANTHROPIC}-of-${file.replace(/\W/g, '')}`)
    chmodSync(`${scene.dir}/${file}`, mode)
  }
  const {secrets} = await checkSecrets(await scene.open(), {live: false})
  expect(secrets.map(({where, state}) => `${where.replace(/^.* /, '')} ${state}`)).toEqual([
    'engines.c.key open',
    'engines.d.key in-git',
    'engines.e.key ok',
    'keys.c shared',
    'keys.c shared',
  ])
})

test('live, it is asked who gave it out, on whatever address the engine has, and told what can not be tried', async () => {
  const seen: string[] = []
  const server = createServer((request, response) => {
    const {url = '', headers} = request
    seen.push(`${request.method} ${url} ${headers['x-api-key'] ?? headers.authorization ?? ''}`)
    const isBad = url.startsWith('/bad') || headers.authorization === `Bearer ${fill(40)}`
    response.statusCode = url.startsWith('/down') ? 503 : isBad ? 401 : 200
    response.end('{}')
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  onTestFinished(() => void server.close())
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const config = [
    'engines:',
    `  a: { kind: anthropic, model: m, base_url: "${base}/v1", key: env:A }`,
    `  o: { kind: openai, model: m, base_url: "${base}/v1", key: env:O }`,
    `  bad: { kind: openai, model: m, base_url: "${base}/bad", key: env:BAD }`,
    `  down: { kind: openai, model: m, base_url: "${base}/down", key: env:DOWN }`,
    `  gone: { kind: openai, model: m, base_url: "http://127.0.0.1:1/v1", key: env:GONE }`,
    'channels:',
    `  ada: { kind: telegram, token: env:BOT, chat: "1", base_url: "${base}" }`,
    '  hook: { kind: webhook, url: env:HOOK }',
  ].join('\n')
  const env = {
    A: ANTHROPIC,
    O: fill(41),
    BAD: fill(42),
    DOWN: fill(43),
    GONE: fill(44),
    BOT,
    HOOK: 'https://hook.example/x',
  }
  const scene = openScene({files: {'mcos.yaml': `version: 1\nname: n\n${config}\n`}, env})
  const {secrets, ok} = await checkSecrets(await scene.open(), {live: true})
  expect(Object.fromEntries(secrets.map(({reference, live}) => [reference, live]))).toEqual({
    'env:A': 'accepted',
    'env:O': 'accepted',
    'env:BAD': 'refused',
    'env:DOWN': 'untried',
    'env:GONE': 'untried',
    'env:BOT': 'accepted',
    'env:HOOK': 'untried',
  })
  expect(ok).toBe(false)
  expect(seen).toContain(`GET /v1/models ${ANTHROPIC}`)
  expect(seen).toContain(`GET /v1/models Bearer ${fill(41)}`)
  expect(seen).toContain(`GET /bot${BOT}/getMe `)
  for (const value of Object.values(env)) expect(JSON.stringify(secrets)).not.toContain(value)
})

test('in a fleet from elsewhere no secret is handed to an address nobody has trusted', async () => {
  const config = 'engines:\n  a: { kind: openai, model: m, base_url: "http://127.0.0.1:9/v1", key: env:A }\n'
  const scene = openScene({
    files: {'mcos.yaml': `version: 1\nname: n\n${config}`},
    env: {A: fill(40)},
    madeHere: false,
  })
  scene.git('remote', 'add', 'origin', 'https://git.example/fleet.git')
  const {secrets} = await checkSecrets(await scene.open(), {live: true})
  expect(secrets.map(({live, live_detail}) => `${live}: ${live_detail}`)).toEqual([
    'untried: its address waits for a person: mcos trust',
  ])
})

test('a program is asked for its secret only live, and its failure is told', async () => {
  const config = (command: string) =>
    `version: 1\nname: n\nengines:\n  a: { kind: openai, model: m, base_url: "http://127.0.0.1:1/v1", key: "command:${command}" }\n`
  const scene = openScene({files: {'mcos.yaml': config('false --why')}})
  const fleet = await scene.open()
  expect((await checkSecrets(fleet, {live: false})).secrets).toMatchObject([
    {reference: 'command:false …', state: 'unknown'},
  ])
})
