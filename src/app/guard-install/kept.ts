import {contentHash} from '../../kit/hash.js'
import {isRecord} from '../../kit/is-record.js'
import type {Fleet} from '../../workspace/fleet.js'

/** Where this machine keeps what a settings file was before hooks came into it. */
const KEPT_FILE = 'guard-install.json'

/** A settings file as it was before the hooks, and the text that has them. */
export interface KeptFile {
  /** null: there was none. */
  readonly before: string | null
  /** The hash of what was written. */
  readonly after: string
}

export type Kept = Readonly<Record<string, KeptFile>>

/** By path from the home; what can't be read is nothing, for then only our own entries are taken out. */
export function readKept({mcos}: Pick<Fleet, 'mcos'>): Kept {
  let value: unknown
  try {
    value = JSON.parse(mcos.readText(KEPT_FILE) ?? '{}')
  } catch {
    // Half a file, or none of ours: uninstalling goes by the entries themselves.
    return {}
  }
  const files = isRecord(value) && isRecord(value['files']) ? value['files'] : {}
  return Object.fromEntries(
    Object.entries(files).flatMap(([path, kept]): [string, KeptFile][] => {
      if (!isRecord(kept) || typeof kept['after'] !== 'string') return []
      const {before, after} = kept
      return before === null || typeof before === 'string' ? [[path, {before, after}]] : []
    }),
  )
}

/** Only the owner reads it: settings may hold keys. */
export function writeKept({mcos}: Pick<Fleet, 'mcos'>, files: Kept): void {
  mcos.write(KEPT_FILE, `${JSON.stringify({version: 1, files}, null, 2)}\n`, {mode: 0o600})
}

/** What a file was before the hooks came, if nobody else has changed it since; undefined: somebody has, or we don't know. */
export function keptBefore(kept: KeptFile | undefined, text: string): string | null | undefined {
  return kept !== undefined && kept.after === contentHash(text) ? kept.before : undefined
}
