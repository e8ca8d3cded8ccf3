import {spawnSync} from 'node:child_process'
import {hostname, userInfo} from 'node:os'
import {UserError} from '../kit/errors.js'
import type {Identity} from './change-set.js'
import {gitEnv} from './plumbing.js'

type Env = Readonly<Record<string, string | undefined>>

/** Who git would say a person is; a machine without a git identity gets one from the user's and the machine's name. */
export function personIdentity(home: string, env: Env = process.env): Identity {
  const said = readPersonConfig(home, ['user.name', 'user.email'], env)
  const user = userName(env)
  return {
    name: env['GIT_AUTHOR_NAME'] || said.get('user.name') || user,
    email: env['GIT_AUTHOR_EMAIL'] || said.get('user.email') || `${user}@${hostname()}`,
  }
}

/** Git starts these: one that the fleet's own repository names may come from whoever writes there. */
const PROGRAMS: ReadonlySet<string> = new Set(['gpg.program'])
const OWN_SCOPES: ReadonlySet<string> = new Set(['system', 'global'])

/**
 * Settings as a person's git reads them in the fleet; programs only from the person's own config files. Keys that aren't
 * set are missing.
 */
export function readPersonConfig(home: string, keys: readonly string[], env: Env = process.env): Map<string, string> {
  const pattern = `^(${keys.map((key) => key.toLowerCase().replaceAll('.', '\\.')).join('|')})$`
  const {status, signal, stdout} = spawnSync('git', ['config', '-z', '--show-scope', '--get-regexp', pattern], {
    cwd: home,
    env: {...gitEnv(), GIT_CONFIG_NOSYSTEM: undefined, ...pick(env, PERSONAL)},
    encoding: 'utf8',
  })
  // A person is not somebody else because the question was cut short.
  if (signal) throw interrupted(signal)
  if (status !== 0) return new Map()
  const fields = stdout.split('\0')
  return new Map(
    fields.flatMap((entry, index): [string, string][] => {
      const end = entry.indexOf('\n')
      if (index % 2 === 0 || end < 0) return []
      const [key, value, scope] = [entry.slice(0, end), entry.slice(end + 1), fields[index - 1] ?? '']
      return PROGRAMS.has(key) && !OWN_SCOPES.has(scope) ? [] : [[key, value]]
    }),
  )
}

function interrupted(signal: NodeJS.Signals): UserError {
  return new UserError(`git was ended by ${signal} when it was asked for your settings. Nothing was changed.`, {
    code: 'GIT_FAILED',
    fix: 'Run the same command again.',
  })
}

const PERSONAL = ['HOME', 'XDG_CONFIG_HOME', 'GIT_CONFIG_NOSYSTEM', 'GIT_CONFIG_SYSTEM']

function pick(env: Env, names: readonly string[]): Record<string, string | undefined> {
  return {GIT_CONFIG_GLOBAL: env['GIT_CONFIG_GLOBAL'], ...Object.fromEntries(names.map((name) => [name, env[name]]))}
}

function userName(env: Env): string {
  try {
    return env['USER'] || env['LOGNAME'] || userInfo().username
  } catch {
    // A container may run us as a user without a name.
    return 'person'
  }
}
