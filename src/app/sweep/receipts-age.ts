import type {Folder} from '../../kit/folder.js'

const KEPT_DAYS = 90
const LONGEST_FILE = 256 * 1024 * 1024

/** Files of receipts past their age, from `.mcos`. The newest days are kept, by their number: a clock that jumps ahead makes none of them old. */
export function oldReceipts(mcos: Folder): string[] {
  const days = mcos.list('runs').filter(({name, kind}) => kind === 'file' && /^\d{4}-\d\d-\d\d\.jsonl$/.test(name))
  return days.slice(0, -KEPT_DAYS).map(({name}) => `runs/${name}`)
}

/** Whether anything in the file was paid for; what wasn't has nothing to tell a ledger. */
export function hasSpent(mcos: Folder, path: string): boolean {
  return /"model_calls":\s*[1-9]/.test(mcos.readText(path, {maxBytes: LONGEST_FILE}) ?? '')
}
