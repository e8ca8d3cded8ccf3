import type {Folder} from '../../kit/folder.js'
import {isRecord} from '../../kit/is-record.js'
import {isAgentName, parseAgentName} from '../../workspace/names.js'
import type {KeyCost} from './person-key.js'

/** What this machine keeps of a person: nothing that the passphrase could be read from. */
export interface PersonFile {
  readonly name: string
  readonly cost: KeyCost
  /** In base64, as is the key. */
  readonly salt: string
  readonly publicKey: string
  /** ISO time at which the passphrase was set. */
  readonly at: string
}

const FOLDER = 'people'
const MAX_BYTES = 16 * 1024

/** Below `.mcos/`. */
export function personPath(name: string): string {
  return `${FOLDER}/${parseAgentName(name)}.json`
}

/** Who has set up a passphrase on this machine; a file that can't be read counts as none. */
export function listPersonFiles(mcos: Folder): PersonFile[] {
  return mcos.list(FOLDER).flatMap(({name, kind}) => {
    const person = name.replace(/\.json$/, '')
    return kind === 'file' && name.endsWith('.json') && isAgentName(person) ? (readPersonFile(mcos, person) ?? []) : []
  })
}

/** null: there is none, or one that can't be read; then nobody is that person here. */
export function readPersonFile(mcos: Folder, name: string): PersonFile | null {
  const text = isAgentName(name) ? mcos.readText(personPath(name), {maxBytes: MAX_BYTES}) : null
  return text === null ? null : parsePersonFile(text, name)
}

export function writePersonFile(mcos: Folder, file: PersonFile, expect: string | null): void {
  const {name, cost, salt, publicKey, at} = file
  const data = {version: 1, name, kdf: 'scrypt', ...cost, salt, public_key: publicKey, at}
  mcos.write(personPath(name), `${JSON.stringify(data, null, 2)}\n`, {mode: 0o600, expect})
}

function parsePersonFile(text: string, person: string): PersonFile | null {
  const data = parseJson(text)
  if (!isRecord(data) || data['kdf'] !== 'scrypt' || data['name'] !== person) return null
  const {n, r, p, salt, public_key: publicKey, at} = data
  if (!isSize(n, 2 ** 20) || !isSize(r, 32) || !isSize(p, 16)) return null
  if (typeof salt !== 'string' || typeof publicKey !== 'string' || typeof at !== 'string') return null
  return {name: person, cost: {n, r, p}, salt, publicKey, at}
}

/** A cost beyond this would be an attack on the machine's memory. */
function isSize(value: unknown, most: number): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1 && value <= most
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
