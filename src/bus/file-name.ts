import type {Message} from '../workspace/message-file.js'

// The number at the end is a further copy's, in quarantine/ or held/.
const NAME = /^\d{8}T\d{6}Z-([0-7][0-9A-HJKMNP-TV-Z]{25})(?:-\d+)?\.md$/

/** The one name a message's file may have: its time and its id, so that a second copy can't lie beside the first. */
export function messageFileName({id, at}: Pick<Message, 'id' | 'at'>): string {
  return `${fileStamp(at)}-${id}.md`
}

/** The id a file's name claims, or null for a name that was given by hand. */
export function idInFileName(file: string): string | null {
  return NAME.exec(file)?.[1] ?? null
}

/** When a file's name says its message was sent, in milliseconds since the epoch. */
export function timeInFileName(file: string): number | null {
  if (!NAME.test(file)) return null
  const ms = Date.parse(file.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z.*$/, '$1-$2-$3T$4:$5:$6Z'))
  return Number.isNaN(ms) ? null : ms
}

/** Seconds are enough in a message: the id carries the rest. */
export function messageTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z')
}

function fileStamp(at: string): string {
  return at.replace(/\.\d+(?=Z$)/, '').replace(/[-:]/g, '')
}
