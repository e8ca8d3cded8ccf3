import {spawnSync} from 'node:child_process'
import {accessSync, constants, lstatSync, readlinkSync, realpathSync} from 'node:fs'
import path from 'node:path'

export interface SandboxOptions {
  /** The copy that the program works in: the only thing on the disk that it can change. */
  readonly workDir: string
  /** Where the program finds that copy: the absolute path of the folder it is a copy of. */
  readonly at: string
  /** Files and folders that it may read besides the system's own, absolute. */
  readonly readable: readonly string[]
  /** Folders and files inside those that it must not see, absolute. */
  readonly hidden?: readonly string[]
  /** Files and folders of ours that it finds elsewhere, read-only: a socket among them is its one way out. */
  readonly placed?: readonly {readonly from: string; readonly at: string}[]
  /** Only HOME and PATH are looked at; what the program is given of it is for whoever starts it. */
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Programs, libraries and what they read of their system; what a distribution hasn't got is left out. */
const SYSTEM = ['/usr', '/opt', '/nix/store', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32']
/** Names, certificates, time zone and the settings of interpreters: nothing of /etc that holds a password. */
const SETTINGS = [
  'alternatives ca-certificates ca-certificates.conf crypto-policies ssl/certs ssl/openssl.cnf pki/tls/certs pki/ca-trust',
  'passwd group hosts host.conf hostname nsswitch.conf resolv.conf gai.conf services protocols mime.types magic',
  'ld.so.cache ld.so.conf ld.so.conf.d localtime timezone locale.alias locale.conf os-release lsb-release',
  'fonts terminfo inputrc perl python3 java php ruby gitattributes manpath.config static',
]
  .join(' ')
  .split(' ')
  .map((name) => `/etc/${name}`)
/** No tty and no ptmx: a program can't show itself a terminal, nor write into anybody's. */
const DEVICES = ['null', 'zero', 'full', 'random', 'urandom']
const KNOWN_PLACES = ['/usr/bin/bwrap', '/bin/bwrap', '/usr/local/bin/bwrap', '/run/current-system/sw/bin/bwrap']

/**
 * The command line that runs a program in a sandbox of its own: the system read-only, an empty home and /tmp, its own
 * processes, a network in which nobody else is, no terminal, nothing of the rest of the disk, and an end when we end.
 */
export function sandboxed(argv: readonly string[], options: SandboxOptions): string[] {
  const {workDir, at, readable, hidden = [], placed = [], env} = options
  return [
    findBwrap() ?? 'bwrap',
    ...[
      '--unshare-all',
      ...(supported() ?? []),
      // No --new-session: whoever starts it has made one already, without a terminal, and ends all of that group. In one
      // of its own a program is missed by a signal that comes before it has asked to end with its parent.
      '--die-with-parent',
    ],
    ...['--cap-drop', 'ALL', '--hostname', 'sandbox'],
    ...['--tmpfs', '/', '--tmpfs', '/tmp', '--tmpfs', '/var/tmp'],
    ...SYSTEM.flatMap(bindSystem),
    ...SETTINGS.flatMap((file) => ['--ro-bind-try', file, file]),
    ...['--proc', '/proc', '--dir', '/dev', '--tmpfs', '/dev/shm'],
    ...DEVICES.flatMap((name) => ['--dev-bind', `/dev/${name}`, `/dev/${name}`]),
    ...['fd', 'stdin', 'stdout', 'stderr'].flatMap((name, place) => [
      '--symlink',
      name === 'fd' ? '/proc/self/fd' : `/proc/self/fd/${place - 1}`,
      `/dev/${name}`,
    ]),
    ...emptyHome(env),
    ...programFolders(env).flatMap(bind),
    ...[...readable].sort().flatMap(bind),
    ...hidden.flatMap(hide),
    ...placed.flatMap(({from, at: place}) => ['--ro-bind', from, place]),
    ...['--bind', workDir, at, '--remount-ro', '/', '--chdir', at],
    ...['--setenv', 'TMPDIR', '/tmp', '--unsetenv', 'XDG_RUNTIME_DIR', '--unsetenv', 'DBUS_SESSION_BUS_ADDRESS'],
    '--',
    ...argv,
  ]
}

/** Whether programs can be run in a sandbox here: tried once, as many machines have the program and forbid its use. */
export function hasSandbox(): boolean {
  return supported() !== null
}

/** Flags that newer versions know, best first: no further sandboxes inside, in which a program would be its own root. */
const EXTRAS: readonly (readonly string[])[] = [['--unshare-user', '--disable-userns'], []]

let known: readonly string[] | null | undefined

/** The flags that work here; null: nothing does. */
function supported(): readonly string[] | null {
  if (known !== undefined) return known
  const isLinux = process.platform === 'linux' && findBwrap() !== null
  known = (isLinux ? EXTRAS.find(trySandbox) : undefined) ?? null
  return known
}

function trySandbox(extras: readonly string[]): boolean {
  known = extras
  const options = {workDir: '/usr', at: '/tmp/try', readable: [], env: {}}
  const [program = '', ...args] = sandboxed(['/bin/sh', '-c', 'exit 42'], options)
  return spawnSync(program, args, {stdio: 'ignore', timeout: 10_000, env: {PATH: '/usr/bin:/bin'}}).status === 42
}

/** By its usual places first: a program of that name in somebody's own folder is not asked to guard anything. */
function findBwrap(): string | null {
  return KNOWN_PLACES.find((file) => isExecutable(file)) ?? null
}

/** `/bin` is a link to `/usr/bin` on most systems, and a folder on some. */
function bindSystem(folder: string): string[] {
  const found = lstatSync(folder, {throwIfNoEntry: false})
  if (!found) return []
  return found.isSymbolicLink() ? ['--symlink', readlinkSync(folder), folder] : ['--ro-bind', folder, folder]
}

/** A home of its own that is gone afterwards, where caches can be written and nothing of the person's can be read. */
function emptyHome({HOME = ''}: SandboxOptions['env']): string[] {
  const isOrdinary = path.isAbsolute(HOME) && HOME.split('/').length > 1 && !SYSTEM.some((root) => isBelow(root, HOME))
  return isOrdinary && HOME !== '/' ? ['--tmpfs', HOME] : []
}

function bind(place: string): string[] {
  return ['--ro-bind-try', place, place]
}

function hide(place: string): string[] {
  const found = lstatSync(place, {throwIfNoEntry: false})
  if (!found) return []
  return found.isDirectory() ? ['--tmpfs', place] : ['--ro-bind', '/dev/null', place]
}

/** Folders of PATH that lie outside the system, with the `lib` beside them that their programs need. */
function programFolders({PATH = ''}: SandboxOptions['env']): string[] {
  const folders = PATH.split(path.delimiter).filter((folder) => path.isAbsolute(folder))
  const outside = folders.filter((folder) => !SYSTEM.some((root) => isBelow(folder, root)))
  const libraries = outside
    .filter((folder) => path.basename(folder) === 'bin')
    .map((folder) => path.resolve(folder, '../lib'))
  return [...new Set([...outside, ...libraries])].filter(isPlainFolder)
}

/** What lies behind a link isn't what PATH names, and a whole home or root is no folder of programs. */
function isPlainFolder(folder: string): boolean {
  const found = lstatSync(folder, {throwIfNoEntry: false})
  return found?.isDirectory() === true && realpathSync(folder) === folder && folder.split('/').length > 2
}

function isBelow(place: string, root: string): boolean {
  return place === root || place.startsWith(`${root}/`)
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    // Not here; the next place may have it.
    return false
  }
}
