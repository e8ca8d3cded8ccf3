import type {ClaimedUsage, EngineEvent} from '../engine.js'
import type {Dialect, Heard, ProcessEnd, ProgramEnd, Reader} from './dialect.js'
import {NOTHING_HEARD} from './dialect.js'
import {amountOf, brief, countOf, fieldsOf, listOf, stringOf, withoutResult} from './fields.js'
import {reasonOf} from './judge-failure.js'

type Line = Readonly<Record<string, unknown>>

/** The Codex CLI, headless. */
export const codex: Dialect = {
  name: 'codex',
  install: 'npm install -g @openai/codex',
  keyVariables: ['CODEX_API_KEY', 'OPENAI_API_KEY'],
  homeVariables: ['CODEX_HOME'],
  // It reads a folder's own only where a person has trusted that folder, which nobody did for a copy.
  ownSettings: [],
  takesPrefixFile: false,
  args: ({model, baseUrl, session}) => [
    ['exec'],
    ['--json'],
    ['--sandbox', 'workspace-write'],
    ['--skip-git-repo-check'],
    ...(model === null ? [] : [['--model', model]]),
    ...(baseUrl === null ? [] : [['-c', `openai_base_url=${JSON.stringify(baseUrl)}`]]),
    ...(session === null ? [] : [['resume', threadOf(session)]]),
    ['-'],
  ],
  env: () => ({}),
  unbounded: () => 'codex has no limit of its own: bounded by time, not by turns, dollars or tokens',
  open: (_, session) => new CodexReader(session),
}

/** Items that are work with its own tools, and the field that says what they were used on. */
const WORK: Readonly<Record<string, string>> = {
  command_execution: 'command',
  mcp_tool_call: 'tool',
  web_search: 'query',
  file_change: 'changes',
}

class CodexReader implements Reader {
  private thread: string | null = null
  private text = ''
  private error: string | null = null
  private hasFailed = false
  /** Of the whole conversation, as it counts. */
  private total: Total | null = null
  private isCompleted = false
  private steps = 0

  constructor(private readonly before: string | null) {}

  read(line: Line): Heard {
    switch (line['type']) {
      case 'thread.started':
        this.thread = stringOf(line, 'thread_id')
        return NOTHING_HEARD
      case 'item.started':
        return {events: workOf(fieldsOf(line, 'item')).filter(({tool}) => tool !== 'file_change')}
      case 'item.completed':
        return this.readItem(fieldsOf(line, 'item'))
      case 'turn.completed':
        this.isCompleted = true
        this.total = totalOf(fieldsOf(line, 'usage')) ?? this.total
        return NOTHING_HEARD
      case 'turn.failed':
        this.hasFailed = true
        this.error = stringOf(fieldsOf(line, 'error'), 'message') ?? this.error
        return NOTHING_HEARD
      case 'error':
        this.error = stringOf(line, 'message') ?? this.error
        // "Reconnecting... waiting for network" goes on for ever.
        return {events: [], isIdle: true}
      default:
        return NOTHING_HEARD
    }
  }

  end(process: ProcessEnd): ProgramEnd {
    const {stderr, strange} = process
    const {text, thread, total, before} = this
    const session = thread === null ? null : sessionOf(thread, total)
    const usage = total === null ? null : usageOf(total, before === null ? null : baselineOf(before), this.steps)
    const ended = {text, usage, session, notes: []}
    if (this.isCompleted && !this.hasFailed) {
      return {...ended, end: 'done', failure: null, hasLostSession: false}
    }
    const said = stderr.replace('Reading prompt from stdin...', '')
    const words = (this.error ?? [said, ...strange].join('\n')).trim()
    const detail = this.error === null ? withoutResult(process, words) : brief(words)
    return {
      ...ended,
      end: 'unknown',
      failure: {reason: reasonOf(words, 'cut'), detail},
      hasLostSession:
        thread === null && /no rollout found|thread\/resume failed|no saved session/i.test(`${stderr}\n${words}`),
    }
  }

  private readItem(item: Line): Heard {
    const type = stringOf(item, 'type') ?? ''
    if (type in WORK) this.steps++
    // A change of files is told only once it is made.
    if (type === 'file_change') return {events: workOf(item)}
    const text = type === 'agent_message' ? stringOf(item, 'text') : null
    if (!text) return NOTHING_HEARD
    this.text = text
    return {events: [{kind: 'text', text: `${text}\n`}]}
  }
}

function workOf(item: Line): Extract<EngineEvent, {kind: 'own-tool'}>[] {
  const type = stringOf(item, 'type') ?? ''
  const field = Object.hasOwn(WORK, type) ? WORK[type] : undefined
  if (field === undefined) return []
  const paths = listOf(item, 'changes').map((change) => stringOf(change, 'path') ?? '?')
  const detail = type === 'file_change' ? paths.join(', ') : (stringOf(item, field) ?? '')
  return [{kind: 'own-tool', tool: type, detail: brief(detail)}]
}

interface Total {
  readonly input: number
  readonly cached: number
  readonly written: number
  readonly output: number
}

/** It counts from the beginning of a conversation on, so what was counted before travels with the conversation's name. */
function sessionOf(thread: string, total: Total | null): string {
  return total === null ? thread : [thread, total.input, total.cached, total.written, total.output].join(':')
}

function threadOf(session: string): string {
  return session.split(':')[0] ?? session
}

function baselineOf(session: string): Total | null {
  const [input, cached, written, output] = session.split(':').slice(1).map(Number)
  if (input === undefined || cached === undefined || written === undefined || output === undefined) return null
  return [input, cached, written, output].every(Number.isSafeInteger) ? {input, cached, written, output} : null
}

function totalOf(usage: Line): Total | null {
  const [input, output] = [amountOf(usage, 'input_tokens'), amountOf(usage, 'output_tokens')]
  if (input === null || output === null) return null
  return {
    input,
    output,
    cached: countOf(usage, 'cached_input_tokens'),
    written: countOf(usage, 'cache_write_input_tokens'),
  }
}

/** What was cached is inside its input, and so is what was written to the cache. */
function usageOf(total: Total, before: Total | null, steps: number): ClaimedUsage {
  // A count that went back was begun anew.
  const from = before !== null && before.input <= total.input && before.output <= total.output ? before : null
  const input = total.input - (from?.input ?? 0)
  const cacheRead = Math.min(Math.max(total.cached - (from?.cached ?? 0), 0), input)
  const cacheWrite = Math.min(Math.max(total.written - (from?.written ?? 0), 0), input - cacheRead)
  return {
    input: input - cacheRead - cacheWrite,
    output: total.output - (from?.output ?? 0),
    cacheRead,
    cacheWrite,
    cacheWriteHour: 0,
    costUsd: null,
    // It doesn't say; each use of a tool was one more question to the model.
    modelCalls: steps + 1,
  }
}
