import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'

/** The provider that Dovecot asks who a bearer's token belongs to. */
export interface TokenDesk {
  /** The token comes behind it. */
  readonly url: string
  issue(token: string, user: string): void
  /** From now on it is nobody's: expired, or taken away. */
  revoke(token: string): void
  close(): Promise<void>
}

/** Opens the desk on the loopback. */
export async function openTokenDesk(): Promise<TokenDesk> {
  const holders = new Map<string, string>()
  const server = createServer((request, response) => {
    const token = new URL(request.url ?? '', 'http://127.0.0.1').searchParams.get('token') ?? ''
    const username = holders.get(token)
    const answer = username === undefined ? {active: false} : {active: true, username}
    response.writeHead(200, {'content-type': 'application/json'}).end(JSON.stringify(answer))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/introspect?token=`,
    issue: (token, user) => void holders.set(token, user),
    revoke: (token) => void holders.delete(token),
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}
