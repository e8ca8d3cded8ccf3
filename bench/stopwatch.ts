import {type ChildProcess, spawn} from 'node:child_process'
import {createInterface, type Interface} from 'node:readline'
import {fileURLToPath} from 'node:url'

/** A program to be started, with nothing of our own environment but PATH. */
export interface Command {
  readonly argv: readonly string[]
  readonly cwd: string
  /** HOME, and whatever else this one needs. */
  readonly env?: Readonly<Record<string, string>>
  /** What it reads on its standard input; default: nothing. */
  readonly input?: string
  /** What it may end with; default 0. */
  readonly code?: number
}

/** Measures the wall time of whole programs, from a small process of its own. */
export class Stopwatch {
  private readonly child: ChildProcess
  private readonly lines: Interface
  private readonly answers: AsyncIterableIterator<string>

  constructor() {
    const script = fileURLToPath(new URL('stopwatch.cjs', import.meta.url))
    this.child = spawn(process.execPath, [script], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: {PATH: process.env['PATH']},
    })
    const {stdout} = this.child
    if (!stdout) throw new Error('the stopwatch has no output')
    this.lines = createInterface({input: stdout})
    this.answers = this.lines[Symbol.asyncIterator]()
  }

  /** Milliseconds from start to end; a program that fails ends the bench, as its time would mean nothing. */
  async time(command: Command): Promise<number> {
    const {ms} = await this.run(command)
    return ms
  }

  /** As time, with what the program printed. */
  async run({
    argv,
    cwd,
    env = {},
    input = '',
    code = 0,
  }: Command): Promise<{readonly ms: number; readonly said: string}> {
    const call = {argv, cwd, input, env: {PATH: process.env['PATH'], HOME: cwd, ...env}}
    this.child.stdin?.write(`${JSON.stringify(call)}\n`)
    const answer: {ms: number; code: number | null; said: string} = JSON.parse((await this.answers.next()).value)
    if (answer.code !== code) throw new Error(`${argv.join(' ')} ended with ${answer.code}:\n${answer.said}`)
    return answer
  }

  close(): void {
    this.child.stdin?.end()
    this.lines.close()
  }
}
