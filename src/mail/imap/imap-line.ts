import {readFileSync} from 'node:fs'
import type {ImapFlow, ImapFlowOptions} from 'imapflow'
import type {ImapAccount} from '../../workspace/config.js'
import {expandHome} from '../../workspace/secret-ref.js'
import type {OpenDeps} from '../open-mailbox.js'
import {MailTrouble} from '../trouble.js'
import {type ImapProof, proofOf} from './imap-login.js'
import {type ImapParty, imapTrouble} from './imap-trouble.js'

/** The connection of one account: made when it is first used, and again where the server has dropped it in between. */
export interface ImapLine {
  /** Does work over a connection that is logged in; what server and network do wrong is a MailTrouble. */
  use<T>(work: (client: ImapFlow) => Promise<T>): Promise<T>
  /** Hangs up at once; a command under way fails. */
  drop(): void
  close(): Promise<void>
}

interface Connection {
  readonly client: ImapFlow
  /** What the socket last reported. */
  fault: unknown
}

/** Silence that counts as a server that has gone; with an account's own time-out above it that one is the limit. */
const SILENCE_MS = 30_000
const GOODBYE_MS = 500
/** A response is never larger: a mail is asked for up to 64 KiB. */
const MOST_LITERAL = 4 * 1024 * 1024
const MOST_LINE = 32 * 1024 * 1024
/** What imapflow asks each server for at a login, and nobody here needs. */
const CHATTER = ['ID', 'NAMESPACE']

/** Prepares the connection; nothing is sent before it is used. */
export function openLine(account: ImapAccount, deps: OpenDeps): ImapLine {
  const party: ImapParty = {account, name: deps.name, signal: deps.signal}
  let current: Connection | null = null
  const drop = (): void => current?.client.close()
  deps.signal.addEventListener('abort', drop)

  async function ready(): Promise<ImapFlow> {
    if (current?.client.usable) return current.client
    deps.signal.throwIfAborted()
    const connection: Connection = {client: await makeClient(account, deps), fault: null}
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

  return {
    async use(work) {
      try {
        return await work(await ready())
      } catch (error) {
        throw imapTrouble(error, party, current?.fault ?? null)
      }
    },
    drop,
    async close() {
      deps.signal.removeEventListener('abort', drop)
      const client = current?.client
      current = null
      if (!client?.usable) return client?.close()
      const timer = setTimeout(() => client.close(), GOODBYE_MS)
      await client.logout().catch(() => undefined) // It hung up first: gone is gone.
      clearTimeout(timer)
    },
  }
}

/** The folders that an account is read from. */
export function foldersToRead({folders}: ImapAccount): readonly string[] {
  return folders.length === 0 ? ['INBOX'] : folders
}

async function makeClient(account: ImapAccount, deps: OpenDeps): Promise<ImapFlow> {
  refuseOpenWire(account, deps.name)
  const proof = await proofOf(account, deps)
  const [{ImapFlow: Client}, {default: commands}] = await Promise.all([
    import('imapflow'),
    import('imapflow/lib/imap-commands.js'),
  ])
  const client = new Client(optionsOf(account, {proof, ca: readAuthority(account, deps)}))
  const needed = new Map([...commands].filter(([command]) => !CHATTER.includes(command)))
  // A folder that it takes for known is opened without being listed first, twice.
  const known = new Map(foldersToRead(account).map((path) => [path, {path}]))
  return Object.assign(client, {commands: needed, folders: known})
}

function optionsOf(
  account: ImapAccount,
  {proof, ca}: {proof: ImapProof; ca: readonly string[] | null},
): ImapFlowOptions {
  const {host, port, timeoutMs, tls} = account
  const silence = Math.min(timeoutMs, SILENCE_MS)
  return {
    host,
    port: port ?? (tls === 'implicit' ? 993 : 143),
    secure: tls === 'implicit',
    ...(tls === 'implicit' ? {} : {doSTARTTLS: tls === 'starttls'}),
    tls: {rejectUnauthorized: true, minVersion: 'TLSv1.2', ...(ca === null ? {} : {ca: [...ca]})},
    auth: proof,
    logger: false,
    disableAutoIdle: true,
    disableAutoEnable: true,
    disableCompression: true,
    disableIMAP4rev2: true,
    connectionTimeout: silence,
    greetingTimeout: silence,
    socketTimeout: silence,
    maxLiteralSize: MOST_LITERAL,
    maxLineLength: MOST_LINE,
    maxResponseSize: MOST_LINE + MOST_LITERAL,
    maxLockHoldTime: false,
  }
}

/** A password in the clear would be anybody's on the way. */
function refuseOpenWire({host, tls}: ImapAccount, name: string): void {
  if (tls !== 'none' || /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i.test(host)) return
  throw new MailTrouble('certificate', `tls: none would send the password to ${host} in the clear`, {
    fix: `Write tls: implicit or tls: starttls for mail account ${name} in mcos.yaml`,
  })
}

/** The only authorities that are believed; null: those that Node believes. Both together would cost 20 ms at each start. */
function readAuthority({ca}: ImapAccount, deps: OpenDeps): string[] | null {
  if (ca === null) return null
  const path = expandHome(ca, deps.env['HOME'])
  const file = path.startsWith('/') ? path : `${deps.home.dir}/${path}`
  try {
    return [readFileSync(file, 'utf8')]
  } catch (error) {
    throw new MailTrouble('certificate', `the ca file ${file} of ${deps.name} can't be read`, {
      fix: `Put the authority's certificate (PEM) there, or take ca: out of mail account ${deps.name}`,
      cause: error,
    })
  }
}
