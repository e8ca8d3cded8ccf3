import {spawnSync} from 'node:child_process'
import {accessSync, constants, existsSync} from 'node:fs'
import {delimiter, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {test} from 'vitest'

/** Where the coding agents lie that `npm ci` in `testing/hosts` installs; not in PATH, so that no other test meets them. */
export const HOSTS_BIN = fileURLToPath(new URL('hosts/node_modules/.bin', import.meta.url))

/** A coding agent of testing/hosts. */
export function host(program: string): Need {
  return {program, in: HOSTS_BIN}
}

/** Debian's IMAP server, with what it takes to start it; it lies where only root looks. */
export const DOVECOT: readonly Need[] = [
  {program: 'dovecot', in: '/usr/sbin', works: () => existsSync('/usr/lib/dovecot/imap')},
  {program: 'openssl'},
  {program: 'setpriv'},
]

/** What a command is started with so that its mounts are seen by nobody else and go with it. */
export const OWN_MOUNTS: readonly string[] = ['unshare', '-Urm']

/** A disk of its own for a test. */
export const OWN_DISK: Need = {
  program: 'unshare',
  works: () => spawnSync('unshare', ['-Urm', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], {stdio: 'ignore'}).status === 0,
}

/** Where Debian's packages put mail that nobody here wrote; .ci/run installs them. */
export const CORPORA = {
  python: '/usr/lib/python3.11/test/test_email/data',
  enmime: '/usr/share/gocode/src/github.com/jhillyerd/enmime/testdata',
  bounces: '/usr/lib/python3/dist-packages/flufl/bounce/tests/data',
} as const

/** A corpus of mail; it has no program, so its folder is what has to be there. */
export function corpus(name: keyof typeof CORPORA): Need {
  return {program: `the mail of ${name}`, at: CORPORA[name]}
}

/** A program of the system that a test can't do without. */
export interface Need {
  readonly program: string
  /** The folder it lies in; default: one of PATH. */
  readonly in?: string
  /** No program at all, but a path that must be there. */
  readonly at?: string
  /** Being there is not always enough: a sandbox, for one, may be forbidden here. */
  readonly works?: () => boolean
}

type SimpleTest = (title: string, body: () => Promise<void> | void, timeoutMs?: number) => void

/**
 * `test` for those that need programs of the system. Where one is missing the test is skipped and its title names it;
 * with CI=true nothing may be skipped, and the test fails instead.
 */
export function testNeeding(...needs: readonly (string | Need)[]): SimpleTest {
  const missing = needs.map(asNeed).filter((need) => !isMet(need))
  if (missing.length === 0) return (title, body, timeoutMs) => test(title, body, timeoutMs)
  const names = missing.map(({program}) => program).join(', ')
  if (process.env['CI'] !== 'true') return (title) => test.skip(`${title} (needs ${names})`)
  return (title) =>
    test(title, () => {
      throw new Error(`CI must have ${names}: .ci/run installs what is missing.`)
    })
}

function isInstalled(program: string, paths = process.env['PATH'] ?? ''): boolean {
  return paths.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false // Not in this folder; the next may have it.
    }
  })
}

function asNeed(need: string | Need): Need {
  return typeof need === 'string' ? {program: need} : need
}

function isMet({program, in: folder, at, works}: Need): boolean {
  if (at !== undefined) return existsSync(at)
  return isInstalled(program, folder) && (works?.() ?? true)
}
