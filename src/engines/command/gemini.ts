import type {ClaimedUsage} from '../engine.js'
import type {Dialect, Heard, ProcessEnd, ProgramEnd, Reader} from './dialect.js'
import {NOTHING_HEARD} from './dialect.js'
import {amountOf, brief, countOf, describeInput, fieldsOf, stringOf, withoutResult} from './fields.js'
import {reasonOf} from './judge-failure.js'

type Line = Readonly<Record<string, unknown>>

/** The Gemini CLI, headless. */
export const gemini: Dialect = {
  name: 'gemini',
  install: 'npm install -g @google/gemini-cli',
  keyVariables: ['GEMINI_API_KEY'],
  homeVariables: ['GEMINI_CLI_HOME'],
  ownSettings: ['.gemini', '.env'],
  takesPrefixFile: false,
  args: ({model, session}) => [
    // Empty: what is asked comes over stdin, where no other process can read it.
    ['-p', ''],
    ['--output-format', 'stream-json'],
    ['--approval-mode', 'auto_edit'],
    ...(model === null ? [] : [['--model', model]]),
    ...(session === null ? [] : [['--resume', session]]),
  ],
  env: ({baseUrl, hasOwnSettings}) => ({
    // In a folder that isn't trusted it may edit nothing; in one that is, it obeys the settings it finds there.
    ...(hasOwnSettings ? {} : {GEMINI_CLI_TRUST_WORKSPACE: 'true'}),
    ...(baseUrl === null ? {} : {GOOGLE_GEMINI_BASE_URL: baseUrl}),
  }),
  unbounded: () => 'gemini has no limit of its own: bounded by time, not by turns, dollars or tokens',
  open: () => new GeminiReader(),
}

const EXIT = {unauthorized: 41, input: 42, turns: 53} as const

class GeminiReader implements Reader {
  private session: string | null = null
  private text = ''
  private error: Line | null = null
  private stats: Line | null = null
  private isDone = false
  private steps = 0

  read(line: Line): Heard {
    this.session = stringOf(line, 'session_id') ?? this.session
    switch (line['type']) {
      case 'message': {
        const text = line['role'] === 'assistant' ? stringOf(line, 'content') : null
        if (!text) return NOTHING_HEARD
        this.text = line['delta'] === true ? this.text + text : text
        return {events: [{kind: 'text', text}]}
      }
      case 'tool_use':
        this.steps++
        // What it says after its work is the answer.
        this.text = ''
        return {
          events: [
            {
              kind: 'own-tool',
              tool: stringOf(line, 'tool_name') ?? 'a tool',
              detail: describeInput(line['parameters']),
            },
          ],
        }
      case 'error':
        if (line['severity'] !== 'warning') this.error = line
        return NOTHING_HEARD
      case 'result':
        return this.readResult(line, line['status'] === 'success')
      case undefined:
        return this.readWhole(line)
      default:
        return NOTHING_HEARD
    }
  }

  end(process: ProcessEnd): ProgramEnd {
    const {code, stderr, strange} = process
    const {text, session} = this
    const ended = {text, session, usage: this.stats === null ? null : usageOf(this.stats, this.steps), notes: []}
    const told = amountOf(this.error, 'code') ?? code
    if (told === EXIT.turns) {
      return {...ended, end: 'length', failure: null, hasLostSession: false, notes: ['stopped at its turns']}
    }
    if (this.isDone && code === 0) return {...ended, end: 'done', failure: null, hasLostSession: false}
    const said = stringOf(this.error, 'message')
    const words = (said ?? [stderr, ...strange].join('\n')).trim()
    const reason =
      told === EXIT.unauthorized ? 'unauthorized' : reasonOf(words, told === EXIT.input ? 'invalid' : 'cut')
    return {
      ...ended,
      end: 'unknown',
      failure: {reason, detail: said === null ? withoutResult(process, words) : brief(words)},
      hasLostSession: /error resuming session|no previous sessions found|invalid session identifier/i.test(words),
    }
  }

  private readResult(line: Line, isDone: boolean): Heard {
    this.isDone = isDone
    this.stats = 'stats' in line ? fieldsOf(line, 'stats') : null
    if ('error' in line) this.error = fieldsOf(line, 'error')
    return NOTHING_HEARD
  }

  /** The one object of `--output-format json`. */
  private readWhole(line: Line): Heard {
    if (!('response' in line) && !('error' in line) && !('stats' in line)) return NOTHING_HEARD
    this.readResult(line, !('error' in line))
    this.text = stringOf(line, 'response') ?? ''
    return this.text === '' ? NOTHING_HEARD : {events: [{kind: 'text', text: this.text}]}
  }
}

/** What was cached is inside its input; what it thought is in the total alone. */
function usageOf(stats: Line, steps: number): ClaimedUsage | null {
  const models = Object.values(fieldsOf(stats, 'models'))
  const input = amountOf(stats, 'input_tokens') ?? sumOf(models, ['prompt'])
  const output = amountOf(stats, 'output_tokens') ?? sumOf(models, ['candidates', 'thoughts'])
  if (input === null && output === null) return null
  const total = amountOf(stats, 'total_tokens') ?? 0
  const cacheRead = Math.min(amountOf(stats, 'cached') ?? sumOf(models, ['cached']) ?? 0, input ?? 0)
  const requests = models.reduce<number>((sum, model) => sum + countOf(fieldsOf(model, 'api'), 'totalRequests'), 0)
  return {
    input: input === null ? null : input - cacheRead,
    output: output === null ? null : Math.max(output, total - (input ?? 0)),
    cacheRead,
    cacheWrite: 0,
    cacheWriteHour: 0,
    costUsd: null,
    modelCalls: requests > 0 ? requests : steps + 1,
  }
}

function sumOf(models: readonly unknown[], keys: readonly string[]): number | null {
  if (models.length === 0) return null
  return models.reduce<number>((sum, model) => {
    const tokens = fieldsOf(model, 'tokens')
    return keys.reduce((inner, key) => inner + countOf(tokens, key), sum)
  }, 0)
}
