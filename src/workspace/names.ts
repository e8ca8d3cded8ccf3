import {editDistance} from '../kit/edit-distance.js'
import {EXIT, UserError} from '../kit/errors.js'

const NAME = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/
/** Names that some file systems give to devices, whatever folder they stand in. */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$/
/** Characters that HFS+ skips when it compares names: `SO\u200cUL.md` would open SOUL.md there. */
const SKIPPED = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g

/** The name of an agent or a person, as typed; hostile until it has come through here. */
export function parseAgentName(text: string): string {
  if (isAgentName(text)) return text
  const shown = JSON.stringify(text.length > 50 ? `${text.slice(0, 50)}…` : text)
  throw new UserError(`${shown} can't be a name: ${whyNot(text)}.`, {
    code: 'BAD_NAME',
    fix: 'Use 1 to 40 of a-z, 0-9 and "-", such as donna or field-app.',
    exit: EXIT.usage,
  })
}

export function isAgentName(text: string): boolean {
  return NAME.test(text) && !DEVICE.test(text)
}

/** Whether a case-folding, Unicode-normalising file system would take both names for one file. */
export function sameName(a: string, b: string): boolean {
  return a === b || foldName(a) === foldName(b)
}

/** The form in which names are compared; works on whole paths too. */
export function foldName(name: string): string {
  // ASCII has nothing to skip and one form for each letter, and hardly any name needs more.
  if (!/[^ -~]/.test(name)) return name.toLowerCase()
  return name.replace(SKIPPED, '').normalize('NFD').toLowerCase().toUpperCase().toLowerCase().normalize('NFC')
}

/** Which entry of a folder is meant by a well-known name: exactly that one, or the one that differs only in case or form. */
export function findFileName(entries: readonly string[], wanted: string): string | null {
  return findSameNames(entries, wanted)[0] ?? null
}

/** All entries that claim one well-known name, the exact one first; more than one is a collision on macOS and Windows. */
export function findSameNames(entries: readonly string[], wanted: string): string[] {
  const same = entries.filter((entry) => sameName(entry, wanted))
  return [...same.filter((entry) => entry === wanted), ...same.filter((entry) => entry !== wanted).sort()]
}

/** The known word that a mistyped one most likely meant; null when none is near. */
export function nearestName(typed: string, known: readonly string[]): string | null {
  const limit = Math.max(1, Math.min(3, Math.floor(typed.length / 2)))
  let best: {name: string; distance: number} | null = null
  for (const name of known) {
    const distance = editDistance(typed.slice(0, 60).toLowerCase(), name.toLowerCase())
    if (distance <= limit && (best === null || distance < best.distance)) best = {name, distance}
  }
  return best?.name ?? null
}

function whyNot(text: string): string {
  if (text === '') return 'it is empty'
  if (text.length > 40) return 'it is longer than 40 characters'
  if (DEVICE.test(text)) return 'some file systems keep it for a device'
  if (/[^a-z0-9-]/.test(text)) return 'it has other characters than a-z, 0-9 and "-"'
  return 'it begins or ends with "-"'
}
