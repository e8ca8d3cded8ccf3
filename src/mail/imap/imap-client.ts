import {readFileSync} from 'node:fs'
import type {ImapFlow, ImapFlowOptions} from 'imapflow'
import type {ImapAccount} from '../../workspace/config.js'
import {expandHome} from '../../workspace/secret-ref.js'
import type {OpenDeps} from '../open-deps.js'
import {MailTrouble} from '../trouble.js'
import {withInitialResponse} from './authenticate.js'
import type {ImapProof} from './imap-login.js'

/** Silence that counts as a server that has gone; with an account's own time-out above it that one is the limit. */
const SILENCE_MS = 30_000
/** A response is never larger: a mail is asked for up to 64 KiB. */
const MOST_LITERAL = 4 * 1024 * 1024
const MOST_LINE = 32 * 1024 * 1024
/** What imapflow asks each server for at a login, and nobody here needs. */
const CHATTER = ['ID', 'NAMESPACE']

/** The folders that an account is read from. */
export function foldersToRead({folders}: ImapAccount): readonly string[] {
  return folders.length === 0 ? ['INBOX'] : folders
}

/** A client for one connection; an instance can't be used again. The vendor is loaded only now. */
export async function makeClient(account: ImapAccount, proof: ImapProof, deps: OpenDeps): Promise<ImapFlow> {
  refuseOpenWire(account, deps.name)
  const [{ImapFlow: Client}, {default: commands}] = await Promise.all([
    import('imapflow'),
    import('imapflow/lib/imap-commands.js'),
  ])
  const client = new Client(optionsOf(account, {proof, ca: readAuthority(account, deps)}))
  const needed = new Map([...commands].filter(([command]) => !CHATTER.includes(command)))
  const authenticate = needed.get('AUTHENTICATE')
  if (authenticate) needed.set('AUTHENTICATE', withInitialResponse(authenticate))
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
