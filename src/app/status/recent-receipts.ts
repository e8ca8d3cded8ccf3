import {isUserError} from '../../kit/errors.js'
import type {Fleet} from '../../workspace/fleet.js'
import {type Receipt, readableReceipts, receiptPath} from '../../workspace/receipt.js'
import {type GrowingFile, openGrowing} from './growing-file.js'

const DAY_MS = 86_400_000

/** The receipts of yesterday and today in UTC, which hold all of today in any time zone, followed as they grow. */
export interface RecentReceipts {
  /** Oldest first, without what their checks said. */
  of(agent: string): readonly Receipt[]
  /** Whether a file of them has changed since it was read; costs a look at two files. */
  isBehind(): boolean
  /** Takes in a part of what is new. */
  readMore(): {readonly agents: ReadonlySet<string>; readonly isMore: boolean}
}

export function openRecentReceipts({mcos, clock}: Pick<Fleet, 'mcos' | 'clock'>): RecentReceipts {
  let days = new Map<string, DayFile>()
  const open = (): readonly DayFile[] => {
    const now = clock.now()
    const paths = [receiptPath(now - DAY_MS), receiptPath(now)]
    if (paths.some((path) => !days.has(path))) {
      days = new Map(paths.map((path) => [path, days.get(path) ?? openDay(`${mcos.dir}/${path}`, `.mcos/${path}`)]))
    }
    return [...days.values()]
  }
  return {
    of: (agent) => open().flatMap((day) => day.byAgent.get(agent) ?? []),
    isBehind: () => open().some(({file}) => file.isBehind()),
    readMore() {
      const day = open().find(({file}) => file.isBehind())
      if (day === undefined) return {agents: new Set(), isMore: false}
      const agents = new Set(day.readMore())
      return {agents, isMore: open().some(({file}) => file.isBehind())}
    },
  }
}

interface DayFile {
  readonly file: GrowingFile
  readonly byAgent: ReadonlyMap<string, readonly Receipt[]>
  /** Whose receipts have changed. */
  readMore(): Iterable<string>
}

function openDay(path: string, shown: string): DayFile {
  const file = openGrowing(path)
  const byAgent = new Map<string, Receipt[]>()
  return {
    file,
    byAgent,
    readMore() {
      const {text, isNew} = readCalmly(file)
      const before = isNew ? [...byAgent.keys()] : []
      if (isNew) byAgent.clear()
      const added = readableReceipts(text, shown)
      for (const receipt of added) {
        const own = byAgent.get(receipt.agent) ?? []
        own.push({...receipt, checks: []})
        byAgent.set(receipt.agent, own)
      }
      return [...before, ...added.map(({agent}) => agent)]
    },
  }
}

function readCalmly(file: GrowingFile): ReturnType<GrowingFile['readMore']> {
  try {
    return file.readMore()
  } catch (error) {
    // A folder or a link in its place is `mcos fsck`'s to tell; the glance goes on without that day.
    if (isUserError(error)) return {text: '', isNew: true}
    throw error
  }
}
