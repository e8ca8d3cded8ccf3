import {type ChildProcess, execFileSync, spawn} from 'node:child_process'
import {chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs'
import {createConnection} from 'node:net'
import {join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {type Authority, type CertificateKind, makeAuthority} from '../certificates.js'
import {freePorts} from '../free-ports.js'
import {type DovecotPlace, dovecotConfig, passwordConfig, serverUser, tokenConfig} from './config.js'
import {type Delivery, type StoredMail, UserMaildir} from './maildir.js'
import {openTokenDesk, type TokenDesk} from './tokens.js'

export interface DovecotOptions {
  /** Passwords by user. */
  readonly users?: Readonly<Record<string, string>>
  readonly certificate?: CertificateKind
  /** Seconds that a failed login is made to wait, 2 in real ones; default 0. */
  readonly failureDelay?: number
}

/** A real IMAP server on the loopback, with Drafts, Sent, Archive, Junk and Trash in each mailbox. */
export interface Dovecot {
  readonly host: '127.0.0.1'
  /** Plain, and STARTTLS. */
  readonly port: number
  /** TLS from the first byte. */
  readonly tlsPort: number
  /** The authority that signed its certificate, a PEM file. */
  readonly ca: string
  /** A new user, or a new password for one. */
  user(name: string, password: string): void
  /** A token by which this user may log in with XOAUTH2 or OAUTHBEARER, and no longer. */
  issueToken(token: string, user: string): void
  revokeToken(token: string): void
  deliver(user: string, raw: string | Uint8Array, delivery?: Delivery): void
  deliverAll(user: string, mails: readonly (string | Uint8Array)[], delivery?: Delivery): void
  read(user: string, folder?: string): StoredMail[]
  /** Mails for which `isGone` says so are no longer there; answers how many. */
  remove(user: string, folder: string, isGone: (raw: string) => boolean): number
  bumpUidValidity(user: string, folder?: string): void
  /** Another certificate, from the next start on. */
  showCertificate(kind: CertificateKind): void
  stop(): Promise<void>
  start(): Promise<void>
  restart(): Promise<void>
  /** Stops it and removes all that it had. */
  close(): Promise<void>
  log(): string
}

const HOST = '127.0.0.1'
/** Its master takes a second to end; by then those who write to mailboxes are long gone. */
const GRACE_MS = 200
const PROGRAM = '/usr/sbin/dovecot'

/** Starts Debian's Dovecot; its folder has a short path, for sockets have to be named in it. */
export async function startDovecot(options: DovecotOptions = {}): Promise<Dovecot> {
  const server = new Server(await openTokenDesk(), options)
  for (const [name, password] of Object.entries(options.users ?? {})) server.user(name, password)
  try {
    await server.start()
  } catch (error) {
    await server.close()
    throw error
  }
  return server
}

class Server implements Dovecot {
  readonly host = HOST
  port = 0
  tlsPort = 0
  readonly ca: string
  private readonly dir = mkdtempSync('/tmp/dv-')
  private readonly authority: Authority
  private readonly owner = ownerOf(serverUser().user)
  private readonly boxes = new Map<string, UserMaildir>()
  private certificate: CertificateKind
  private child: ChildProcess | null = null

  constructor(
    private readonly desk: TokenDesk,
    private readonly options: DovecotOptions,
  ) {
    for (const name of ['run', 'state', 'mail', 'passwords']) mkdirSync(join(this.dir, name))
    this.authority = makeAuthority(join(this.dir, 'tls'))
    this.ca = this.authority.ca
    this.certificate = options.certificate ?? 'good'
  }

  user(name: string, password: string): void {
    const file = join(this.dir, 'passwords', name)
    const temp = join(this.dir, 'new-password')
    writeFileSync(temp, JSON.stringify({password: `{PLAIN}${password}`}), {mode: 0o644})
    renameSync(temp, file)
    this.box(name)
  }

  issueToken(token: string, user: string): void {
    this.desk.issue(token, user)
  }

  revokeToken(token: string): void {
    this.desk.revoke(token)
  }

  deliver(user: string, raw: string | Uint8Array, delivery: Delivery = {}): void {
    this.box(user).deliver([raw], delivery)
  }

  deliverAll(user: string, mails: readonly (string | Uint8Array)[], delivery: Delivery = {}): void {
    this.box(user).deliver(mails, delivery)
  }

  read(user: string, folder = 'INBOX'): StoredMail[] {
    return this.box(user).read(folder)
  }

  remove(user: string, folder: string, isGone: (raw: string) => boolean): number {
    return this.box(user).remove(folder, isGone)
  }

  bumpUidValidity(user: string, folder = 'INBOX'): void {
    this.box(user).forgetNumbers(folder)
  }

  showCertificate(kind: CertificateKind): void {
    this.certificate = kind
  }

  async start(): Promise<void> {
    if (this.port === 0) {
      const [port, tlsPort] = await freePorts(2)
      this.port = port ?? 0
      this.tlsPort = tlsPort ?? 0
    }
    const place: DovecotPlace = {
      dir: this.dir,
      port: this.port,
      tlsPort: this.tlsPort,
      certificate: this.authority.certificate(this.certificate),
      tokens: this.desk.url,
      failureDelay: this.options.failureDelay ?? 0,
    }
    writeFileSync(join(this.dir, 'dovecot.conf'), dovecotConfig(place))
    writeFileSync(join(this.dir, 'passwords.conf'), passwordConfig(place))
    writeFileSync(join(this.dir, 'tokens.conf'), tokenConfig(place))
    this.ownAll()
    const child = spawn('setpriv', [...asServerUser(), PROGRAM, '-F', '-c', join(this.dir, 'dovecot.conf')], {
      stdio: ['ignore', 'ignore', 'pipe'],
      // A group of its own: what it started may outlive it by half a minute, waiting for a client to say goodbye.
      detached: true,
    })
    let said = ''
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
    this.child = child
    while (!(await greets(this.port))) {
      if (child.exitCode !== null) throw new Error(`dovecot did not start: ${said}${this.log()}`)
      await sleep(10)
    }
  }

  async stop(): Promise<void> {
    const {child} = this
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    this.endAll(child, 'SIGTERM')
    await Promise.race([ended, sleep(GRACE_MS)])
    this.endAll(child, 'SIGKILL')
    await ended
    this.child = null
  }

  async restart(): Promise<void> {
    await this.stop()
    await this.start()
  }

  async close(): Promise<void> {
    await this.stop()
    await this.desk.close()
    rmSync(this.dir, {recursive: true, force: true, maxRetries: 5})
  }

  log(): string {
    const file = join(this.dir, 'dovecot.log')
    return existsSync(file) ? readFileSync(file, 'utf8') : ''
  }

  private box(user: string): UserMaildir {
    const known = this.boxes.get(user) ?? new UserMaildir(join(this.dir, 'mail', user), this.owner)
    this.boxes.set(user, known)
    return known
  }

  private endAll({pid}: ChildProcess, signal: NodeJS.Signals): void {
    try {
      process.kill(-(pid ?? 0), signal)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
    }
  }

  private ownAll(): void {
    chmodSync(this.dir, 0o755)
    if (this.owner) execFileSync('chown', ['-R', `${this.owner.uid}:${this.owner.gid}`, this.dir])
  }
}

/** Root becomes nobody; and whoever it is, the server ends when the test does, however it ends. */
function asServerUser(): string[] {
  const {user, group} = serverUser()
  const hand = process.getuid?.() === 0 ? [`--reuid=${user}`, `--regid=${group}`, '--clear-groups'] : []
  return [...hand, '--pdeathsig', 'TERM']
}

function ownerOf(user: string): {uid: number; gid: number} | null {
  if (process.getuid?.() !== 0) return null
  const id = (flag: string): number => Number(execFileSync('id', [flag, user], {encoding: 'utf8'}))
  return {uid: id('-u'), gid: id('-g')}
}

function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, HOST)
    const end = (isUp: boolean): void => {
      socket.destroy()
      resolve(isUp)
    }
    socket.once('data', () => end(true))
    socket.once('error', () => end(false))
    socket.once('close', () => end(false))
  })
}
