import type {Folder} from '../../kit/folder.js'
import type {PendingWish} from './pending-wish.js'

/**
 * Marks below `.mcos/mail/begun/` say that a wish may have been carried out although no record says so: its process was
 * killed in between. What is found done then was done by mcos, and can be taken back.
 */
const FOLDER = 'mail/begun'

/** One proposal of one mail. */
export type Mark = Pick<PendingWish, 'id' | 'n'>

export function isBegun(mcos: Folder, mark: Mark): boolean {
  return mcos.stat(pathOf(mark)) !== null
}

export function markBegun(mcos: Folder, mark: Mark): void {
  mcos.write(pathOf(mark), '')
}

/** Once its record is committed. */
export function forgetBegun(mcos: Folder, marks: readonly Mark[]): void {
  for (const mark of marks) mcos.remove(pathOf(mark))
}

function pathOf({id, n}: Mark): string {
  return `${FOLDER}/${id}-${n}`
}
