import {readdirSync, readFileSync, statSync} from 'node:fs'
import {connect} from 'node:net'
import path from 'node:path'
import {childEnv} from '../../kit/child-env.js'
import {type RunResult, runProgram} from '../../kit/run.js'

/** A sign that the workspace's old runtime still works on this machine: two runtimes on one agent undo each other's work. */
export interface RuntimeTrace {
  readonly kind: 'process' | 'crontab' | 'service' | 'port' | 'settings'
  readonly detail: string
  /** What ends it, as it is typed. */
  readonly fix: string
}

/** What the machine tells, as text; null where it could not be asked. */
export interface MachineView {
  /** One process a line: its id, then its command line. */
  readonly processes: string | null
  readonly crontab: string | null
  /** Names of the person's systemd unit files, one a line. */
  readonly units: string | null
  /** Folders of old runtimes that are there. */
  readonly folders: readonly string[]
  readonly isPortOpen: boolean
}

const RUNTIME = /(?:^|[\s/])(openclaw|clawdbot|moltbot)(?:-gateway|-node)?(?:\.mjs|\.js)?(?=[\s/@]|$)/i
const UNIT = /^\s*((?:openclaw|clawdbot|moltbot)[\w@.-]*\.(?:service|timer))\s/gim
const PORT = 18789
const FOLDERS = ['.openclaw', '.clawdbot', '.moltbot']
const PATIENCE_MS = 2_000

/** Pure: which signs of a running old runtime are in what the machine told. */
export function findTraces(view: MachineView): RuntimeTrace[] {
  return [
    ...linesOf(view.processes).flatMap(processTrace),
    ...linesOf(view.crontab)
      .filter((line) => !line.trim().startsWith('#') && RUNTIME.test(line))
      .map((line): RuntimeTrace => ({kind: 'crontab', detail: line.trim(), fix: 'crontab -e'})),
    ...[...(view.units ?? '').matchAll(UNIT)].map(
      ([, unit = '']): RuntimeTrace => ({kind: 'service', detail: unit, fix: `systemctl --user disable --now ${unit}`}),
    ),
    ...(view.isPortOpen
      ? [
          {
            kind: 'port' as const,
            detail: `something listens on port ${PORT}, where its gateway does`,
            fix: 'openclaw gateway stop',
          },
        ]
      : []),
    ...view.folders.map(
      (folder): RuntimeTrace => ({
        kind: 'settings',
        detail: `${folder} is there: it may be started again`,
        fix: `ls ${folder}`,
      }),
    ),
  ]
}

/** Asks the machine, each question with its own patience; what can't be asked is no sign. */
export async function viewMachine(env: Readonly<Record<string, string | undefined>>): Promise<MachineView> {
  const [processes, crontab, units, isPortOpen] = await Promise.all([
    listProcesses(env),
    ask(['crontab', '-l'], env),
    ask(['systemctl', '--user', 'list-unit-files', '--no-pager', '--no-legend', '--plain'], env),
    canConnect(PORT),
  ])
  const home = env['HOME']
  const folders = home ? FOLDERS.map((name) => path.join(home, name)).filter(isFolder) : []
  return {processes, crontab, units, isPortOpen, folders}
}

function processTrace(line: string): RuntimeTrace[] {
  const [, pid = '', command = ''] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? []
  if (!RUNTIME.test(command) || Number(pid) === process.pid || !isRuntimeProgram(command)) return []
  return [{kind: 'process', detail: `process ${pid}: ${command.slice(0, 120)}`, fix: `kill ${pid}`}]
}

/** An editor or a grep that has the word among its arguments is not the runtime. */
function isRuntimeProgram(command: string): boolean {
  const words = command.split(/\s+/).slice(0, 4)
  const [program = ''] = words
  if (RUNTIME.test(` ${path.basename(program)} `) || /^(?:openclaw|clawdbot|moltbot)/i.test(path.basename(program)))
    return true
  return (
    /^(?:node|bun|deno|npx|sh|bash|docker)$/.test(path.basename(program)) &&
    words.slice(1).some((word) => RUNTIME.test(word))
  )
}

function linesOf(text: string | null): string[] {
  return text === null ? [] : text.split('\n').filter((line) => line.trim() !== '')
}

async function listProcesses(env: Readonly<Record<string, string | undefined>>): Promise<string | null> {
  return process.platform === 'linux' ? readProc() : ask(['ps', '-axo', 'pid=,args='], env)
}

/** Command lines from /proc, which needs no program to be installed. */
function readProc(): string | null {
  try {
    const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
    return ids.flatMap((id) => commandLine(id)).join('\n')
  } catch {
    // A machine that hides /proc tells nothing, and that is no sign.
    return null
  }
}

function commandLine(id: string): string[] {
  try {
    const words = readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0').join(' ').trim()
    return words === '' ? [] : [`${id} ${words.replace(/\s+/g, ' ')}`]
  } catch {
    // It ended between two looks, or is another user's.
    return []
  }
}

async function ask(argv: readonly string[], env: Readonly<Record<string, string | undefined>>): Promise<string | null> {
  const result: RunResult = await runProgram(argv, {cwd: '/', env: childEnv(env), timeoutMs: PATIENCE_MS})
  return result.code === 0 ? result.stdout : null
}

function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({host: '127.0.0.1', port, timeout: 500})
    const end = (isOpen: boolean) => {
      socket.destroy()
      resolve(isOpen)
    }
    socket.once('connect', () => end(true))
    socket.once('timeout', () => end(false))
    socket.once('error', () => end(false))
  })
}

function isFolder(dir: string): boolean {
  return statSync(dir, {throwIfNoEntry: false})?.isDirectory() ?? false
}
