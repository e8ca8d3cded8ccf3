import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {onTestFinished} from 'vitest'

/** An address that is told after beats. */
export interface PingServer {
  /** The line of mcos.yaml that names it. */
  readonly line: string
  /** How often it was told. */
  count(): number
}

/** Listens on the loopback until the test is over. */
export async function openPingServer(): Promise<PingServer> {
  let pings = 0
  const server = createServer((_, response) => {
    pings++
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const {port} = server.address() as AddressInfo
  return {line: `ping: http://127.0.0.1:${port}/x\n`, count: () => pings}
}
