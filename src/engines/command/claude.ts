import type {AnswerEnd, ClaimedUsage, EngineEvent, StopReason} from '../engine.js'
import type {Dialect, Failure, Heard, ProcessEnd, ProgramEnd, Reader} from './dialect.js'
import {NOTHING_HEARD} from './dialect.js'
import {amountOf, brief, countOf, describeInput, fieldsOf, listOf, stringOf, withoutResult} from './fields.js'
import {reasonOf, reasonOfStatus} from './judge-failure.js'

type Line = Readonly<Record<string, unknown>>

/** Claude Code, headless. */
export const claude: Dialect = {
  name: 'claude',
  install: 'npm install -g @anthropic-ai/claude-code',
  keyVariables: ['ANTHROPIC_API_KEY'],
  homeVariables: ['CLAUDE_CONFIG_DIR', 'XDG_CONFIG_HOME'],
  // Kept out by --setting-sources and --strict-mcp-config.
  ownSettings: [],
  takesPrefixFile: true,
  args: ({model, session, limits, prefixFile}) => [
    ['-p'],
    ['--output-format', 'stream-json'],
    ['--verbose'],
    // Without it nothing is printed for as long as an answer is written, which looks like silence.
    ['--include-partial-messages'],
    ['--max-turns', String(limits.turns)],
    ...(limits.usd === null ? [] : [['--max-budget-usd', String(limits.usd)]]),
    ['--permission-mode', 'acceptEdits'],
    // What lies in the folder was written by the agent: its hooks and servers are not to run beside the guard.
    ['--setting-sources', 'user'],
    ['--strict-mcp-config'],
    ['--append-system-prompt-file', prefixFile],
    ...(model === null ? [] : [['--model', model]]),
    ...(session === null ? [] : [['--resume', session]]),
  ],
  env: ({baseUrl}) => ({
    // Its own loop may be twenty calls long: one that is overloaded is not to cost the other nineteen.
    CLAUDE_CODE_MAX_RETRIES: '2',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    ...(baseUrl === null ? {} : {ANTHROPIC_BASE_URL: baseUrl}),
  }),
  unbounded: ({usd, turns}) =>
    usd === null
      ? `bounded by ${turns} turns and time, not by dollars or tokens`
      : `bounded by $${usd} and ${turns} turns, not by tokens`,
  open: (now) => new ClaudeReader(now),
}

const REASONS: Readonly<Record<string, StopReason>> = {
  authentication_failed: 'unauthorized',
  oauth_org_not_allowed: 'unauthorized',
  billing_error: 'spent',
  rate_limit: 'overloaded',
  overloaded: 'overloaded',
  model_not_found: 'invalid',
}

class ClaudeReader implements Reader {
  private result: Line | null = null
  private error: string | null = null
  private resetsAt: number | null = null
  private session: string | null = null
  private isStreamed = false
  private readonly texts: string[] = []
  private readonly answers = new Set<string>()

  constructor(private readonly now: () => number) {}

  read(line: Line): Heard {
    this.session = stringOf(line, 'session_id') ?? this.session
    const isSubAgent = stringOf(line, 'parent_tool_use_id') !== null
    switch (line['type']) {
      case 'system':
        return {events: [], isIdle: line['subtype'] === 'api_retry'}
      case 'stream_event':
        return isSubAgent ? NOTHING_HEARD : this.readDelta(fieldsOf(fieldsOf(line, 'event'), 'delta'))
      case 'assistant':
        return this.readMessage(line, isSubAgent)
      case 'rate_limit_event': {
        const info = fieldsOf(line, 'rate_limit_info')
        if (info['status'] === 'rejected') this.resetsAt = amountOf(info, 'resetsAt')
        return NOTHING_HEARD
      }
      case 'result':
        this.result = line
        return NOTHING_HEARD
      default:
        return NOTHING_HEARD
    }
  }

  end(process: ProcessEnd): ProgramEnd {
    const {result, session} = this
    if (result === null) return this.endWithoutResult(process)
    const usage = usageOf(result, this.answers.size)
    const errors = listOf(result, 'errors').filter((error) => typeof error === 'string')
    const words = stringOf(result, 'result') ?? errors.join('; ')
    const end = endOf(result, this.error)
    const failure = end === null ? this.failureOf(result, words) : null
    const hasText = result['is_error'] !== true || end === 'refusal'
    const text = hasText ? words : this.texts.join('')
    const hasLostSession = failure !== null && /no conversation found/i.test(words)
    return {text, end: end ?? 'unknown', usage, session, failure, hasLostSession, notes: notesOf(result)}
  }

  private readDelta(delta: Line): Heard {
    const text = delta['type'] === 'text_delta' ? stringOf(delta, 'text') : null
    if (!text) return NOTHING_HEARD
    this.isStreamed = true
    return {events: [{kind: 'text', text}]}
  }

  private readMessage(line: Line, isSubAgent: boolean): Heard {
    const message = fieldsOf(line, 'message')
    const error = stringOf(line, 'error')
    if (error !== null) this.error = error
    // What the program itself says in the model's place, such as "API Error: …".
    if (error !== null || message['model'] === '<synthetic>') return NOTHING_HEARD
    const id = stringOf(message, 'id')
    if (id) this.answers.add(id)
    const wasStreamed = this.isStreamed
    this.isStreamed = false
    const events = listOf(message, 'content').flatMap((block): EngineEvent[] => {
      const text = stringOf(block, 'text')
      const tool = stringOf(block, 'name')
      if (tool !== null) return [{kind: 'own-tool', tool, detail: describeInput(fieldsOf(block, 'input'))}]
      if (!text || isSubAgent) return []
      this.texts.push(text)
      return wasStreamed ? [] : [{kind: 'text', text}]
    })
    return {events}
  }

  private failureOf(result: Line, words: string): Failure {
    const detail = brief(words) || `it ended with ${stringOf(result, 'subtype') ?? 'an error'}`
    const byError = this.error === null ? null : (REASONS[this.error] ?? null)
    const byStatus = reasonOfStatus(amountOf(result, 'api_error_status'))
    const reason = byError ?? byStatus ?? reasonOf(words, this.error === 'invalid_request' ? 'invalid' : 'cut')
    const wait = this.resetsAt === null ? null : Math.max(Math.round(this.resetsAt * 1000 - this.now()), 0)
    return {reason, detail, ...(wait !== null && reason === 'overloaded' ? {retryAfterMs: wait} : {})}
  }

  private endWithoutResult(process: ProcessEnd): ProgramEnd {
    const words = [process.stderr, ...process.strange].join('\n').trim()
    const detail = withoutResult(process, words)
    const reason = words === '' || process.code === 0 ? 'cut' : reasonOf(words, 'cut')
    return {
      text: this.texts.join(''),
      end: 'unknown',
      usage: null,
      session: this.session,
      failure: {reason, detail},
      hasLostSession: /no conversation found/i.test(words),
      notes: [],
    }
  }
}

/** null: no answer at all. */
function endOf(result: Line, error: string | null): AnswerEnd | null {
  const subtype = result['subtype']
  if (subtype === 'error_max_turns' || subtype === 'error_max_budget_usd') return 'length'
  const stop = result['stop_reason']
  if (stop === 'refusal') return 'refusal'
  if (error === 'max_output_tokens') return 'length'
  if (result['is_error'] === true || subtype !== 'success') return null
  if (stop === 'max_tokens') return 'length'
  if (isDeferred(result)) return 'unknown'
  return stop === 'end_turn' || stop === 'stop_sequence' || stop === null || stop === undefined ? 'done' : 'unknown'
}

function isDeferred(result: Line): boolean {
  return (
    result['terminal_reason'] === 'tool_deferred' || stringOf(fieldsOf(result, 'deferred_tool_use'), 'name') !== null
  )
}

function notesOf(result: Line): string[] {
  const denied = listOf(result, 'permission_denials').map((denial) => stringOf(denial, 'tool_name') ?? 'a tool')
  const deferred = fieldsOf(result, 'deferred_tool_use')
  const stop = stringOf(result, 'stop_reason')
  return [
    ...(result['subtype'] === 'error_max_turns' ? ['stopped at its turns'] : []),
    ...(result['subtype'] === 'error_max_budget_usd' ? ['stopped at its dollars'] : []),
    ...(denied.length > 0 ? [`it was not permitted: ${brief([...new Set(denied)].join(', '))}`] : []),
    ...(isDeferred(result)
      ? [
          `it waits for a yes to ${brief(`${stringOf(deferred, 'name') ?? 'a tool'} ${describeInput(deferred['input'])}`)}`,
        ]
      : []),
    ...(endOf(result, null) === 'unknown' && stop !== null && !isDeferred(result)
      ? [`it stopped for "${brief(stop)}"`]
      : []),
  ]
}

/** What it says of its main loop, or of all its models with those of its helpers: the larger of the two. */
function usageOf(result: Line, answers: number): ClaimedUsage | null {
  const usage = fieldsOf(result, 'usage')
  const models = Object.values(fieldsOf(result, 'modelUsage'))
  if (Object.keys(usage).length === 0 && models.length === 0) return null
  const most = (mainKey: string, modelKey: string): number | null => {
    const sum = models.reduce<number>((total, model) => total + countOf(model, modelKey), 0)
    const main = amountOf(usage, mainKey)
    return main === null && models.length === 0 ? null : Math.max(main ?? 0, sum)
  }
  const hour = models.reduce<number>((sum, model) => sum + countOf(model, 'cacheCreationEphemeral1hInputTokens'), 0)
  return {
    input: most('input_tokens', 'inputTokens'),
    output: most('output_tokens', 'outputTokens'),
    cacheRead: most('cache_read_input_tokens', 'cacheReadInputTokens') ?? 0,
    cacheWrite: most('cache_creation_input_tokens', 'cacheCreationInputTokens') ?? 0,
    cacheWriteHour: Math.max(countOf(fieldsOf(usage, 'cache_creation'), 'ephemeral_1h_input_tokens'), hour),
    costUsd: amountOf(result, 'total_cost_usd'),
    modelCalls: answers,
  }
}
