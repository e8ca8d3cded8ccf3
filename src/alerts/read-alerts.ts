import {isUserError} from '../kit/errors.js'
import type {Folder} from '../kit/folder.js'
import {isUlid} from '../kit/ids.js'
import {type Alert, type AlertEvent, parseAlert, parseAlertEvent} from '../workspace/alert-file.js'
import type {AlertGates, AlertState} from '../workspace/alert-standing.js'
import {foldAlert} from '../workspace/alert-state.js'
import {ALERTS} from './has-alerts.js'

/** Where alerts are read from: the home, or the home as a turn will have left it. */
export interface AlertFiles {
  /** Names in a folder, files and folders; an absent folder is empty. */
  names(folder: string): readonly string[]
  readText(path: string): string | null
}

/** One alert with all that was said of it. */
export interface AlertCase {
  /** Below the home, such as `alerts/01K…-the-app-is-down`. */
  readonly folder: string
  readonly alert: Alert
  readonly events: readonly AlertEvent[]
  readonly state: AlertState
  /** Why not all of it could be read: then nothing is done because of it, and nothing can be answered. */
  readonly trouble: string | null
}

/** All alerts there are, oldest first, and what lies among them and can't be read. */
export interface AlertShelf {
  readonly cases: readonly AlertCase[]
  readonly unreadable: readonly {readonly path: string; readonly reason: string}[]
}

export function alertFilesOf(files: Folder): AlertFiles {
  return {names: (folder) => files.list(folder).map(({name}) => name), readText: (path) => files.readText(path)}
}

/** All of them, or those whose folder isn't skipped. */
export function readAlerts(
  files: AlertFiles,
  gates: AlertGates,
  skip: (folder: string) => boolean = () => false,
): AlertShelf {
  const cases: AlertCase[] = []
  const unreadable: {path: string; reason: string}[] = []
  // Another tool's folder of the same name holds no records.
  for (const name of files.names(ALERTS).filter((entry) => isUlid(entry.slice(0, 26)))) {
    const folder = `${ALERTS}/${name}`
    if (skip(folder)) continue
    const found = read(files, `${folder}/alert.md`, parseAlert)
    if (found.value) cases.push(readCase(files, {folder, alert: found.value}, gates))
    else unreadable.push({path: `${folder}/alert.md`, reason: found.reason ?? 'it is not there'})
  }
  return {cases, unreadable}
}

function readCase(
  files: AlertFiles,
  {folder, alert}: Pick<AlertCase, 'folder' | 'alert'>,
  gates: AlertGates,
): AlertCase {
  const names = files.names(`${folder}/events`).filter((name) => name.endsWith('.md'))
  const found = names.map((name) => read(files, `${folder}/events/${name}`, parseAlertEvent))
  const events = found.flatMap(({value}) => value ?? [])
  const trouble = found.find(({value}) => value === null)?.reason ?? null
  return {folder, alert, events, state: foldAlert(alert, events, gates), trouble}
}

function read<T>(
  files: AlertFiles,
  path: string,
  parse: (text: string, file: string) => T,
): {value: T | null; reason: string | null} {
  try {
    const text = files.readText(path)
    return {value: text === null ? null : parse(text, path), reason: null}
  } catch (error) {
    if (isUserError(error)) return {value: null, reason: error.message}
    throw error
  }
}
