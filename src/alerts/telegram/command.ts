/** What a person asks of the fleet; `text` is everything that is no command of ours. */
export type ChatCommand =
  | {readonly word: 'status' | 'help' | 'text'}
  | {readonly word: 'approve' | 'deny'; readonly id: string | null}
  | {readonly word: 'stop' | 'resume'; readonly agent: string | null}

/** Reads a message as a command; null when it is addressed to another bot of the group. */
export function parseCommand(text: string, username: string | null): ChatCommand | null {
  const [first = '', argument = null] = text.trim().split(/\s+/)
  const [, word = '', addressee] = /^\/([a-z]{1,32})(?:@(\w{1,64}))?$/i.exec(first) ?? []
  if (addressee !== undefined && username !== null && addressee.toLowerCase() !== username.toLowerCase()) return null
  switch (word.toLowerCase()) {
    case 'status':
      return {word: 'status'}
    case 'help':
    case 'start':
      return {word: 'help'}
    case 'approve':
    case 'yes':
      return {word: 'approve', id: argument}
    case 'deny':
    case 'no':
      return {word: 'deny', id: argument}
    case 'stop':
      return {word: 'stop', agent: argument}
    case 'resume':
      return {word: 'resume', agent: argument}
    default:
      return {word: 'text'}
  }
}
