import {isRecord} from '../../kit/is-record.js'

/** Whose hook it is, as far as that changes what may be answered; Codex takes a question for a yes. */
export type HookHost = 'claude' | 'codex' | 'gemini'

/** What a coding agent's hook is told on stdin; each host leaves some of it out. */
export interface HookEvent {
  readonly host: HookHost
  readonly event: string
  readonly session: string | null
  readonly cwd: string | null
  /** Absolute; null where the host keeps none. */
  readonly transcript: string | null
  /** Why: manual, auto, startup, resume, clear, compact. */
  readonly source: string | null
  /** How freely the host lets its model act, such as `default` or `bypassPermissions`. */
  readonly mode: string | null
  /** null: it is about no tool. */
  readonly tool: string | null
  readonly input: Readonly<Record<string, unknown>>
  /** The server and its tool, where a host says so beside the tool's name. */
  readonly mcp: {readonly server: string; readonly tool: string} | null
}

/** What the host is answered. Nothing else is ever said: a host lets the call through on any other exit code. */
export interface HookAnswer {
  readonly exit: 0 | 2
  /** JSON or nothing. */
  readonly stdout: string
  readonly stderr: string
}

/** Nothing to say. */
export const SILENCE: HookAnswer = {exit: 0, stdout: '', stderr: ''}

type Fields = Readonly<Record<string, unknown>>

/** Reads any host's words by the fields that are there; null: it is no JSON object. */
export function parseHookEvent(text: string): HookEvent | null {
  const value = readJson(text)
  if (!isRecord(value)) return null
  const input = value['tool_input'] ?? value['toolInput']
  return {
    host: hostOf(value),
    event: field(value, 'hook_event_name', 'hookEventName', 'type') ?? '',
    session: field(value, 'session_id', 'sessionId', 'thread_id', 'thread-id'),
    cwd: field(value, 'cwd', 'working_directory'),
    transcript: field(value, 'transcript_path', 'transcriptPath', 'rollout_path'),
    source: field(value, 'trigger', 'source', 'reason'),
    mode: field(value, 'permission_mode', 'permissionMode'),
    tool: field(value, 'tool_name', 'toolName'),
    // Some tools take a text and no fields.
    input: isRecord(input) ? input : typeof input === 'string' ? {command: input} : {},
    mcp: mcpOf(value['mcp_context']),
  }
}

/** Events of its own, or a time in each, are Gemini's; a turn's id, or the model beside a tool, are Codex's. */
function hostOf(value: Fields): HookHost {
  const event = field(value, 'hook_event_name', 'hookEventName') ?? ''
  if (/^(?:Before|After)[A-Z]|^PreCompress$/.test(event) || 'timestamp' in value) return 'gemini'
  if ('turn_id' in value || ('model' in value && event !== 'SessionStart') || 'thread-id' in value) return 'codex'
  return 'claude'
}

function mcpOf(value: unknown): HookEvent['mcp'] {
  if (!isRecord(value)) return null
  const [server, tool] = [field(value, 'server_name'), field(value, 'tool_name')]
  return server === null || tool === null ? null : {server, tool}
}

function field(value: Fields, ...names: readonly string[]): string | null {
  for (const name of names) {
    const found = value[name]
    if (typeof found === 'string' && found !== '') return found
  }
  return null
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The caller says so to the host.
    return null
  }
}
