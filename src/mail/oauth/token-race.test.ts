import {type ChildProcess, spawn} from 'node:child_process'
import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {type GraphScene, openGraphScene} from '../../../testing/graph-scene.js'
import {tempFolder} from '../../../testing/temp-folder.js'
import {login} from './login.js'

let scene: GraphScene

beforeAll(async () => {
  scene = await openGraphScene({latencyMs: 20})
})

afterAll(() => scene.close())

const CODE = `
import {accessToken} from ${JSON.stringify(pathToFileURL(join(import.meta.dirname, 'access-token.ts')).href)}
import {openFolder} from ${JSON.stringify(pathToFileURL(join(import.meta.dirname, '../../kit/folder.ts')).href)}
const {dir, account} = JSON.parse(process.env.SCENE)
const deps = {name: 'work', home: openFolder(dir), mcos: openFolder(dir + '/.mcos'), clock: {now: () => Date.now()}, env: {},
  signal: new AbortController().signal, secret: async () => { throw new Error('no secret') }}
process.stdout.write('ready')
process.stdin.once('data', async () => {
  process.stdout.write('|' + await accessToken(account, deps).catch((error) => error.kind + ': ' + error.message))
  process.exit()
})
`

interface Runner {
  readonly child: ChildProcess
  readonly ready: Promise<void>
  readonly done: Promise<string>
}

function run(sceneOf: object): Runner {
  const args = ['--import', 'tsx', '--input-type=module', '-e', CODE]
  const child = spawn(process.execPath, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {...process.env, SCENE: JSON.stringify(sceneOf)},
  })
  let text = ''
  const ready = new Promise<void>((resolve) => child.stdout?.once('data', () => resolve()))
  child.stdout?.on('data', (chunk) => {
    text += chunk
  })
  const done = new Promise<string>((resolve) => child.once('close', () => resolve(text.split('|')[1] ?? '')))
  return {child, ready, done}
}

test('processes that renew one login at the same moment use its refresh token once', async () => {
  const user = scene.person()
  const dir = tempFolder()
  const account = scene.own(user)
  const deps = scene.machine({dir})
  await login(account, deps, {show: ({code}) => scene.server.authority.approve(code, user)})
  const path = join(dir, '.mcos/mail/tokens/work.json')
  const before = JSON.parse(readFileSync(path, 'utf8'))
  writeFileSync(path, JSON.stringify({...before, expires: 0}))
  const runners = [run({dir, account}), run({dir, account})]
  await Promise.all(runners.map(({ready}) => ready))
  for (const {child} of runners) child.stdin?.end('go')
  const tokens = await Promise.all(runners.map(({done}) => done))
  expect(new Set(tokens).size).toBe(1)
  expect(scene.server.authority.tokens.holder(tokens[0] ?? '')).toMatchObject({user})
  expect(JSON.parse(readFileSync(path, 'utf8')).access).toBe(tokens[0])
})
