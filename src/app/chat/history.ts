import {isUserError} from '../../kit/errors.js'
import {ownValuesOf} from '../../turn/own-secrets.js'
import {type Redactor, redactor} from '../../turn/redact.js'
import type {Fleet} from '../../workspace/fleet.js'
import {parseAgentName} from '../../workspace/names.js'

/** The most lines that are kept for one agent. */
export const MOST_LINES = 500

/** What was said to one agent on this machine before. */
export interface ChatHistory {
  /** Oldest first. */
  readonly lines: readonly string[]
  /** Keeps one more, for this person alone; the same one twice in a row is kept once. */
  keep(line: string): void
}

/** Secrets of the fleet that somebody has typed are not kept; a line of the file that can't be read is none. */
export function openChatHistory(fleet: Fleet, agent: string): ChatHistory {
  const {mcos} = fleet
  const path = `chat-history/${parseAgentName(agent)}.jsonl`
  const read = (): string[] => (mcos.readText(path) ?? '').split('\n').flatMap(parseLine).slice(-MOST_LINES)
  let redact: Redactor | null = null
  return {
    lines: read(),
    keep(said) {
      redact ??= redactor({secrets: ownValuesOf(fleet, null)})
      const line = redact.text(said)
      const known = read()
      if (line.trim() === '' || known.at(-1) === line) return
      const kept = [...known, line].slice(-MOST_LINES)
      try {
        mcos.write(path, kept.map((one) => `${JSON.stringify(one)}\n`).join(''), {mode: 0o600, sync: false})
      } catch (error) {
        // A full disk is told by the turn itself; the talk goes on without a memory of it.
        if (!isUserError(error)) throw error
      }
    },
  }
}

function parseLine(json: string): string[] {
  try {
    const line: unknown = JSON.parse(json)
    return typeof line === 'string' ? [line] : []
  } catch {
    return [] // Half a line of a machine that lost its power, or somebody else's.
  }
}
