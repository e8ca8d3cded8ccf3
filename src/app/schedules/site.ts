import {existsSync} from 'node:fs'
import {homedir, userInfo} from 'node:os'
import path from 'node:path'
import {childEnv} from '../../kit/child-env.js'
import {type RunResult, runProgram} from '../../kit/run.js'
import type {Fleet} from '../../workspace/fleet.js'
import {starterOf} from '../guard-install/starter.js'

/** This machine as far as schedules go: who asks, where units lie, and how its programs are started. */
export interface ScheduleSite {
  readonly platform: NodeJS.Platform
  readonly uid: number
  readonly user: string
  readonly userHome: string
  readonly folders: {
    readonly userUnits: string
    readonly systemUnits: string
    readonly launchAgents: string
    /** Crontabs of the machine, with a column for the user. */
    readonly cronFolders: readonly string[]
    readonly cronFile: string
  }
  readonly node: string
  readonly mcos: string
  /** The PATH that a beat gets. */
  readonly path: string
  run(argv: readonly string[], options?: RunHow): Promise<RunResult>
}

interface RunHow {
  readonly input?: Uint8Array
  readonly onStdout?: (chunk: Buffer) => void
}

const TIMEOUT_MS = 20_000
const MOST_BYTES = 4 * 1024 * 1024

/** The machine that this runs on, as its person. */
export function scheduleSite(fleet: Fleet): ScheduleSite {
  const {env} = fleet
  const userHome = env['HOME'] && path.isAbsolute(env['HOME']) ? env['HOME'] : homedir()
  const config = env['XDG_CONFIG_HOME']
  const configHome = config && path.isAbsolute(config) ? config : path.join(userHome, '.config')
  return {
    platform: process.platform,
    uid: process.getuid?.() ?? 0,
    user: userName(),
    userHome,
    folders: {
      userUnits: path.join(configHome, 'systemd', 'user'),
      systemUnits: '/etc/systemd/system',
      launchAgents: path.join(userHome, 'Library', 'LaunchAgents'),
      cronFolders: ['/etc/cron.d'],
      cronFile: '/etc/crontab',
    },
    ...lastingStarter(fleet),
    path: beatPath(env['PATH'] ?? '', fleet.home.files.dir),
    run: (argv, {input, onStdout} = {}) =>
      runProgram(argv, {
        cwd: '/',
        // Answers are read, so they have to be in one language.
        env: {...childEnv(env), LC_ALL: 'C'},
        timeoutMs: TIMEOUT_MS,
        maxBytes: MOST_BYTES,
        ...(input && {input}),
        ...(onStdout && {onStdout}),
      }),
  }
}

/** fnm gives each shell a folder of its own in PATH, which is gone with that shell. */
function lastingStarter(fleet: Fleet): {node: string; mcos: string} {
  const {node, mcos} = starterOf(fleet)
  return {node: node.includes('fnm_multishells') ? process.execPath : node, mcos}
}

const SYSTEM = ['/usr/local/bin', '/usr/bin', '/bin']
/** A line of a crontab has room for a thousand bytes, and the home stands in it twice. */
const LONGEST_PATH = 500

/** The person's own PATH, so that a beat finds what they find: without folders that won't last or that agents write to. */
function beatPath(paths: string, home: string): string {
  const isLasting = (folder: string): boolean =>
    path.isAbsolute(folder) &&
    !`${folder}/`.startsWith(`${home}/`) &&
    !/[\u0000-\u001f\\"]|node_modules\/|fnm_multishells|^\/(?:var\/)?tmp\//.test(`${folder}/`) &&
    existsSync(folder)
  const own = [...new Set(paths.split(path.delimiter).filter(isLasting))]
  let room = LONGEST_PATH - SYSTEM.join(':').length
  const kept = own.filter((folder) => {
    room -= SYSTEM.includes(folder) ? 0 : folder.length + 1
    return room >= 0
  })
  return [...new Set([...kept, ...SYSTEM])].join(':')
}

function userName(): string {
  try {
    return userInfo().username
  } catch {
    // A user without an entry in passwd, as in many containers.
    return String(process.getuid?.() ?? 0)
  }
}
