import {createServer, type IncomingMessage, type RequestListener, type Server} from 'node:http'
import {type AddressInfo, createServer as createTcpServer} from 'node:net'
import {describe, expect, onTestFinished, test} from 'vitest'
import {expectSoon} from '../../testing/expect-soon.js'
import {probeCall, probeContext} from '../../testing/probe-context.js'
import {httpProbe} from './http.js'
import type {Reading} from './probe.js'
import {readAll} from './read-all.js'

async function serve(answer: RequestListener): Promise<string> {
  const server: Server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function ask(args: string, hosts: string[] = ['127.0.0.1'], timeoutMs = 60_000): Promise<Reading> {
  const context = {...probeContext({hosts}), timeoutMs, previousOf: () => null}
  const [sighting] = await readAll([probeCall(`http ${args}`)], [httpProbe], context)
  if (!sighting) throw new Error('no reading')
  return sighting.reading
}

test('a service that answers is ok, with the same fingerprint each time', async () => {
  let requests = 0
  let seen: IncomingMessage | undefined
  const host = await serve((request, response) => {
    seen = request
    response.end(`request ${++requests} at ${Date.now()}`)
  })
  const first = await ask(`http://${host}/health?a=1`)
  expect(first).toEqual({level: 'ok', fingerprint: 'ok', detail: `${host} answered 200`, items: []})
  expect(await ask(`http://${host}/health?a=1`)).toEqual(first)
  expect([seen?.method, seen?.url, seen?.headers['user-agent']]).toEqual(['GET', '/health?a=1', 'mcos'])
})

describe('what is expected', () => {
  test.each([
    ['', 200, 'ok'],
    ['', 204, 'ok'],
    ['', 503, 'alert'],
    ['', 404, 'alert'],
    ['expect 404', 404, 'ok'],
    ['expect 204', 200, 'alert'],
    ['expect 302', 302, 'ok'],
    ['', 302, 'alert'],
  ])('"%s" with %i is %s', async (wish, status, level) => {
    let requests = 0
    const host = await serve((_, response) => {
      requests++
      response.writeHead(status, {location: '/elsewhere'}).end()
    })
    const reading = await ask(`http://${host}/ ${wish}`)
    expect(reading.level).toBe(level)
    expect(reading.detail).toContain(`${host} answered ${status}`)
    expect(requests).toBe(1)
  })

  test.each([
    ['match ready', 'ok'],
    ['match "all is ready"', 'ok'],
    ['expect 200 match ready', 'ok'],
    ['match broken', 'alert'],
  ])('%s is %s', async (wish, level) => {
    const host = await serve((_, response) => response.end('we say: all is ready.'))
    expect((await ask(`http://${host}/ ${wish}`)).level).toBe(level)
  })

  test('a match beyond the first 256 KiB is not waited for', async () => {
    const host = await serve((_, response) => {
      const more = () => response.write('x'.repeat(65_536), () => response.destroyed || setImmediate(more))
      more()
    })
    const reading = await ask(`http://${host}/ match ready`)
    expect(reading).toMatchObject({level: 'alert', fingerprint: 'status 200 without match'})
  })

  test('a body without an end does not matter when nothing is looked for in it', async () => {
    const host = await serve((_, response) => response.write('x'))
    expect((await ask(`http://${host}/`)).level).toBe('ok')
  })
})

describe('a service that is down', () => {
  test('refuses', async () => {
    const server = createTcpServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const {port} = server.address() as AddressInfo
    await new Promise((resolve) => server.close(resolve))
    expect(await ask(`http://127.0.0.1:${port}/`)).toEqual({
      level: 'alert',
      fingerprint: 'refuses connections',
      detail: `127.0.0.1:${port} refuses connections`,
    })
  })

  test('hangs before the first byte, or in the middle', async () => {
    const silent = await serve(() => undefined)
    const stuck = await serve((_, response) => response.write('half'))
    const begin = performance.now()
    const readings = await Promise.all([
      ask(`http://${silent}/`, ['127.0.0.1'], 300),
      ask(`http://${stuck}/ match whole`, ['127.0.0.1'], 300),
    ])
    for (const reading of readings) {
      expect(reading).toMatchObject({level: 'alert', fingerprint: 'did not answer within 0.3 s'})
    }
    expectSoon(performance.now() - begin, 20_000)
  })

  test('breaks the connection', async () => {
    const host = await serve((request) => request.socket.resetAndDestroy())
    expect(await ask(`http://${host}/`)).toMatchObject({level: 'alert', fingerprint: 'broke the connection'})
  })

  test('speaks something else', async () => {
    const server = createTcpServer((socket) => socket.on('error', () => undefined).end('SSH-2.0-\u001b[31mhostile\r\n'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const {port} = server.address() as AddressInfo
    const reading = await ask(`http://127.0.0.1:${port}/`)
    expect(reading.level).toBe('alert')
    expect(reading.detail).toMatch(/did not answer as a web server does/)
    expect((await ask(`https://127.0.0.1:${port}/`)).level).toBe('alert')
  })

  test('has no name', async () => {
    const reading = await ask('http://nobody.invalid/', ['nobody.invalid'])
    expect(reading.level).toBe('alert')
    expect(reading.detail).toContain('nobody.invalid has no address')
  })
})

describe('what is not asked', () => {
  test('hosts outside the contract, loopback too', async () => {
    let requests = 0
    const host = await serve((_, response) => {
      requests++
      response.end()
    })
    const port = host.split(':')[1]
    for (const hosts of [[], ['app.example.com'], ['127.0.0.1:1'], ['*']]) {
      expect(await ask(`http://${host}/`, hosts)).toMatchObject({
        level: 'failed',
        detail: `${host} is not among the contract's hosts: add it to workspaces/donna/SOUL.md, then mcos commit`,
      })
    }
    for (const spelling of ['localhost', '0x7f.1', '2130706433', '127.1']) {
      expect((await ask(`http://${spelling}:${port}/`, ['127.0.0.2'])).level).toBe('failed')
    }
    expect(requests).toBe(0)
    expect((await ask(`http://${host}/`, [host])).level).toBe('ok')
  })

  test('addresses with credentials, and they are not repeated', async () => {
    const reading = await ask('http://ada:hunter2@127.0.0.1/')
    expect(reading.level).toBe('failed')
    expect(JSON.stringify(reading)).not.toContain('hunter2')
    expect(reading.detail).toBe('the address of 127.0.0.1 carries a user or password, which is refused')
  })

  test.each([
    ['', 'http needs an address'],
    ['nonsense', 'http needs an address'],
    ['file:///etc/passwd', "can't ask a file: address"],
    ['ftp://127.0.0.1/', "can't ask a ftp: address"],
    ['http://127.0.0.1/ expect ok', 'expect needs a status'],
    ['http://127.0.0.1/ expects 200', 'http needs an address'],
  ])('%s', async (args, detail) => {
    const reading = await ask(args)
    expect(reading.level).toBe('failed')
    expect(reading.detail).toContain(detail)
  })

  test('a beat that ends says nothing about the service', async () => {
    const host = await serve(() => undefined)
    const signal = AbortSignal.timeout(100)
    const end = new AbortController()
    signal.addEventListener('abort', () => end.abort())
    const context = {...probeContext({hosts: [host]}), signal: end.signal, previousOf: () => null}
    const [sighting] = await readAll([probeCall(`http http://${host}/`)], [httpProbe], context)
    expect(sighting?.reading).toMatchObject({level: 'failed', fingerprint: 'failed: the beat ended first'})
  })
})
