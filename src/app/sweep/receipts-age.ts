import type {Folder} from '../../kit/folder.js'

const KEPT_DAYS = 90
const DAY_MS = 86_400_000
const LONGEST_FILE = 256 * 1024 * 1024

/** Files of receipts that go by themselves, from `.mcos`. The newest days are kept, by their number: a clock that jumps ahead makes none of them old. */
export function oldReceipts(mcos: Folder): string[] {
  return receiptFiles(mcos).slice(0, -KEPT_DAYS).map(pathOf)
}

/** Those that go when a person sweeps: by the calendar, counted from the newest at the latest, as a clock may be ahead. */
export function receiptsToSweep(mcos: Folder, now: number): string[] {
  const files = receiptFiles(mcos)
  const newest = Math.min(now, Date.parse(files.at(-1)?.slice(0, 10) ?? ''))
  if (Number.isNaN(newest)) return []
  const first = `${new Date(newest - KEPT_DAYS * DAY_MS).toISOString().slice(0, 10)}.jsonl`
  return files.filter((name, place) => name < first || place < files.length - KEPT_DAYS).map(pathOf)
}

function receiptFiles(mcos: Folder): string[] {
  const files = mcos.list('runs').filter(({kind}) => kind === 'file')
  return files.map(({name}) => name).filter((name) => /^\d{4}-\d\d-\d\d\.jsonl$/.test(name))
}

function pathOf(name: string): string {
  return `runs/${name}`
}

/** Whether anything in the file was paid for; what wasn't has nothing to tell a ledger. */
export function hasSpent(mcos: Folder, path: string): boolean {
  return /"model_calls":\s*[1-9]/.test(mcos.readText(path, {maxBytes: LONGEST_FILE}) ?? '')
}
