import {type AddressInfo, createServer} from 'node:net'

/** Ports of the loopback that nobody listens on just now. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({length: count}, () => createServer())
  const ports: number[] = []
  for (const server of servers) {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    ports.push((server.address() as AddressInfo).port)
  }
  for (const server of servers) await new Promise((done) => server.close(done))
  return ports
}
