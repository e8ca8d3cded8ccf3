import {createServer, type RequestListener} from 'node:http'
import type {AddressInfo} from 'node:net'
import {describe, expect, onTestFinished, test} from 'vitest'
import {expectSoon} from '../../testing/expect-soon.js'
import {probeCall, probeContext} from '../../testing/probe-context.js'
import {clockProbe, createClockProbe, type FetchDate} from './clock.js'
import {diskProbe, parseDiskRule} from './disk.js'
import type {Reading} from './probe.js'

describe('disk', () => {
  const look = (args: string): Promise<Reading> => diskProbe.read(probeCall(`disk ${args}`), probeContext())

  test('holds or alerts, and the percentage is no fingerprint', async () => {
    expect(await look('/ <= 100%')).toMatchObject({level: 'ok', fingerprint: 'ok', items: []})
    expect((await look('. <= 100%')).detail).toMatch(/^\. is \d+ % full$/)
    const full = await look('/ < 0%')
    expect(full).toMatchObject({level: 'alert', fingerprint: 'alert'})
    expect(full.detail).toMatch(/^\/ is \d+ % full, it should stay below 0 %$/)
  })

  test('a path that is not there and a condition that means nothing are failures', async () => {
    expect(await look('/nowhere < 90%')).toMatchObject({level: 'failed', detail: 'there is no /nowhere'})
    for (const args of ['/', '/ > 90%', '/ < 90', '/ < 900%', '/ < 90% or so', '< 90%']) {
      expect(await look(args)).toMatchObject({level: 'failed', detail: expect.stringContaining('disk needs a path')})
    }
  })

  test.each([
    ['/var/my data<90%', {path: '/var/my data', isStrict: true, percent: 90}],
    ['/ <= 99.5 %', {path: '/', isStrict: false, percent: 99.5}],
  ])('reads %s', (args, rule) => {
    expect(parseDiskRule(args)).toEqual(rule)
  })
})

describe('clock', () => {
  async function serve(answer: RequestListener): Promise<string> {
    const server = createServer(answer)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => {
      server.closeAllConnections()
      server.close()
    })
    return `127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  function telling(offMs: number): RequestListener {
    return (request, response) => {
      if (request.method !== 'HEAD') response.writeHead(405)
      response.setHeader('date', new Date(Date.now() - offMs).toUTCString())
      response.end()
    }
  }

  const look = (hosts: string[], timeSources: string[] = [], timeoutMs = 60_000): Promise<Reading> =>
    clockProbe.read(probeCall('clock'), probeContext({hosts}, {timeSources, signal: AbortSignal.timeout(timeoutMs)}))

  test('agrees with a server of the contract', async () => {
    const host = await serve(telling(0))
    expect(await look([host])).toEqual({
      level: 'ok',
      fingerprint: 'ok',
      detail: `the clock agrees with ${host}`,
      items: [],
    })
  })

  test('is an alert when it is off by more than 30 s, in either direction', async () => {
    const [behind, ahead, near] = [
      await serve(telling(-90_000)),
      await serve(telling(40_000)),
      await serve(telling(25_000)),
    ]
    expect((await look([behind])).detail).toMatch(/^this machine's clock is (89|9\d) s behind 127/)
    expect(await look([ahead])).toMatchObject({level: 'alert', fingerprint: 'ahead of'})
    expect((await look([near])).level).toBe('ok')
    expect((await look([ahead, near])).level).toBe('ok')
  })

  test('may ask servers that are known anyway, and waits for none of them', async () => {
    const [good, silent] = [await serve(telling(0)), await serve(() => undefined)]
    const began = performance.now()
    expect((await look([], [`http://${silent}/v1`, `http://${good}/hook`])).level).toBe('ok')
    expectSoon(performance.now() - began, 20_000)
  })

  test('without anyone to ask it is a failure', async () => {
    const silent = await serve(() => undefined)
    const dateless = await serve((_, response) => {
      response.sendDate = false
      response.end()
    })
    expect(await look([])).toMatchObject({
      level: 'failed',
      detail: "no time source: the contract's hosts name no server to ask",
    })
    expect(await look(['*.example.com'])).toMatchObject({level: 'failed'})
    expect(await look([silent, dateless], [], 500)).toMatchObject({
      level: 'failed',
      detail: `no time source: ${silent}, ${dateless} told no time`,
    })
  })

  test('asks only a few', async () => {
    const asked: string[] = []
    const fetchDate: FetchDate = async (url) => {
      asked.push(url)
      return {serverMs: 0, localMs: 0}
    }
    const hosts = ['a.example', 'b.example:443', 'c.example:8080', 'd.example', 'e.example']
    await createClockProbe(fetchDate).read(probeCall('clock'), probeContext({hosts}))
    expect(asked).toEqual([
      'https://a.example/',
      'https://b.example:443/',
      'http://c.example:8080/',
      'https://d.example/',
    ])
  })
})
