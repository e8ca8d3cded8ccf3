import {type AddressInfo, connect, createServer} from 'node:net'
import {expect, onTestFinished, test} from 'vitest'
import {type FaultProxy, startFaultProxy} from './fault-proxy.js'

/** A server that greets, and says "tag OK Logged in" and then every further line back in capitals. */
async function open(): Promise<FaultProxy> {
  const server = createServer((socket) => {
    let hasLogin = false
    socket.write('* OK hello\r\n')
    socket.on('error', () => socket.destroy())
    socket.on('data', (chunk) => {
      socket.write(hasLogin ? chunk.toString().toUpperCase() : 'a OK Logged in\r\n')
      hasLogin = true
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const proxy = await startFaultProxy({host: '127.0.0.1', port: (server.address() as AddressInfo).port})
  onTestFinished(async () => {
    await proxy.close()
    server.close()
  })
  return proxy
}

interface Seen {
  text: string
  end: string | null
}

/** With `patienceMs` it is silence when nothing has come to an end until then. */
function talk(proxy: FaultProxy, lines: readonly string[], patienceMs = 60_000): Promise<Seen> {
  return new Promise((resolve) => {
    const seen: Seen = {text: '', end: null}
    const socket = connect(proxy.port, proxy.host)
    const left = [...lines]
    socket.on('data', (chunk) => {
      seen.text += chunk.toString()
      const next = left.shift()
      if (next === undefined) finish('whole')
      else socket.write(next)
    })
    const finish = (end: string): void => {
      seen.end ??= end
      socket.destroy()
      resolve(seen)
    }
    socket.on('end', () => finish('closed'))
    socket.on('error', (error) => finish('code' in error ? String(error.code) : 'error'))
    setTimeout(() => finish('silence'), patienceMs).unref()
  })
}

test('passes all, and counts what comes beyond the login', async () => {
  const proxy = await open()
  expect(await talk(proxy, ['a LOGIN', 'one', 'three'])).toEqual({
    text: '* OK hello\r\na OK Logged in\r\nONETHREE',
    end: 'whole',
  })
  expect(proxy.connections).toMatchObject([{sent: 15, received: 36, receivedBeyondLogin: 8}])
})

test('cuts, resets and stalls one connection after so many bytes', async () => {
  const proxy = await open()
  proxy.next({cutAfter: 14}, {resetAfter: 12}, {stallAfter: 12}, {stallAfter: 0})
  expect(await talk(proxy, ['a', 'b'])).toEqual({text: '* OK hello\r\na ', end: 'closed'})
  expect(await talk(proxy, ['a', 'b'])).toMatchObject({end: 'ECONNRESET'})
  expect(await talk(proxy, ['a', 'b'], 500)).toEqual({text: '* OK hello\r\n', end: 'silence'})
  expect(await talk(proxy, ['a', 'b'], 500)).toEqual({text: '', end: 'silence'})
  expect((await talk(proxy, ['a', 'b'])).end).toBe('whole')
})

test('is far away, or not there at all', async () => {
  const proxy = await open()
  proxy.always({roundTripMs: 60})
  const started = performance.now()
  expect((await talk(proxy, ['a', 'b'])).end).toBe('whole')
  expect(performance.now() - started).toBeGreaterThan(120)
  await proxy.refuse()
  expect((await talk(proxy, [])).end).toBe('ECONNREFUSED')
  await proxy.listen()
  proxy.always({})
  expect((await talk(proxy, ['a', 'b'])).end).toBe('whole')
})
