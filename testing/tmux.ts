import {execFileSync} from 'node:child_process'
import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {fileURLToPath} from 'node:url'
import {inject, onTestFinished} from 'vitest'
import {cleanEnv} from './built-mcos.js'

const bin = fileURLToPath(new URL('../bin/mcos.js', import.meta.url))
const LOOK_MS = 30

export interface TmuxOptions {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  readonly columns?: number
  readonly rows?: number
}

/** A real terminal with a shell in it, typed at by the test. */
export interface Tmux {
  /** Keys as tmux names them (`Enter`, `C-c`, `M-Enter`), or text. */
  press(...keys: string[]): void
  /** Letters exactly so. */
  type(text: string): void
  /** As pasted, bracketed where the program asked for that. */
  paste(text: string): void
  /** What it shows, without the blank rows at its end. */
  screen(): string
  resize(columns: number, rows: number): void
  /** Waits until this is on the screen, or on what has scrolled off it, and gives both. */
  until(wanted: string | RegExp, withinMs?: number): Promise<string>
  isCursorShown(): boolean
  isOnOtherScreen(): boolean
  /** The process that the shell has started and waits for. */
  child(): number
  /** How it takes what is typed, while the shell runs a program. */
  settings(): Promise<string>
  /** The line that starts the built mcos. */
  mcos(args: string): string
}

/** A tmux server of its own, with nothing of this machine's settings; it ends with the test, and all that runs in it. */
export async function openTmux({cwd, env = {}, columns = 80, rows = 24}: TmuxOptions): Promise<Tmux> {
  const failure = inject('buildFailure')
  if (failure !== null) throw new Error(`mcos could not be built:\n${failure}`)
  const place = mkdtempSync(join(tmpdir(), 'mcos-tmux-'))
  const tmux = (...args: string[]): string =>
    execFileSync('tmux', ['-S', join(place, 'socket'), '-f', '/dev/null', ...args], {
      encoding: 'utf8',
      env: {...cleanEnv(cwd), LC_ALL: 'C.UTF-8', TERM: 'xterm-256color', HISTFILE: '', ...env},
      cwd,
    })
  tmux('new-session', '-d', '-x', String(columns), '-y', String(rows), "PS1='$ ' exec bash --norc --noprofile")
  const ask = (format: string): string => tmux('display-message', '-p', format).trim()
  const shell = Number(ask('#{pane_pid}'))
  onTestFinished(async () => {
    tmux('kill-server')
    // What ran in it is told that its terminal is gone, and must be gone too before its folder is removed.
    for (let looks = 0; looks < 2_000 && runsInSession(shell); looks++) await sleep(LOOK_MS)
    rmSync(place, {recursive: true, force: true})
  })
  // What has scrolled off stays below a screen that lies over it.
  const everything = (): string =>
    tmux('if-shell', '-F', '#{alternate_on}', 'capture-pane -p', 'capture-pane -p -S -').trimEnd()
  const terminal: Tmux = {
    press: (...keys) => void tmux('send-keys', ...keys),
    type: (text) => void tmux('send-keys', '-l', text),
    paste(text) {
      tmux('set-buffer', text)
      tmux('paste-buffer', '-p')
    },
    screen: () => tmux('capture-pane', '-p').trimEnd(),
    resize: (width, height) => void tmux('resize-window', '-x', String(width), '-y', String(height)),
    isCursorShown: () => ask('#{cursor_flag}') === '1',
    isOnOtherScreen: () => ask('#{alternate_on}') === '1',
    child() {
      const [child = ''] = readFileSync(`/proc/${shell}/task/${shell}/children`, 'utf8').trim().split(' ')
      return Number(child)
    },
    async until(wanted, withinMs = 60_000) {
      const isThere = (text: string): boolean =>
        typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text)
      const end = Date.now() + withinMs
      for (;;) {
        const text = everything()
        if (isThere(text)) return text
        if (Date.now() > end) throw new Error(`The terminal never showed ${wanted}:\n${text}`)
        await sleep(LOOK_MS)
      }
    },
    async settings() {
      const [begun, done] = [join(place, 'begun'), join(place, 'done')]
      rmSync(done, {force: true})
      terminal.type(`stty -g > ${begun}; mv ${begun} ${done}`)
      terminal.press('Enter')
      for (let looks = 0; looks < 2_000 && !existsSync(done); looks++) await sleep(LOOK_MS)
      return readFileSync(done, 'utf8')
    },
    mcos: (args) => `'${process.execPath}' '${bin}' ${args}`,
  }
  await terminal.until(/\$ ?$/)
  return terminal
}

/** Whether anything of a shell's session goes on. */
function runsInSession(session: number): boolean {
  return readdirSync('/proc').some((name) => {
    if (!/^\d+$/.test(name)) return false
    try {
      const [state, , , of] = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
      return Number(of) === session && state !== 'Z'
    } catch {
      return false // It has just ended.
    }
  })
}
