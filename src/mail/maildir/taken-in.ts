/** Header lines are looked for no further than this. */
export const MOST_HEAD = 32_768

/**
 * When the last server took a mail in, as the topmost Received says, ms; null: none does. A program that copies a
 * whole mailbox dates its files of today, however old the mails are.
 */
export function takenIn(raw: Buffer): number | null {
  const head = raw.toString('latin1', 0, MOST_HEAD).split(/\r?\n\r?\n/, 1)[0] ?? ''
  const received = /^received:(.*(?:\r?\n[ \t].*)*)/im.exec(head)?.[1]
  const date = received === undefined ? undefined : /;([^;]*)$/.exec(received)?.[1]
  if (date === undefined) return null
  const at = Date.parse(
    date
      .replace(/\([^)]*\)/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  )
  return Number.isNaN(at) ? null : at
}
