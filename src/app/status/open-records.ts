import {isUserError} from '../../kit/errors.js'
import type {Folder} from '../../kit/folder.js'
import type {AlertGates} from '../../workspace/alert-standing.js'

/** Folders of records of which `mcos status` counts those that are open. */
export const RECORD_KINDS = ['tasks', 'alerts', 'approvals'] as const
export type RecordKind = (typeof RECORD_KINDS)[number]

/** A record that is open, and whom it concerns. */
export interface OpenRecord {
  /** Of a task who works on it, or else asked for it; of an alert who raised it; of an approval who waits for it. */
  readonly agent: string
  /** Milliseconds since the epoch; from then on nobody waits any more. null: it stays open. */
  readonly until: number | null
}

/** Folders named after an id; another tool's folder of the same name holds no records. */
export function listRecords(files: Folder, kind: RecordKind): string[] {
  return entriesOf(files, kind)
    .filter((entry) => entry.kind === 'folder' && /^[0-7][0-9A-HJKMNP-TV-Z]{25}/.test(entry.name))
    .map(({name}) => `${kind}/${name}`)
}

/** null: it is closed, or gone, or can't be read, which is `mcos fsck`'s to tell. */
export async function readOpenRecord(files: Folder, folder: string, gates: AlertGates): Promise<OpenRecord | null> {
  if (folder.startsWith('tasks/')) return openTask(files, folder)
  return folder.startsWith('alerts/') ? openAlert(files, folder, gates) : waitingApproval(files, folder)
}

async function openTask(files: Folder, folder: string): Promise<OpenRecord | null> {
  const [{parseTask, parseTaskEvent}, {foldTask}] = await Promise.all([
    import('../../workspace/task-file.js'),
    import('../../workspace/task-state.js'),
  ])
  const task = readRecord(files, `${folder}/task.md`, parseTask)
  if (task === null) return null
  const {status, assignee} = foldTask(task, eventsIn(files, folder, parseTaskEvent))
  return status === 'done' || status === 'cancelled' ? null : {agent: assignee ?? task.createdBy, until: null}
}

async function openAlert(files: Folder, folder: string, gates: AlertGates): Promise<OpenRecord | null> {
  const [{parseAlert, parseAlertEvent}, {foldAlert}] = await Promise.all([
    import('../../workspace/alert-file.js'),
    import('../../workspace/alert-state.js'),
  ])
  const alert = readRecord(files, `${folder}/alert.md`, parseAlert)
  if (alert === null) return null
  const {status} = foldAlert(alert, eventsIn(files, folder, parseAlertEvent), gates)
  return status === 'dismissed' || status === 'resolved' ? null : {agent: alert.by, until: null}
}

async function waitingApproval(files: Folder, folder: string): Promise<OpenRecord | null> {
  const {parseRequest} = await import('../../workspace/approval-file.js')
  if (isThere(files, `${folder}/answer.md`) || isThere(files, `${folder}/used.md`)) return null
  const request = readRecord(files, `${folder}/request.md`, parseRequest)
  return request && {agent: request.agent, until: Date.parse(request.expires)}
}

function isThere(files: Folder, path: string): boolean {
  return files.stat(path) !== null
}

function eventsIn<E>(files: Folder, folder: string, parse: (text: string, file: string) => E): E[] {
  return entriesOf(files, `${folder}/events`)
    .filter(({name, kind}) => kind === 'file' && name.endsWith('.md'))
    .flatMap(({name}) => readRecord(files, `${folder}/events/${name}`, parse) ?? [])
}

function entriesOf(files: Folder, folder: string): ReturnType<Folder['list']> {
  return files.stat(folder)?.kind === 'folder' ? files.list(folder) : []
}

function readRecord<T>(files: Folder, path: string, parse: (text: string, file: string) => T): T | null {
  try {
    const text = files.readText(path)
    return text === null ? null : parse(text, path)
  } catch (error) {
    if (isUserError(error)) return null
    throw error
  }
}
