import type {Socket} from 'node:net'
import type {ImapFlow} from 'imapflow'
import type {ImapAccount} from '../../workspace/config.js'
import type {OpenDeps} from '../open-deps.js'
import {makeClient} from './imap-client.js'
import {type ImapProof, proofOf} from './imap-login.js'
import {type ImapParty, imapTrouble} from './imap-trouble.js'

/** The connection of one account: made when it is first used, and again where the server has dropped it in between. */
export interface ImapLine {
  /** Does work over a connection that is logged in; what server and network do wrong is a MailTrouble. */
  use<T>(task: (client: ImapFlow) => Promise<T>): Promise<T>
  /** Hangs up at once; a command under way fails. */
  drop(): void
  /** Says goodbye, without waiting for an answer. */
  close(): Promise<void>
}

interface Connection {
  readonly client: ImapFlow
  /** What the socket last reported. */
  fault: unknown
}

const GOODBYE_MS = 500

/** Prepares the connection; nothing is sent before it is used. */
export function openLine(account: ImapAccount, deps: OpenDeps): ImapLine {
  const party: ImapParty = {account, name: deps.name, signal: deps.signal}
  let current: Connection | null = null
  const drop = (): void => current?.client.close()
  deps.signal.addEventListener('abort', drop)

  async function ready(): Promise<ImapFlow> {
    if (current?.client.usable) return current.client
    deps.signal.throwIfAborted()
    const proof = await proofOf(account, deps)
    try {
      return await connect(proof)
    } catch (error) {
      // A kept token that looked good may have been taken back: once more with a fresh one.
      if (account.login.kind !== 'device-code' || !('accessToken' in proof) || !isLoginRefused(error)) throw error
      return connect(await proofOf(account, deps, proof.accessToken))
    }
  }

  async function connect(proof: ImapProof): Promise<ImapFlow> {
    const connection: Connection = {client: await makeClient(account, proof, deps), fault: null}
    // An instance without this listener ends the whole process when its socket fails.
    connection.client.on('error', (error) => {
      connection.fault = error
    })
    current = connection
    try {
      await connection.client.connect()
      return connection.client
    } catch (error) {
      // A refused login alone would leave the socket open.
      connection.client.close()
      throw error
    }
  }

  async function work<T>(task: (client: ImapFlow) => Promise<T>): Promise<T> {
    try {
      return await task(await ready())
    } catch (error) {
      throw imapTrouble(error, party, current?.fault ?? null)
    }
  }

  let last: Promise<unknown> = Promise.resolve()
  return {
    use(task) {
      // One after the other: a connection has one folder open, and numbers mean nothing in another one.
      const turn = last.then(() => work(task))
      last = turn.catch(() => undefined) // Whoever asked hears of it.
      return turn
    },
    drop,
    async close() {
      deps.signal.removeEventListener('abort', drop)
      const client = current?.client
      current = null
      if (!client?.usable) return client?.close()
      sayGoodbye(client)
    },
  }
}

/** Nobody waits for its answer: all that was asked has been answered, and neither line nor timer holds up the process. */
function sayGoodbye(client: ImapFlow): void {
  const timer = setTimeout(() => client.close(), GOODBYE_MS).unref()
  const {socket} = client as unknown as {readonly socket?: Socket}
  socket?.unref()
  const forget = (): void => clearTimeout(timer)
  client.logout().then(forget, forget) // It hung up first: gone is gone.
}

function isLoginRefused(error: unknown): boolean {
  return error instanceof Error && 'authenticationFailed' in error && error.authenticationFailed === true
}
