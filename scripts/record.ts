import {execFileSync} from 'node:child_process'
import {chmodSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {fileURLToPath} from 'node:url'
import {startService} from '../demo/service.js'
import {Stage} from '../demo/stage.js'
import type {Screen} from './terminal-svg.js'

const BIN = fileURLToPath(new URL('../bin/mcos.js', import.meta.url))
const SIZE = ['-x', '118', '-y', '32']
/** What is typed, and what it says last. */
const COMMANDS = [
  ['mcos heartbeat gene', 'next: '],
  ['mcos status', 'q quit'],
] as const
/** How long a screen has to stay as it is once it is there, and how long it may take at most. */
const STILL_MS = 1500
const MOST_MS = 60_000

/** The sample fleet in its bad minute, on a real terminal: a beat that meets an outage, then the fleet at a glance. */
export async function record(): Promise<Screen[]> {
  const stage = new Stage(() => undefined)
  const service = await startService()
  const terminal = new Terminal(stage.dir)
  try {
    await prepare(stage, service.port)
    service.breakDown()
    await stage.mcos('message', 'send', 'donna', 'Forty customers cannot reach us.')
    const screens: Screen[] = []
    for (const [command, last] of COMMANDS)
      screens.push({command, lines: await terminal.show(command, last, stage.cwd)})
    return screens
  } finally {
    terminal.close()
    await service.close()
    stage.strike()
  }
}

async function prepare(stage: Stage, port: number): Promise<void> {
  await stage.mcos('init', 'fleet', 'northwind', '--template', 'northwind')
  stage.cwd = join(stage.dir, 'northwind')
  for (const file of ['mcos.yaml', 'gene/HEARTBEAT.md', 'gene/SOUL.md']) {
    const path = join(stage.cwd, file)
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll('127.0.0.1:8377', `127.0.0.1:${port}`))
  }
  const config = join(stage.cwd, 'mcos.yaml')
  writeFileSync(
    config,
    readFileSync(config, 'utf8').replace(/^timezone: .*$/m, `host: mini\ntimezone: ${zoneWhereItIsTen()}`),
  )
  await stage.mcos('commit', '-m', 'Dispatch answers on this machine')
  await stage.shell('git', 'init', '-q', '-b', 'main', '../field-app')
  const flow = ['-C', '../field-app', '-c', 'user.name=Flow', '-c', 'user.email=flow@northwind.example']
  await stage.shell('git', ...flow, 'commit', '-q', '--allow-empty', '-m', 'Begin')
  await stage.mcos('trust', '--yes')
  // The second one reads what the first has sent on.
  for (let beat = 0; beat < 2; beat++) await stage.mcos('heartbeat')
}

/** The same picture at midnight: quiet hours would silence half of it. */
function zoneWhereItIsTen(): string {
  const ahead = ((10 - new Date().getUTCHours() + 36) % 24) - 12
  return ahead === 0 ? 'UTC' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`
}

/** A real terminal that nobody sees: tmux on a socket of its own. */
class Terminal {
  private screens = 0

  constructor(private readonly dir: string) {}

  /** What stands on the screen once a command has drawn it and nothing moves any more. */
  async show(command: string, last: string, cwd: string): Promise<string[]> {
    const programs = join(this.dir, 'bin')
    mkdirSync(programs, {recursive: true})
    writeFileSync(join(programs, 'mcos'), `#!/bin/sh\nexec '${process.execPath}' '${BIN}' "$@"\n`)
    chmodSync(join(programs, 'mcos'), 0o755)
    const env = [
      'env',
      '-i',
      `HOME=${this.dir}`,
      'USER=ada',
      'TERM=screen-256color',
      'LANG=C.UTF-8',
      'COLORTERM=',
      `PATH=${programs}:/usr/local/bin:/usr/bin:/bin`,
    ]
    // A socket for each: a server that is told to end may still be there when the next begins.
    this.screens += 1
    const typed = [...env, 'sh', '-c', `${command}; sleep 60`]
    this.tmux('new-session', '-d', ...SIZE, '-c', cwd, typed.map(quote).join(' '))
    const text = await this.whenStill(last)
    this.tmux('kill-server')
    // A screen puts its keys at the bottom, however empty it is.
    return text
      .replace(/\s+$/, '')
      .replaceAll(/\n(?:\s*\n)+/g, '\n\n')
      .split('\n')
      .map(withoutPlace)
  }

  close(): void {
    try {
      this.tmux('kill-server')
    } catch {
      // It has ended with its last screen.
    }
  }

  private async whenStill(awaited: string): Promise<string> {
    const end = Date.now() + MOST_MS
    let last = ''
    let since = Date.now()
    while (Date.now() < end) {
      await sleep(100)
      const now = this.tmux('capture-pane', '-e', '-p', '-J')
      if (!isLike(now, last)) since = Date.now()
      last = now
      if (withoutStyle(now).includes(awaited) && Date.now() - since > STILL_MS) return now
    }
    return last
  }

  private tmux(...args: readonly string[]): string {
    return execFileSync('tmux', ['-S', join(this.dir, `tmux-${this.screens}`), '-f', '/dev/null', ...args], {
      encoding: 'utf8',
      env: {PATH: process.env['PATH'] ?? '', HOME: this.dir, LANG: 'C.UTF-8', TERM: 'screen-256color'},
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  }
}

/** The port is another one in each run. */
function withoutPlace(line: string): string {
  return line.replaceAll(/127\.0\.0\.1:\d{4,5}/g, '127.0.0.1:8377').trimEnd()
}

/** A key and its word may be of two styles. */
function withoutStyle(screen: string): string {
  return screen.replaceAll(/\x1b\[[\d;]*m/g, '')
}

/** A clock that goes on is no change. */
function isLike(one: string, other: string): boolean {
  return one.replaceAll(/[\d\s]/g, '') === other.replaceAll(/[\d\s]/g, '')
}

function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`
}
