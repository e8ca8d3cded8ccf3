import {execFileSync} from 'node:child_process'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {inject, onTestFinished} from 'vitest'
import {cleanEnv} from './built-mcos.js'

/** A real terminal of a size, with a shell in it. */
export interface Tmux {
  /** Words as `tmux send-keys` takes them: letters, or names such as Enter, Escape, C-c, Up. */
  keys(...keys: string[]): void
  /** Types a text as it stands. */
  type(text: string): void
  screen(): string
  /** Waits until the screen shows it, and tells how long that took. */
  waitFor(wanted: string | RegExp, timeoutMs?: number): Promise<number>
  resize(columns: number, rows: number): void
  /** How it takes what is typed, as `stty -a` says, without its size. */
  mode(): string
  isOnOtherScreen(): boolean
  isCursorShown(): boolean
}

/** Starts one for a test; the server, its socket and all that runs in it end with the test. */
export function openTmux(dir: string, {columns, rows}: {readonly columns: number; readonly rows: number}): Tmux {
  const failure = inject('buildFailure')
  if (failure !== null) throw new Error(`mcos could not be built:\n${failure}`)
  const place = mkdtempSync(join(tmpdir(), 'mcos-tmux-'))
  const socket = join(place, 'socket')
  const env = {...cleanEnv(dir), TERM: 'xterm-256color', LANG: 'C.UTF-8', PS1: '$ '}
  const tmux = (...args: string[]): string =>
    execFileSync('tmux', ['-S', socket, '-f', '/dev/null', ...args], {
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  const size = ['-x', String(columns), '-y', String(rows)]
  tmux('new-session', '-d', '-s', 'test', '-c', dir, ...size, 'bash', '--norc', '--noprofile')
  onTestFinished(async () => {
    tmux('kill-server')
    // What ran in it is told that its terminal is gone, and must be gone too before its folder is removed.
    await new Promise((resolve) => setTimeout(resolve, 300))
    rmSync(place, {recursive: true, force: true})
  })
  const ask = (format: string): string => tmux('display-message', '-p', '-t', 'test', format).trim()
  const screen = (): string => tmux('capture-pane', '-p', '-t', 'test')
  return {
    screen,
    keys: (...keys) => void tmux('send-keys', '-t', 'test', ...keys),
    type: (text) => void tmux('send-keys', '-t', 'test', '-l', text),
    resize: (width, height) => void tmux('resize-window', '-t', 'test', '-x', String(width), '-y', String(height)),
    mode: () => execFileSync('stty', ['-a', '-F', ask('#{pane_tty}')], {encoding: 'utf8'}).replace(/rows.*?;.*?;/, ''),
    isOnOtherScreen: () => ask('#{alternate_on}') === '1',
    isCursorShown: () => ask('#{cursor_flag}') === '1',
    async waitFor(wanted, timeoutMs = 15_000) {
      const started = performance.now()
      while (performance.now() - started < timeoutMs) {
        const text = screen()
        if (typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text)) return performance.now() - started
        await new Promise((resolve) => setTimeout(resolve, 25))
      }
      throw new Error(`never saw ${wanted} within ${timeoutMs} ms:\n${screen()}`)
    },
  }
}
