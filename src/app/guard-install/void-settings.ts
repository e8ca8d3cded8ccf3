import {readFileSync} from 'node:fs'
import path from 'node:path'
import {isUserError} from '../../kit/errors.js'
import {isRecord} from '../../kit/is-record.js'
import type {Fleet} from '../../workspace/fleet.js'
import type {CodingAgent} from './coding-agents.js'
import {parseJsonText} from './json-text.js'

/** A setting by which a host runs no hook of ours, however well it is installed. */
export interface VoidSetting {
  /** Absolute. */
  readonly file: string
  readonly setting: string
}

interface Place {
  readonly host: CodingAgent
  /** Absolute: the folder in which the host is started. */
  readonly folder: string
  readonly env: Fleet['env']
}

/** Everything on this machine that would make hooks in this folder void: the folder's own, the person's, the machine's. */
export function findVoidSettings(place: Place): VoidSetting[] {
  return FIND[place.host](place)
}

/** The folder in which a person's own settings of a host lie. */
export function personFolder(host: CodingAgent, env: Fleet['env']): string | null {
  const named = {claude: env['CLAUDE_CONFIG_DIR'], codex: env['CODEX_HOME'], gemini: undefined}[host]
  if (named) return named
  const home = host === 'gemini' ? (env['GEMINI_CLI_HOME'] ?? env['HOME']) : env['HOME']
  return home ? path.join(home, `.${host}`) : null
}

const FIND: Readonly<Record<CodingAgent, (place: Place) => VoidSetting[]>> = {
  claude: ({folder, env}) => {
    const own = personFolder('claude', env)
    const managed = ['/etc/claude-code', '/Library/Application Support/ClaudeCode']
    const files = [
      ...['settings.json', 'settings.local.json'].map((name) => path.join(folder, '.claude', name)),
      ...(own ? [path.join(own, 'settings.json')] : []),
      ...managed.map((dir) => path.join(dir, 'managed-settings.json')),
    ]
    return files.flatMap((file) => {
      const settings = readSettings(file)
      return ['disableAllHooks', 'allowManagedHooksOnly']
        .filter((key) => settings[key] === true)
        .map((key) => ({file, setting: `${key}: true`}))
    })
  },
  codex: ({folder, env}) => {
    const own = personFolder('codex', env)
    const files = [path.join(folder, '.codex'), ...(own ? [own] : []), '/etc/codex'].map((dir) =>
      path.join(dir, 'config.toml'),
    )
    return [...files, '/etc/codex/requirements.toml'].flatMap((file) => voidLines(readText(file), file))
  },
  gemini: ({folder, env}) => {
    const own = personFolder('gemini', env)
    const dirs = [path.join(folder, '.gemini'), ...(own ? [own] : []), '/etc/gemini-cli']
    return dirs.flatMap((dir) => {
      const file = path.join(dir, 'settings.json')
      const config = readSettings(file)['hooksConfig']
      if (!isRecord(config)) return []
      const disabled = Array.isArray(config['disabled']) ? config['disabled'].map(String) : []
      return [
        ...(config['enabled'] === false ? [{file, setting: 'hooksConfig.enabled: false'}] : []),
        ...(disabled.some((name) => /\bmcos\b/.test(name)) ? [{file, setting: 'hooksConfig.disabled'}] : []),
      ]
    })
  },
}

/** `[features]` with `hooks = false`, in whichever of its spellings. */
function voidLines(text: string, file: string): VoidSetting[] {
  let table = ''
  return text.split('\n').flatMap((line) => {
    table = /^\s*\[([^\]]*)\]/.exec(line)?.[1]?.trim() ?? table
    const key = /^\s*([\w.-]+)\s*=\s*(true|false)\b/.exec(line)
    if (!key) return []
    const [, name = '', value] = key
    const whole = name.includes('.') || table === '' ? name : `${table}.${name}`
    if (/^features\.(?:codex_)?hooks$/.test(whole) && value === 'false') return [{file, setting: `${whole} = false`}]
    return /(?:^|\.)allow_managed_hooks_only$/.test(whole) && value === 'true' ? [{file, setting: whole}] : []
  })
}

function readSettings(file: string): Readonly<Record<string, unknown>> {
  const text = readText(file)
  if (text.trim() === '') return {}
  try {
    const {value} = parseJsonText(text, {file, comments: true})
    return isRecord(value) ? value : {}
  } catch (error) {
    // A file that its host can't read either switches nothing off; the installer says so of the one it writes.
    if (isUserError(error)) return {}
    throw error
  }
}

/** Of files beside the fleet: read where they are, never written. */
function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    // Most machines have none of these.
    return ''
  }
}
