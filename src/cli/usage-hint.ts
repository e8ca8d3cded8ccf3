import {isRecord} from '../kit/is-record.js'
import {nearest} from './nearest.js'

/** What a mistyped flag or value was most likely meant to be, as a sentence; null where nothing is near. */
export function usageHint(error: Error): string | null {
  const meant = [...flagsMeant(error), ...valueMeant(error.message)]
  return meant.length === 0 ? null : `Did you mean ${meant.join(' and ')}?`
}

/** oclif hands on which flags it did not know, and the definitions it looked them up in. */
function flagsMeant(error: Error): string[] {
  if (!('flags' in error) || !Array.isArray(error.flags) || !('parse' in error)) return []
  const input = isRecord(error.parse) ? error.parse['input'] : null
  const flags = isRecord(input) && isRecord(input['flags']) ? input['flags'] : {}
  const known = [...Object.keys(flags), 'help', 'json'].map((name) => `--${name}`)
  return error.flags
    .filter((flag) => typeof flag === 'string')
    .flatMap((flag) => nearest(flag, known, 1).filter((meant) => meant !== flag))
}

function valueMeant(message: string): string[] {
  const [, typed, known = ''] = /^Expected (?:--[\w-]+=)?(\S+) to be one of: (.+)$/m.exec(message) ?? []
  // Of words as short as P9 everything is near.
  return typed === undefined || typed.length < 3 ? [] : nearest(typed, known.split(', '), 1)
}
