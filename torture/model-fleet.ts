import {spawn} from 'node:child_process'
import {mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {layFile, layFleet, trustAsMadeHere} from '../testing/lay-fleet.js'
import {mcosCommand, runGit} from './kill/run-mcos.js'

/** A fleet whose models are on the loopback: `dir/home`, made on this machine, everything committed. */
export interface ModelFleet {
  readonly dir: string
  readonly home: string
  write(path: string, text: string): void
  read(path: string): string
  /** Names in a folder; none where there is no such folder. */
  list(folder: string): string[]
  git(...argv: string[]): string
  remove(): void
}

export function makeModelFleet(agents: readonly string[], files: Readonly<Record<string, string>>): ModelFleet {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'mcos-models-')))
  const home = join(dir, 'home')
  const git = (...argv: string[]): string => runGit(home, ...argv).out
  layFleet(home, files, agents)
  trustAsMadeHere(home)
  return {
    dir,
    home,
    write: (path, text) => layFile(home, path, text),
    git,
    read: (path) => readFileSync(join(home, path), 'utf8'),
    list: (folder) => listNames(join(home, folder)),
    remove: () => rmSync(dir, {recursive: true, force: true, maxRetries: 3}),
  }
}

/** How a process of the built mcos ended. */
export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
  /** From its start. */
  readonly ms: number
}

/** The built mcos as cron or a person would start it, in a process of its own, while this one goes on answering. */
export function startMcos({home}: ModelFleet, argv: readonly string[], path?: string) {
  const {program, args, env} = mcosCommand(argv, {cwd: home, ...(path === undefined ? {} : {path})})
  const started = performance.now()
  const child = spawn(program, args, {cwd: home, env: {...env, KEY: 'sk-ant-test'}, stdio: ['ignore', 'pipe', 'pipe']})
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve({code, signal, stdout, stderr, ms: performance.now() - started}))
  })
  return {child, ended}
}

/** What a fleet at rest must not show: calls that are still reserved, and turns that nobody is at. */
export function leftByTurns(fleet: ModelFleet): string[] {
  const open = fleet.list('.mcos/budget').filter((name) => name.endsWith('.json'))
  return [
    ...open.flatMap((name) => {
      const book = JSON.parse(fleet.read(`.mcos/budget/${name}`)) as {open?: unknown[]}
      return (book.open ?? []).map((call) => `a reservation is left: ${JSON.stringify(call).slice(0, 200)}`)
    }),
    ...fleet.list('.mcos/underway').map((name) => `underway is left: ${name}`),
    ...fleet
      .git('status', '--porcelain')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => `not committed: ${line}`),
  ]
}

function listNames(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    // There is no such folder.
    return []
  }
}
