import {execFile} from 'node:child_process'
import {mkdtempSync, realpathSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {presentHeartbeat} from '../src/present/heartbeat.js'

const BIN = fileURLToPath(new URL('../bin/mcos.js', import.meta.url))

/** A throw-away folder in which commands are typed, shown and really run. */
export class Stage {
  readonly dir = realpathSync(mkdtempSync(join(tmpdir(), 'mcos-demo-')))
  /** Where the next command is typed. */
  cwd = this.dir

  constructor(
    private readonly write: (text: string) => void,
    private readonly extraEnv: Readonly<Record<string, string>> = {},
  ) {}

  say(text: string): void {
    this.write(`\n${text}\n`)
  }

  /** One `mcos` command: what was typed, then what came of it. */
  async mcos(...words: string[]): Promise<void> {
    this.write(`\n$ mcos ${words.map(quote).join(' ')}\n`)
    this.write(indent(await this.run(process.execPath, [BIN, ...words])))
  }

  /** A heartbeat as its terminal shows it; returned as the object that `--json` prints. */
  async beat(): Promise<Beat> {
    this.write('\n$ mcos heartbeat\n')
    const report = JSON.parse(await this.run(process.execPath, [BIN, 'heartbeat', '--json']))
    this.write(indent(presentHeartbeat(report)))
    return report
  }

  /** The same object without a line on the screen. */
  async json<T>(...words: string[]): Promise<T> {
    return JSON.parse(await this.run(process.execPath, [BIN, ...words, '--json']))
  }

  /** Any other program, typed as it stands. */
  async shell(program: string, ...words: string[]): Promise<void> {
    this.write(`\n$ ${[program, ...words].map(quote).join(' ')}\n`)
    this.write(indent(await this.run(program, words)))
  }

  /** Away with everything. */
  strike(): void {
    rmSync(this.dir, {recursive: true, force: true})
  }

  private run(program: string, words: readonly string[]): Promise<string> {
    return new Promise((resolve, reject) => {
      execFile(program, words, {cwd: this.cwd, env: this.env()}, (error, stdout, stderr) => {
        if (error) reject(new Error(`${program} ${words.join(' ')} ended with ${error.code}:\n${stdout}${stderr}`))
        else resolve(stdout)
      })
    })
  }

  /** A machine on which nobody has set anything up: no key, no git identity. */
  private env(): NodeJS.ProcessEnv {
    const {PATH, TERM, LANG} = process.env
    return {PATH, TERM, LANG, HOME: this.dir, USER: 'ada', GIT_CONFIG_NOSYSTEM: '1', NO_COLOR: '1', ...this.extraEnv}
  }
}

export interface Beat {
  readonly agents: readonly {
    readonly agent: string
    readonly state: string
    readonly commit: string | null
    readonly reason: string
    readonly model_calls: number
    readonly cost_usd: number
    readonly checks: readonly {readonly status: string}[]
  }[]
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

function indent(text: string): string {
  return text.trim() === '' ? '  (nothing to say)\n' : `${text.trimEnd().replace(/^(?=.)/gm, '  ')}\n`
}
