import {execFileSync} from 'node:child_process'
import {randomUUID} from 'node:crypto'
import {existsSync, readFileSync} from 'node:fs'
import {setTimeout as sleep} from 'node:timers/promises'
import {fileURLToPath} from 'node:url'
import {inject, onTestFinished} from 'vitest'
import {cleanEnv} from './built-mcos.js'
import {tempFolder} from './temp-folder.js'

const bin = fileURLToPath(new URL('../bin/mcos.js', import.meta.url))

export interface TmuxShellOptions {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  readonly columns?: number
  readonly rows?: number
}

/** A real terminal with a shell in it, typed at by the test. */
export interface TmuxShell {
  /** Keys as tmux names them (`Enter`, `C-c`, `M-Enter`), or text. */
  press(...keys: string[]): void
  /** Letters exactly so. */
  type(text: string): void
  /** As pasted, bracketed where the program asked for that. */
  paste(text: string): void
  /** What the screen shows, without the blank rows at its end. */
  text(): string
  /** The same with all that has scrolled away. */
  history(): string
  resize(columns: number, rows: number): void
  /** Waits until the screen, or what scrolled off it, satisfies this; fails with what it shows. */
  until(isRight: RegExp | ((text: string) => boolean), withinMs?: number): Promise<string>
  /** Whether the terminal shows its cursor. */
  hasCursor(): boolean
  /** The process that the shell has started and waits for. */
  child(): number
  /** Runs a line in the shell and gives what it printed. */
  shell(line: string): Promise<string>
  /** The line that starts the built mcos. */
  mcos(args: string): string
}

/** A tmux server of its own, with nothing of this machine's settings; it ends with the test. */
export async function openTmuxShell({cwd, env = {}, columns = 80, rows = 24}: TmuxShellOptions): Promise<TmuxShell> {
  const failure = inject('buildFailure')
  if (failure !== null) throw new Error(`mcos could not be built:\n${failure}`)
  const socket = `mcos-${randomUUID()}`
  const tmux = (...args: string[]): string =>
    execFileSync('tmux', ['-L', socket, '-f', '/dev/null', ...args], {
      encoding: 'utf8',
      env: {...cleanEnv(cwd), LC_ALL: 'C.UTF-8', TERM: 'xterm-256color', HISTFILE: '', ...env},
      cwd,
    })
  tmux('new-session', '-d', '-x', String(columns), '-y', String(rows), "PS1='$ ' exec bash --norc --noprofile")
  onTestFinished(() => {
    tmux('kill-server')
  })
  const capture = (...more: string[]): string => tmux('capture-pane', '-p', ...more).trimEnd()
  const screen: TmuxShell = {
    press: (...keys) => void tmux('send-keys', ...keys),
    type: (text) => void tmux('send-keys', '-l', text),
    paste(text) {
      tmux('set-buffer', text)
      tmux('paste-buffer', '-p')
    },
    text: () => capture(),
    history: () => capture('-S', '-'),
    resize: (width, height) => void tmux('resize-window', '-x', String(width), '-y', String(height)),
    child() {
      const shell = tmux('display-message', '-p', '#{pane_pid}').trim()
      const [child = ''] = readFileSync(`/proc/${shell}/task/${shell}/children`, 'utf8').trim().split(' ')
      return Number(child)
    },
    hasCursor: () => tmux('display-message', '-p', '#{cursor_flag}').trim() === '1',
    async until(isRight, withinMs = 15_000) {
      const fits = (text: string): boolean => (isRight instanceof RegExp ? isRight.test(text) : isRight(text))
      const end = Date.now() + withinMs
      for (;;) {
        const text = screen.history()
        if (fits(text)) return text
        if (Date.now() > end) throw new Error(`The terminal never showed ${String(isRight)}:\n${text}`)
        await sleep(50)
      }
    },
    async shell(line) {
      const folder = tempFolder()
      screen.type(`(${line}) > '${folder}/begun' 2>&1; mv '${folder}/begun' '${folder}/done'`)
      screen.press('Enter')
      await screen.until(() => existsSync(`${folder}/done`))
      return readFileSync(`${folder}/done`, 'utf8')
    },
    mcos: (args) => `'${process.execPath}' '${bin}' ${args}`,
  }
  await screen.until(/\$ ?$/)
  return screen
}
