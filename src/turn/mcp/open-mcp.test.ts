import {spawnSync} from 'node:child_process'
import {existsSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {describe, expect, onTestFinished, test} from 'vitest'
import {type FakeAddress, openFakeAddress} from '../../../testing/fake-mcp/fake-address.js'
import {openScene} from '../../../testing/heartbeat-scene.js'
import {isSoonGone} from '../../../testing/is-gone.js'
import {tempFolder} from '../../../testing/temp-folder.js'
import {mcpClaimOf} from './claim.js'
import {type McpHands, McpTrouble} from './hands.js'
import {MCP_LIMITS, type McpLimits} from './limits.js'
import {openMcp} from './open-mcp.js'

const SERVER = fileURLToPath(new URL('../../../testing/fake-mcp/fake-server.mjs', import.meta.url))
const never = new AbortController().signal

interface Options {
  readonly limits?: Partial<McpLimits>
  readonly env?: Readonly<Record<string, string>>
  readonly madeHere?: boolean
  readonly settings?: string
}

function program(...args: string[]): string {
  return `command: ${JSON.stringify([process.execPath, SERVER, ...args])}`
}

async function open(server: string, {limits = {}, env = {}, madeHere = true, settings = ''}: Options = {}) {
  const yaml = `version: 1\nname: northwind\nmcp:\n  index: {${server}, agents: [donna]${settings}}\n`
  const scene = openScene({files: {'mcos.yaml': yaml}, env, madeHere})
  const fleet = await scene.open()
  const hands = openMcp(fleet, {name: 'donna'}, {limits: {...MCP_LIMITS, ...limits}})
  onTestFinished(() => hands.close())
  return {scene, fleet, hands, ask: (tool: string, args = {}) => hands.call('index', tool, args, never)}
}

async function pidIn(file: string): Promise<number> {
  for (let look = 0; look < 3_000 && !isWritten(file); look++) await new Promise((resolve) => setTimeout(resolve, 20))
  return Number(readFileSync(file, 'utf8'))
}

function isWritten(file: string): boolean {
  return existsSync(file) && readFileSync(file, 'utf8') !== ''
}

function isTrouble(words: string) {
  return (error: unknown) => error instanceof McpTrouble && error.message.includes(words)
}

async function works(hands: McpHands): Promise<void> {
  expect((await hands.tools('index')).map(({name}) => name)).toEqual(['query_0', 'query_1', 'query_2'])
  expect(await hands.tools('index', 'number 1')).toMatchObject([{name: 'query_1'}])
  expect(await hands.describe('index', 'query_0')).toMatchObject({schema: {required: ['site']}})
  expect(await hands.call('index', 'query_0', {site: 'a'}, never)).toEqual({
    text: 'you asked for {"site":"a"}',
    isError: false,
  })
  expect(await hands.call('index', 'query_1', {}, never)).toEqual({text: 'that went wrong', isError: true})
}

describe('a server', () => {
  test('is used over stdio', async () => {
    const {hands} = await open(program('noisy'))
    expect(hands.listServers()).toEqual([{name: 'index', summary: 'noisy'}])
    await works(hands)
  })

  test.each(['json', 'sse'] as const)(
    'is used over HTTP that answers as %s, with its secret in a header',
    async (mode) => {
      const {url, asked}: FakeAddress = await openFakeAddress(mode)
      const settings = ', headers: {x-key: env:INDEX_KEY}'
      const {hands} = await open(`url: "${url}"`, {env: {INDEX_KEY: 'sk-1'}, settings})
      expect(hands.listServers()).toEqual([{name: 'index', summary: new URL(url).host}])
      await works(hands)
      expect(asked.every(({headers}) => headers['x-key'] === 'sk-1')).toBe(true)
      await hands.close()
      expect(asked.at(-1)).toMatchObject({method: 'DELETE', headers: {'mcp-session-id': 'session-1'}})
    },
  )

  test('is not started before it is asked, nor for an agent that may not use it', async () => {
    const pid = join(tempFolder(), 'pid')
    const {hands, fleet} = await open(program(`pid=${pid}`))
    hands.listServers()
    expect(openMcp(fleet, {name: 'jarvis'}).listServers()).toEqual([])
    await expect(openMcp(fleet, {name: 'jarvis'}).tools('index')).rejects.toThrow('jarvis has no server "index"')
    expect(existsSync(pid)).toBe(false)
    await hands.tools('index')
    expect(existsSync(pid)).toBe(true)
  })

  test('knows of our environment what it needs, and the secrets it is given', async () => {
    const env = {INDEX_KEY: 'sk-1', OTHER_KEY: 'sk-2'}
    const {ask} = await open(program('tools=5'), {env, settings: ', env: {KEY: env:INDEX_KEY}'})
    const {text} = await ask('query_4')
    expect(JSON.parse(text)).toMatchObject({KEY: 'sk-1', PATH: expect.anything()})
    expect(text).not.toMatch(/sk-2|OTHER/)
  })

  test('of hundreds of tools gives all, page by page, and no list without an end', async () => {
    expect(await (await open(program('tools=239'))).hands.tools('index')).toHaveLength(239)
    expect(await (await open(program('tools=150', 'endless'))).hands.tools('index')).toHaveLength(150)
    const many = await open(program('tools=500'), {limits: {tools: 120}})
    expect(await many.hands.tools('index')).toHaveLength(120)
  })

  test('can not deceive by the names and words of its tools', async () => {
    const {hands, ask} = await open(program('hostile'))
    const tools = await hands.tools('index')
    expect(tools.map(({name}) => name)).toEqual(['fine', '__proto__'])
    expect(tools[0]?.description).toBe('Fine.')
    expect(tools[1]?.description).toHaveLength(2_000)
    await expect(ask('*')).rejects.toThrow('index has no tool "*"')
  })

  test('that ended is started anew, and left alone when that helps nothing', async () => {
    const {hands, ask} = await open(program('die-at-call'))
    for (let times = 0; times < 3; times++) await expect(ask('query_0')).rejects.toThrow('index: it ended (exit 4)')
    await expect(ask('query_0')).rejects.toThrow('it was started 3 times and is left alone')
    await expect(hands.tools('index')).rejects.toThrow('left alone')
  })
})

describe('a result', () => {
  test('is its texts, and the names of what is none', async () => {
    const {ask} = await open(program('tools=9'))
    const text = 'see:\n(image/png, 3000 bytes, not shown)\n(a link: notes file:///notes.md)'
    expect(await ask('query_2')).toEqual({text, isError: false})
    expect(await ask('query_5')).toEqual({text: '(nothing)', isError: false})
  })

  test('is cut between two characters where it is too long, and says so', async () => {
    const {ask} = await open(program('tools=9'), {limits: {resultBytes: 1_001}})
    const {text} = await ask('query_3')
    expect(text).toBe(`${'é'.repeat(500)}\n(cut: the first 1001 of 200000 bytes)`)
  })
})

describe('trouble is told and never thrown as anything else', () => {
  const startMs = 400
  test.each<[string, string[], string]>([
    ['does not start', ['die-at-start'], 'index: it ended (exit 3): no key is set'],
    ['says nothing', ['mute'], 'index: MCP error -32001: Request timed out'],
    ['speaks garbage', ['garbage'], 'index: what it prints is no MCP'],
    ['sends 20 MB', ['huge'], 'index: it sent more than 4194304 bytes in one message'],
    ['hangs', ['slow'], 'index: MCP error -32001: Request timed out'],
    ['refuses the call', ['tools=9'], 'index: MCP error -32602: Unknown tool: query_8'],
  ])('of one that %s', async (_, args, message) => {
    const limits = args[0] === 'mute' ? {startMs} : args[0] === 'slow' ? {callMs: 500} : {}
    const {ask} = await open(program(...args), {limits})
    await expect(ask(args[0] === 'tools=9' ? 'query_8' : 'query_0')).rejects.toSatisfy(isTrouble(message))
  })

  test.each([
    ['refuses', '401'],
    ['redirects', ''],
    ['html', ''],
    ['mute', 'timed out'],
    ['huge', ''],
  ] as const)('of one over HTTP that %s', async (mode, words) => {
    const {url} = await openFakeAddress(mode)
    const {ask} = await open(`url: "${url}"`, {limits: mode === 'mute' ? {callMs: 500} : {}})
    await expect(ask('query_0')).rejects.toSatisfy(isTrouble(words))
  })

  test('of one that is not installed, not reachable, or lacks its secret', async () => {
    await expect((await open('command: no-such-server')).ask('x')).rejects.toThrow(
      'no-such-server is not installed here',
    )
    await expect((await open('url: "http://127.0.0.1:1/mcp"')).ask('x')).rejects.toThrow('index: ')
    const {ask} = await open(program(), {settings: ', env: {KEY: env:INDEX_KEY}'})
    await expect(ask('x')).rejects.toThrow('index: The secret env:INDEX_KEY is not there.')
  })

  test('of a call that is interrupted', async () => {
    const {hands} = await open(program('slow'))
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 300)
    await expect(hands.call('index', 'query_0', {}, stop.signal)).rejects.toThrow('index: it was stopped')
  })
})

describe('nothing is left', () => {
  test('of a server that does not listen, nor of what it started, once it is closed', async () => {
    const dir = tempFolder()
    const [pid, child] = [join(dir, 'pid'), join(dir, 'child')]
    const {hands} = await open(program('deaf', `pid=${pid}`, `leaves=${child}`))
    await hands.tools('index')
    await hands.close()
    expect([await isSoonGone(await pidIn(pid)), await isSoonGone(await pidIn(child))]).toEqual([true, true])
    await expect(hands.call('index', 'query_0', {}, never)).rejects.toThrow()
  })

  test('of what a server started, once that server has ended by itself', async () => {
    const child = join(tempFolder(), 'child')
    const {ask} = await open(program('die-at-call', `leaves=${child}`))
    await expect(ask('query_0')).rejects.toThrow('exit 4')
    expect(await isSoonGone(await pidIn(child))).toBe(true)
  })

  test('when the process that opened it ends without closing it', async () => {
    const dir = tempFolder()
    const [pid, child] = [join(dir, 'pid'), join(dir, 'child')]
    const argv = [process.execPath, SERVER, 'deaf', `pid=${pid}`, `leaves=${child}`]
    const from = fileURLToPath(new URL('./connect.ts', import.meta.url))
    const script = `
      import {connect} from ${JSON.stringify(from)}
      const options = {argv: ${JSON.stringify(argv)}, cwd: '/', env: {PATH: process.env.PATH}, messageBytes: 1e6}
      await connect(options, {startMs: 10000})
      process.exit(0)`
    const tsx = fileURLToPath(new URL('../../../node_modules/.bin/tsx', import.meta.url))
    const ran = spawnSync(tsx, ['--input-type=module', '-e', script], {encoding: 'utf8'})
    expect([ran.status, ran.stderr]).toEqual([0, ''])
    expect([await isSoonGone(await pidIn(pid)), await isSoonGone(await pidIn(child))]).toEqual([true, true])
  })
})

describe('in a fleet that came from elsewhere', () => {
  async function strange() {
    const opened = await open(program(), {
      madeHere: false,
      settings: ', env: {KEY: env:INDEX_KEY, MODE: x}',
      env: {INDEX_KEY: 'k'},
    })
    opened.scene.git('remote', 'add', 'origin', 'https://elsewhere.example/x.git')
    return opened
  }

  test('no server is started before a person has seen what it runs, with all of its environment', async () => {
    const {scene, fleet, ask} = await strange()
    await expect(ask('query_0')).rejects.toThrow('index: it is not trusted on this machine; a person runs: mcos trust')
    const server = fleet.home.config.mcp['index']
    const text = server ? mcpClaimOf('index', server) : ''
    expect(text).toMatch(/^mcp index: \["[^"]+","[^"]+fake-server.mjs"\] KEY=env:INDEX_KEY MODE=x$/)
    scene.trust('mcos.yaml', [{kind: 'mcp', text}])
    expect(await ask('query_0', {site: 'a'})).toMatchObject({isError: false})
  })

  test('what is trusted is that very line', async () => {
    const {scene, ask} = await strange()
    scene.trust('mcos.yaml', [{kind: 'mcp', text: 'mcp index: ["npx","other"]'}])
    await expect(ask('query_0')).rejects.toThrow('not trusted')
  })

  test('an address is shown with the secrets it is handed, and without what it is sent in the open', () => {
    const key = {source: 'env', value: 'INDEX_KEY'} as const
    const server = {url: 'https://index.example/mcp', headers: {'x-key': key, accept: 'all'}, agents: []}
    expect(mcpClaimOf('index', server)).toBe('mcp index: https://index.example/mcp x-key=env:INDEX_KEY')
  })
})
