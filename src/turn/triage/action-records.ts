import type {MailRecord} from '../../mail/ledger/record.js'
import type {PendingWish} from './pending-wish.js'
import type {Performed} from './perform-wish.js'

/** What the ledger keeps of one action: how it ended, and where the mail lies since. */
export function recordsOf(
  {id, n, wish, ref}: Pick<PendingWish, 'id' | 'n' | 'wish' | 'ref'>,
  {state, why, draft, ref: now}: Performed,
  {at, turn}: {readonly at: string; readonly turn: string},
): MailRecord[] {
  const isMoved = now.folder !== ref.folder || now.key !== ref.key
  const where = wish.kind === 'draft' ? draft : isMoved ? ref : undefined
  const told = {...(where === undefined ? {} : {ref: where}), ...(why === null ? {} : {why})}
  return [
    {kind: 'action', at, turn, id, n, wish, state, ...told},
    ...(isMoved ? [{kind: 'moved' as const, at, turn, id, ref: now}] : []),
  ]
}
