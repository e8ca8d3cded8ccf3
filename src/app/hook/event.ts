import {isRecord} from '../../kit/is-record.js'

/** What a coding agent's hook is told on stdin; each host leaves some of it out. */
export interface HookEvent {
  readonly event: string
  readonly session: string | null
  readonly cwd: string | null
  /** Absolute; null where the host keeps none. */
  readonly transcript: string | null
  /** Why: manual, auto, startup, resume, clear, compact. */
  readonly source: string | null
}

/** What the host is answered. Nothing else is ever said: a host lets the call through on any other exit code. */
export interface HookAnswer {
  readonly exit: 0 | 2
  /** JSON or nothing. */
  readonly stdout: string
  readonly stderr: string
}

/** Reads any host's words by the fields that are there; null: it is no JSON object. */
export function parseHookEvent(text: string): HookEvent | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // The caller says so to the host.
    return null
  }
  if (!isRecord(value)) return null
  const field = (...names: readonly string[]): string | null => {
    for (const name of names) {
      const found = value[name]
      if (typeof found === 'string' && found !== '') return found
    }
    return null
  }
  return {
    event: field('hook_event_name', 'hookEventName', 'type') ?? '',
    session: field('session_id', 'sessionId', 'thread_id', 'thread-id'),
    cwd: field('cwd', 'working_directory'),
    transcript: field('transcript_path', 'transcriptPath', 'rollout_path'),
    source: field('trigger', 'source', 'reason'),
  }
}
