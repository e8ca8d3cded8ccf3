/** Why something of an adopted folder stays where it is. */
export type Reason =
  | 'link'
  | 'git'
  | 'repository'
  | 'backup'
  | 'dependencies'
  | 'cache'
  | 'large binary'
  | 'second heartbeat'
  | 'secrets file'
  | 'mcos'
  | 'special file'
  | 'unreadable'

export interface LeftOut {
  /** Relative to the adopted folder; a folder's whole inside is meant. */
  readonly path: string
  readonly reason: Reason
  readonly detail: string
}

const DEPENDENCIES = new Set(['node_modules', 'bower_components', '.venv', 'venv', '.pnpm-store', '.bundle'])
const CACHES = new Set([
  '__pycache__',
  '.cache',
  '.pytest_cache',
  '.mypy_cache',
  '.ruff_cache',
  '.Trash',
  '.DS_Store',
  'Thumbs.db',
])
const BACKUP_FOLDER = /^\.?(?:backups?|bak)(?:[-_.]?\d[\d-_T]*)?$/i
const BACKUP_FILE = /(?:~|\.(?:bak|backup|orig|old|swp|rej)(?:[-_.]?\d[\w-]*)?)$/i
/** Files whose only use is to hold secrets: they have no place in a history. */
const SECRETS_FILE =
  /^(?:\.env(?:\..+)?|\.netrc|\.npmrc|\.pgpass|id_(?:rsa|dsa|ecdsa|ed25519)|.+\.(?:pem|p12|pfx|keystore|jks)|credentials(?:\..+)?\.json|auth-profiles\.json)$/i
const HARMLESS_SECRETS_FILE = /\.(?:example|sample|template|dist)$/i
/** Folders whose HEARTBEAT.md is an example or belongs to somebody else. */
const EXAMPLE_FOLDERS = /^(?:skills?|templates?|examples?|samples?|docs|archives?|vendor|agents)$/i

/** Why an entry stays behind by its name alone, or null. */
export function whyLeftOut(path: string, kind: 'file' | 'folder'): Pick<LeftOut, 'reason' | 'detail'> | null {
  const parts = path.split('/')
  const name = parts.at(-1) ?? ''
  if (name === '.git') return {reason: 'git', detail: "git's own folder; its history stays there"}
  if (parts.length === 1 && (name === '.mcos' || name === 'ADOPTED.md')) {
    return {reason: 'mcos', detail: 'what an earlier adoption or fleet left here decides nothing in this one'}
  }
  if (CACHES.has(name)) return {reason: 'cache', detail: 'a cache'}
  return kind === 'folder' ? whyFolder(name) : whyFile(name, parts)
}

function whyFolder(name: string): Pick<LeftOut, 'reason' | 'detail'> | null {
  if (DEPENDENCIES.has(name)) return {reason: 'dependencies', detail: 'installed packages'}
  return BACKUP_FOLDER.test(name) ? {reason: 'backup', detail: 'a folder of backups'} : null
}

function whyFile(name: string, parts: readonly string[]): Pick<LeftOut, 'reason' | 'detail'> | null {
  if (BACKUP_FILE.test(name)) return {reason: 'backup', detail: 'a backup copy'}
  if (SECRETS_FILE.test(name) && !HARMLESS_SECRETS_FILE.test(name)) {
    return {reason: 'secrets file', detail: 'a file of secrets; they are referenced (env:, file:), never committed'}
  }
  const folders = parts.slice(0, -1)
  if (/^heartbeat\.md$/i.test(name) && folders.some((folder) => EXAMPLE_FOLDERS.test(folder))) {
    return {
      reason: 'second heartbeat',
      detail: 'an example, or another agent\u2019s: only the one at the top is this agent\u2019s',
    }
  }
  return null
}
