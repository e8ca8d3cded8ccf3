import {isUserError} from '../kit/errors.js'
import type {Folder} from '../kit/folder.js'
import {isRecord} from '../kit/is-record.js'
import type {AlertGates} from '../workspace/alert-standing.js'
import {isOver} from '../workspace/alert-state.js'
import type {Fleet} from '../workspace/fleet.js'
import {type AlertCase, alertFilesOf, readAlerts} from './read-alerts.js'

const CACHE_FILE = 'cache/alerts.json'
const DAY_MS = 86_400_000

/**
 * The alerts that something may still come of: open ones, and notes of the last day. Of the others it is remembered, by the
 * time of their folders, that nothing will until somebody says more: years of alerts cost a beat one look each.
 */
export function readLiveAlerts(
  {home, mcos, clock}: Pick<Fleet, 'home' | 'mcos' | 'clock'>,
  gates: AlertGates,
): readonly AlertCase[] {
  const {files} = home
  const known = readCache(mcos, gates.key)
  const {cases} = readAlerts(alertFilesOf(files), gates, (folder) => known.get(folder) === marksOf(files, folder))
  const over = cases.filter((found) => isQuiet(found, clock.now()))
  if (over.length > 0)
    keep(mcos, gates.key, new Map([...known, ...over.map(({folder}) => [folder, marksOf(files, folder)] as const)]))
  return cases.filter((found) => !over.includes(found))
}

function isQuiet({alert, state, trouble}: AlertCase, now: number): boolean {
  if (trouble !== null) return false
  return isOver(state) || (state.level === 'P3' && now - Date.parse(alert.at) > DAY_MS)
}

/** Changes when an event comes or goes, or when the alert's own file is another. */
function marksOf(files: Folder, folder: string): string {
  const [events, alert] = [files.stat(`${folder}/events`), files.stat(`${folder}/alert.md`)]
  return `${events?.mtimeMs ?? 0} ${alert?.mtimeMs ?? 0}`
}

function readCache(mcos: Folder, key: string): Map<string, string> {
  try {
    const kept: unknown = JSON.parse(mcos.readText(CACHE_FILE) ?? 'null')
    if (!isRecord(kept) || kept['key'] !== key || !isRecord(kept['quiet'])) return new Map()
    const entries = Object.entries(kept['quiet'])
    return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
  } catch {
    // A damaged cache is an empty one.
    return new Map()
  }
}

function keep(mcos: Folder, key: string, quiet: ReadonlyMap<string, string>): void {
  try {
    mcos.write(CACHE_FILE, `${JSON.stringify({key, quiet: Object.fromEntries(quiet)})}\n`, {sync: false})
  } catch (error) {
    // A full or read-only disk costs the next beat the reading again.
    if (!isUserError(error)) throw error
  }
}
