import {isRecord} from '../../kit/is-record.js'
import type {OpenDeps} from '../open-deps.js'
import {formatKey} from './uid-set.js'

/** Counts the readings that ended at one mail, as a server may hang up each time that it is asked for it. */
export interface Stumbles {
  /** How many readings in a row have now ended at this mail; 0 for one that was told to end. */
  count(at: {readonly folder: string; readonly uidValidity: string}, uid: number): number
}

/** Kept on this machine; nothing is read or written as long as nobody stumbles. */
export function openStumbles({mcos, name, signal}: Pick<OpenDeps, 'mcos' | 'name' | 'signal'>): Stumbles {
  const file = `mail/stumbles/${name}.json`
  return {
    count({folder, uidValidity}, uid) {
      if (signal.aborted) return 0
      const key = formatKey(uidValidity, uid)
      const known = parse(mcos.readText(file))
      const before = known[folder]
      const times =
        (isRecord(before) && before['key'] === key && typeof before['times'] === 'number' ? before['times'] : 0) + 1
      mcos.write(file, `${JSON.stringify({...known, [folder]: {key, times}})}\n`)
      return times
    },
  }
}

/** What can't be read counts for nothing: it is only patience. */
function parse(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '{}')
    return isRecord(value) ? value : {}
  } catch {
    return {} // Torn or edited: the count begins anew.
  }
}
