import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'

/** The demo's stand-in for a product that people depend on: it answers, can be broken, and takes pages for the founders. */
export interface DispatchService {
  readonly port: number
  readonly pages: readonly {readonly title: string; readonly text: string}[]
  breakDown(): void
  close(): Promise<void>
}

export async function startService(): Promise<DispatchService> {
  const pages: {title: string; text: string}[] = []
  let isBroken = false
  const server = createServer((request, response) => {
    if (request.url === '/health') {
      response.writeHead(isBroken ? 503 : 200).end(isBroken ? 'no answer from the database' : 'ok')
      return
    }
    let body = ''
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text
    })
    request.on('end', () => {
      if (request.url === '/page') pages.push(JSON.parse(body))
      response.writeHead(request.url === '/page' ? 202 : 404).end()
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    pages,
    breakDown: () => {
      isBroken = true
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
