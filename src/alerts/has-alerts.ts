import type {Folder} from '../kit/folder.js'

export const ALERTS = 'alerts'

/** Whether there is anything to read at all: one look at one folder, and nothing else is loaded for it. */
export function hasAlerts(files: Pick<Folder, 'list'>): boolean {
  return files.list(ALERTS).length > 0
}
