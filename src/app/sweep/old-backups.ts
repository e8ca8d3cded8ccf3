import {lstatSync} from 'node:fs'
import type {Fleet} from '../../workspace/fleet.js'

const KEPT_MS = 90 * 86_400_000
/** However old they are: a clock that jumps ahead makes nobody's last backup old. */
const KEPT_NEWEST = 3

/** What `mcos doctor --fix` has kept and nobody will want back any more, from the home. */
export function oldBackups({mcos, clock}: Pick<Fleet, 'mcos' | 'clock'>): string[] {
  if (mcos.stat('backup')?.kind !== 'folder') return []
  const all = mcos.list('backup').filter(({name, kind}) => kind === 'folder' && timeIn(name) !== null)
  return all
    .slice(0, -KEPT_NEWEST)
    .filter(({name}) => clock.now() - (timeIn(name) ?? 0) > KEPT_MS && isOldOnDisk(`${mcos.dir}/backup/${name}`, clock))
    .map(({name}) => `.mcos/backup/${name}`)
}

/** A backup is named after its moment: 2026-11-21T08-30-00-000Z. */
function timeIn(name: string): number | null {
  const parts = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z$/.exec(name)
  if (!parts) return null
  const time = Date.parse(`${parts[1]}T${parts[2]}:${parts[3]}:${parts[4]}.${parts[5]}Z`)
  return Number.isNaN(time) ? null : time
}

/** What a person has put into it since keeps it. */
function isOldOnDisk(path: string, {now}: Fleet['clock']): boolean {
  const changed = lstatSync(path, {throwIfNoEntry: false})?.mtimeMs ?? 0
  return now() - changed > KEPT_MS
}
