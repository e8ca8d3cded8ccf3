import {spawn} from 'node:child_process'
import {chmodSync, mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {untilAtRest} from '../at-rest.js'
import {cleanEnv} from '../built-mcos.js'

const bin = fileURLToPath(new URL('../../bin/mcos.js', import.meta.url))
const PATIENCE_MS = 240_000
/** For how long a command must do nothing before somebody types the next line. */
const UNTIL_TYPED_MS = 700
/** The same before Ctrl-C, where it never ends by itself. */
const UNTIL_INTERRUPTED_MS = 2_000

export interface Typed {
  readonly code: number | null
  /** What it said, on both streams, in their order. */
  readonly output: string
}

export interface Typing {
  readonly types?: readonly string[] | null
  readonly isInterrupted?: boolean
}

/** A reader's shell: a home of its own, `mcos` on the PATH; folder and variables last from command to command. */
export class Shell {
  private readonly env: Record<string, string>

  constructor(
    readonly home: string,
    private readonly notes: string,
  ) {
    const programs = join(notes, 'bin')
    mkdirSync(programs, {recursive: true})
    writeFileSync(join(programs, 'mcos'), `#!/bin/sh\nexec '${process.execPath}' '${bin}' "$@"\n`)
    writeFileSync(join(programs, 'node'), `#!/bin/sh\nexec '${process.execPath}' "$@"\n`)
    for (const program of ['mcos', 'node']) chmodSync(join(programs, program), 0o755)
    const path = `${programs}:/usr/local/bin:/usr/bin:/bin`
    this.env = {
      ...cleanEnv(home),
      PATH: path,
      USER: 'ada',
      LOGNAME: 'ada',
      NO_COLOR: '1',
      TZ: zoneWhereItIsTen(),
      LANG: 'C.UTF-8',
      SHELL: '/bin/bash',
    }
    writeFileSync(join(notes, 'folder'), home)
    writeFileSync(join(notes, 'variables'), '')
  }

  set(name: string, value: string): void {
    this.env[name] = value
  }

  async type(command: string, {types = null, isInterrupted = false}: Typing = {}): Promise<Typed> {
    const script = join(this.notes, 'command.sh')
    writeFileSync(script, this.around(command))
    const words = types ? ['script', '-qec', `bash ${script}`, '/dev/null'] : ['bash', script]
    const [program = '', ...args] = words
    const child = spawn(program, args, {env: this.env, stdio: 'pipe', detached: true})
    const end = (signal: NodeJS.Signals): void => {
      if (child.pid !== undefined) process.kill(-child.pid, signal)
    }
    const timer = setTimeout(() => end('SIGKILL'), PATIENCE_MS)
    const over = new AbortController()
    const atRest = (forMs: number): Promise<void> => untilAtRest(child.pid ?? 0, forMs, over.signal)
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text
      })
    }
    child.stdin.on('error', () => {
      // A command that reads nothing closes it early.
    })
    if (!types) child.stdin.end()
    const ended = new Promise<number | null>((done, fail) => {
      child.on('error', fail)
      child.on('close', done)
    })
    const typing = (async () => {
      for (const line of types ?? []) {
        await atRest(UNTIL_TYPED_MS)
        if (!over.signal.aborted) child.stdin.write(`${line}\r`)
      }
      if (!isInterrupted) return
      await atRest(UNTIL_INTERRUPTED_MS)
      if (!over.signal.aborted) end('SIGINT')
    })()
    const code = await ended
    over.abort()
    await typing
    clearTimeout(timer)
    return {code, output: output.replaceAll('\r', '')}
  }

  /** Both streams go one way, so that what is said comes in its order. */
  private around(command: string): string {
    const [folder, variables] = [join(this.notes, 'folder'), join(this.notes, 'variables')]
    const after = `code=$?\npwd > '${folder}'\nexport -p > '${variables}'\nexit $code\n`
    return `. '${variables}'\ncd "$(cat '${folder}')"\nexec 2>&1\n${command}\n${after}`
  }
}

/** So that a page shows the same at midnight: quiet hours are real. */
function zoneWhereItIsTen(): string {
  const ahead = ((10 - new Date().getUTCHours() + 36) % 24) - 12
  return ahead === 0 ? 'UTC' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`
}
