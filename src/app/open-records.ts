import {isUserError} from '../kit/errors.js'
import type {Folder} from '../kit/folder.js'
import type {AlertGates} from '../workspace/alert-state.js'

/** How much of the fleet's records is open, by the agent it concerns. */
export interface OpenRecords {
  /** Whoever works on a task, or else asked for it. */
  readonly tasks: ReadonlyMap<string, number>
  /** Whoever raised the alert. */
  readonly alerts: ReadonlyMap<string, number>
  /** Whoever waits for a person's answer. */
  readonly approvals: ReadonlyMap<string, number>
}

interface Facts {
  /** Milliseconds since the epoch. */
  readonly now: number
  readonly gates: AlertGates
}

/** Counts tasks, alerts and approvals that are open; a record that can't be read is `mcos fsck`'s to tell. */
export async function countOpen(files: Folder, {now, gates}: Facts): Promise<OpenRecords> {
  return {
    tasks: tally(await openTasks(files)),
    alerts: tally(await openAlerts(files, gates)),
    approvals: tally(await waitingApprovals(files, now)),
  }
}

async function openTasks(files: Folder): Promise<string[]> {
  const folders = recordsIn(files, 'tasks')
  if (folders.length === 0) return []
  const [{parseTask, parseTaskEvent}, {foldTask}] = await Promise.all([
    import('../workspace/task-file.js'),
    import('../workspace/task-state.js'),
  ])
  return folders.flatMap((folder) => {
    const task = readRecord(files, `${folder}/task.md`, parseTask)
    if (task === null) return []
    const {status, assignee} = foldTask(task, eventsIn(files, folder, parseTaskEvent))
    return status === 'done' || status === 'cancelled' ? [] : [assignee ?? task.createdBy]
  })
}

async function openAlerts(files: Folder, gates: AlertGates): Promise<string[]> {
  const folders = recordsIn(files, 'alerts')
  if (folders.length === 0) return []
  const [{parseAlert, parseAlertEvent}, {foldAlert}] = await Promise.all([
    import('../workspace/alert-file.js'),
    import('../workspace/alert-state.js'),
  ])
  return folders.flatMap((folder) => {
    const alert = readRecord(files, `${folder}/alert.md`, parseAlert)
    if (alert === null) return []
    const {status} = foldAlert(alert, eventsIn(files, folder, parseAlertEvent), gates)
    return status === 'dismissed' || status === 'resolved' ? [] : [alert.by]
  })
}

async function waitingApprovals(files: Folder, now: number): Promise<string[]> {
  const folders = recordsIn(files, 'approvals')
  if (folders.length === 0) return []
  const {parseRequest} = await import('../workspace/approval-file.js')
  return folders.flatMap((folder) => {
    if (files.stat(`${folder}/answer.md`) || files.stat(`${folder}/used.md`)) return []
    const request = readRecord(files, `${folder}/request.md`, parseRequest)
    return request && Date.parse(request.expires) > now ? [request.agent] : []
  })
}

/** Folders named after an id; another tool's folder of the same name holds no records. */
function recordsIn(files: Folder, root: string): string[] {
  return entriesOf(files, root)
    .filter(({name, kind}) => kind === 'folder' && /^[0-7][0-9A-HJKMNP-TV-Z]{25}/.test(name))
    .map(({name}) => `${root}/${name}`)
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

function tally(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}
