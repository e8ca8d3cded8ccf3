import type {MailRecord} from './record.js'

// In this order they stand in a line, at each depth; what isn't here isn't written.
const KEYS = [
  ...['kind', 'at', 'turn', 'account', 'id', 'n', 'thread', 'ids', 'message_id', 'ref', 'folder', 'key', 'received'],
  ...['from', 'from_name', 'to', 'subject', 'class', 'urgency', 'confidence', 'reason', 'by', 'sources', 'marks'],
  ...['attachments', 'name', 'type', 'size', 'actions', 'tell', 'wish', 'label', 'text', 'state', 'why'],
  ...['slot', 'since', 'detail', 'left', 'as'],
]

/** Controls, formats and whatever else Unicode draws nothing for; inside a line of JSON a line break is one, too. */
const UNSEEN = /\p{C}|\u034f|[\u2028\u2029]|[\ufe00-\ufe0d]/gu

/** Lines to append, each with its newline: the same bytes for the same records, and none that steers a terminal. */
export function formatRecords(records: readonly MailRecord[]): string {
  return records.map((record) => `${JSON.stringify(record, KEYS).replace(UNSEEN, escapeUnits)}\n`).join('')
}

function escapeUnits(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')
}
