import type {Message} from '../workspace/message-file.js'

const MAX_HOPS = 6
/** What one agent may write to another within an hour before the rest waits for a person. */
const PAIR_RATE_PER_HOUR = 20

/** Why a message between agents has to wait in held/ until a person looks, or null when it may go. */
export function judgeEcho(
  {from, to, trace, hops}: Pick<Message, 'from' | 'to' | 'trace' | 'hops'>,
  {sentThisHour}: {sentThisHour: number},
): string | null {
  if (hops > MAX_HOPS) return `${hops} hops, more than ${MAX_HOPS}`
  if (trace.includes(from)) return `${from} is already in the trace (${trace.join(' > ')})`
  if (sentThisHour >= PAIR_RATE_PER_HOUR) return `${from} has written to ${to} ${sentThisHour} times within an hour`
  return null
}

/** Where an answer stands in the chain of messages that led to it. */
export function followOn({from, trace, hops}: Pick<Message, 'from' | 'trace' | 'hops'>): {
  trace: string[]
  hops: number
} {
  return {trace: [...trace, from], hops: hops + 1}
}
