import type {Folder} from '../../kit/folder.js'
import type {AlertGates} from '../../workspace/alert-standing.js'
import type {OpenCounts} from './agent-status.js'
import {listRecords, type OpenRecord, RECORD_KINDS, type RecordKind, readOpenRecord} from './open-records.js'

/** How many are read in one go. */
const PART = 40

/** Tasks, alerts and approvals that are open, each record read once and again when it has changed. */
export class RecordCounts {
  private readonly open = new Map<string, OpenRecord>()
  private readonly kinds = new Set<RecordKind>(RECORD_KINDS)
  private readonly unread = new Set<string>()
  private gates: AlertGates | null = null

  constructor(private readonly files: Folder) {}

  /** Who may say what of an alert; another answer makes every alert unread. */
  setGates(gates: AlertGates): void {
    if (this.gates !== null && this.gates.key !== gates.key) this.kinds.add('alerts')
    this.gates = gates
  }

  isBehind(): boolean {
    return this.kinds.size > 0 || this.unread.size > 0
  }

  /** Whether it takes the gates to read on. */
  needGates(): boolean {
    return this.kinds.size === 0 && [...this.unread].some((folder) => folder.startsWith('alerts/'))
  }

  /** Folders of records, or the name of a kind. */
  mark(paths: readonly string[]): void {
    for (const path of paths) {
      const kind = RECORD_KINDS.find((known) => known === path)
      if (kind) this.kinds.add(kind)
      else this.unread.add(path)
    }
  }

  /** Reads a part of what is unread and tells whom it concerns. */
  async readMore(): Promise<ReadonlySet<string>> {
    const touched = new Set<string>()
    if (this.kinds.size > 0) {
      for (const kind of this.kinds) for (const name of this.list(kind)) touched.add(name)
      this.kinds.clear()
      return touched
    }
    for (const folder of [...this.unread].slice(0, PART)) {
      this.unread.delete(folder)
      for (const name of await this.read(folder)) touched.add(name)
    }
    return touched
  }

  of(agent: string, now: number): OpenCounts {
    const counts = {tasks: 0, alerts: 0, approvals: 0}
    for (const [folder, record] of this.open) {
      if (record.agent !== agent || (record.until !== null && record.until <= now)) continue
      const kind = RECORD_KINDS.find((known) => folder.startsWith(`${known}/`))
      if (kind) counts[kind] += 1
    }
    return counts
  }

  /** Open alerts of whoever is none of these agents: of people, who confirm none of their own. */
  alertsBeside(agents: {has(name: string): boolean}): number {
    return [...this.open].filter(([folder, {agent}]) => folder.startsWith('alerts/') && !agents.has(agent)).length
  }

  /** Drops those for which nobody waits any more, and tells whom they concerned. */
  expire(now: number): readonly string[] {
    const over = [...this.open].filter(([, {until}]) => until !== null && until <= now)
    for (const [folder] of over) this.open.delete(folder)
    return over.map(([, {agent}]) => agent)
  }

  private list(kind: RecordKind): readonly string[] {
    const folders = new Set(listRecords(this.files, kind))
    for (const folder of folders) this.unread.add(folder)
    const gone = [...this.open].filter(([folder]) => folder.startsWith(`${kind}/`) && !folders.has(folder))
    for (const [folder] of gone) this.open.delete(folder)
    return gone.map(([, {agent}]) => agent)
  }

  private async read(folder: string): Promise<readonly string[]> {
    if (this.gates === null) return []
    const before = this.open.get(folder)
    const after = await readOpenRecord(this.files, folder, this.gates)
    if (after) this.open.set(folder, after)
    else this.open.delete(folder)
    return [before, after].flatMap((record) => (record ? [record.agent] : []))
  }
}
