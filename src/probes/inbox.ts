import {failedReading, type Probe, type Reading, type SightedMessage} from './probe.js'

/** Above this many new messages the fingerprint is one hash of them all. */
const MOST_NAMED = 500

/** New messages, each once: what was seen before or has gone is no news. */
export const inboxProbe: Probe = {
  word: 'inbox',
  baseline: false,
  async read(_call, {inbox, previous}) {
    try {
      const {messages, forged} = inbox()
      const waiting = [
        ...messages.filter(isNew).map((sighted) => ({sighted, isForged: false})),
        ...forged.filter(isNew).map((sighted) => ({sighted, isForged: true})),
      ].sort((a, b) => (a.sighted.path < b.sighted.path ? -1 : 1))
      return await describe(waiting, previous)
    } catch (error) {
      return failedReading(`the inbox can't be read: ${error instanceof Error ? error.message : String(error)}`)
    }
  },
}

interface Waiting {
  readonly sighted: SightedMessage
  readonly isForged: boolean
}

async function describe(waiting: readonly Waiting[], previous: string | null): Promise<Reading> {
  const names = waiting.map(({sighted}) => fileName(sighted))
  const fingerprint = names.length > MOST_NAMED ? await hashOf(names) : names.join(' ')
  const before = new Set(previous?.split(' '))
  const fresh = waiting.filter(({sighted}) => !before.has(fileName(sighted)))
  const forged = waiting.filter(({isForged}) => isForged).length
  const suspicious = forged > 0 ? `, ${forged} of them not from whom they say` : ''
  const detail = waiting.length === 0 ? 'no new messages' : `${count(waiting.length)}${suspicious}: ${summary(waiting)}`
  return {level: 'ok', fingerprint, detail, items: fingerprint === previous ? [] : fresh.map(line)}
}

function isNew({box}: SightedMessage): boolean {
  return box === 'new'
}

function fileName({path}: SightedMessage): string {
  return (path.split('/').at(-1) ?? path).replaceAll(' ', '_')
}

function count(messages: number): string {
  return messages === 1 ? '1 new message' : `${messages} new messages`
}

function summary(waiting: readonly Waiting[]): string {
  return `${waiting.slice(0, 3).map(line).join('; ')}${waiting.length > 3 ? '; …' : ''}`
}

function line({sighted: {message}, isForged}: Waiting): string {
  const urgent = message.priority === 'urgent' ? 'urgent, ' : ''
  return `${urgent}${isForged ? 'claims to be ' : ''}from ${message.from}: ${message.subject}`
}

async function hashOf(names: readonly string[]): Promise<string> {
  const {contentHash} = await import('../kit/hash.js')
  return `${names.length} messages ${contentHash(names.join('\n'))}`
}
