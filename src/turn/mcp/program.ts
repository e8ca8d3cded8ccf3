import {type ChildProcess, spawn} from 'node:child_process'
import type {Transport} from '@modelcontextprotocol/sdk/shared/transport.js'
import {type JSONRPCMessage, JSONRPCMessageSchema} from '@modelcontextprotocol/sdk/types.js'
import {codeOf, holdUntilExit, killGroup, letGo} from '../../kit/child-group.js'
import {cleanLine, shorten} from '../../kit/text.js'

export interface ProgramOptions {
  readonly argv: readonly string[]
  readonly cwd: string
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>
  readonly messageBytes: number
}

/** How long it may tidy up once its stdin is closed, and then once it is told to end. */
const LEAVE_MS = 300
const TERM_MS = 1_000
/** A banner is passed over; a program that prints nothing else is no server. */
const MAX_STRANGE_LINES = 200
const NEWLINE = 0x0a

/**
 * A server as a child of ours, in a process group of its own, one message a line. The SDK's own transport starts its
 * child in our group, so what a server starts would outlive it; and it keeps a line of any length.
 */
export class ProgramTransport implements Transport {
  onclose?: () => void
  onerror?: (error: Error) => void
  onmessage?: <T extends JSONRPCMessage>(message: T) => void
  /** Why it ended, in words; null as long as it goes on. */
  trouble: string | null = null
  private child: ChildProcess | null = null
  private exited: Promise<void> = Promise.resolve()
  private isClosed = false
  private parts: Buffer[] = []
  private bytes = 0
  private strangeLines = 0
  private lastWords = ''

  constructor(private readonly options: ProgramOptions) {}

  start(): Promise<void> {
    const {argv, cwd, env} = this.options
    const [program = '', ...args] = argv
    return new Promise((resolve, reject) => {
      const child = spawn(program, args, {cwd, env: {...env}, detached: true, stdio: ['pipe', 'pipe', 'pipe']})
      this.child = child
      this.exited = new Promise((done) => {
        child.once('exit', () => done())
        child.once('error', () => done())
      })
      child.once('spawn', () => {
        holdUntilExit(child)
        resolve()
      })
      child.once('error', (error) => {
        const code = codeOf(error)
        this.fail(code === 'ENOENT' ? `${program} is not installed here` : `${program} can't be started (${code})`)
        reject(error)
      })
      child.once('exit', (code, signal) => this.fail(`it ended (${signal ?? `exit ${code}`})${this.lastWords}`))
      // A server that ended is told of by its exit.
      child.stdin?.on('error', () => undefined)
      child.stdout?.on('data', (chunk: Buffer) => this.take(chunk)).on('error', () => undefined)
      child.stderr?.on('data', (chunk: Buffer) => this.hear(chunk)).on('error', () => undefined)
    })
  }

  send(message: JSONRPCMessage): Promise<void> {
    const stdin = this.child?.stdin
    if (!stdin?.writable || this.trouble !== null) return Promise.reject(new Error(this.trouble ?? 'it is not started'))
    // Not waited for: one that doesn't read is found by the time-out of the request.
    stdin.write(`${JSON.stringify(message)}\n`)
    return Promise.resolve()
  }

  async close(): Promise<void> {
    const {child} = this
    if (child === null || this.isClosed) return
    this.isClosed = true
    child.stdin?.end()
    if (!(await this.isGoneWithin(LEAVE_MS))) {
      killGroup(child, 'SIGTERM')
      await this.isGoneWithin(TERM_MS)
    }
    // Also what a server that has ended leaves behind.
    killGroup(child, 'SIGKILL')
    letGo(child)
    child.stdout?.destroy()
    child.stderr?.destroy()
    this.fail('it was closed')
  }

  private async isGoneWithin(ms: number): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), ms)
    })
    const isGone = await Promise.race([this.exited.then(() => true), late])
    clearTimeout(timer)
    return isGone
  }

  private take(chunk: Buffer): void {
    let from = 0
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      this.keep(chunk.subarray(from, at))
      this.finishLine()
      from = at + 1
    }
    this.keep(chunk.subarray(from))
  }

  private keep(part: Buffer): void {
    if (this.trouble !== null) return
    this.bytes += part.length
    this.parts.push(part)
    const {messageBytes} = this.options
    if (this.bytes > messageBytes) this.giveUp(`it sent more than ${messageBytes} bytes in one message`)
  }

  private finishLine(): void {
    const line = Buffer.concat(this.parts).toString('utf8').trim()
    this.parts = []
    this.bytes = 0
    if (line === '' || this.trouble !== null) return
    const message = parseMessage(line)
    if (message !== null) this.onmessage?.(message)
    else if (++this.strangeLines >= MAX_STRANGE_LINES) this.giveUp('what it prints is no MCP')
  }

  private hear(chunk: Buffer): void {
    const line = cleanLine(chunk.toString('utf8').trim().split('\n').at(-1) ?? '')
    if (line !== '') this.lastWords = `: ${shorten(line, 200)}`
  }

  private giveUp(why: string): void {
    if (this.child) killGroup(this.child, 'SIGKILL')
    this.fail(why)
  }

  private fail(why: string): void {
    if (this.trouble !== null) return
    this.trouble = why
    this.parts = []
    if (this.child) killGroup(this.child, 'SIGKILL')
    this.onclose?.()
  }
}

function parseMessage(line: string): JSONRPCMessage | null {
  try {
    return JSONRPCMessageSchema.safeParse(JSON.parse(line)).data ?? null
  } catch {
    // A banner, or half a line.
    return null
  }
}
