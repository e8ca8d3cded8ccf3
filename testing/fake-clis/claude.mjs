#!/usr/bin/env node
// Claude Code as of 2.1.197: the same lines, in the same order, with the same fields, from a script (shared.mjs).
import {randomUUID} from 'node:crypto'
import {readFileSync} from 'node:fs'
import {exit, openRun, parseArgs, play, print, sessions} from './shared.mjs'

const TAKES = {
  '-p': false,
  '--print': false,
  '--output-format': true,
  '--verbose': false,
  '--include-partial-messages': false,
  '--max-turns': true,
  '--max-budget-usd': true,
  '--permission-mode': true,
  '--setting-sources': true,
  '--strict-mcp-config': false,
  '--append-system-prompt-file': true,
  '--append-system-prompt': true,
  '--model': true,
  '--resume': true,
}
const STATUS = {
  authentication_failed: [401, 'Invalid API key · Fix external API key'],
  billing_error: [400, 'Credit balance is too low'],
  rate_limit: [429, 'API Error: Request rejected (429) · slow down'],
  overloaded: [529, 'API Error: 529 Overloaded.'],
  server_error: [500, 'API Error: 500 Internal server error'],
  unreachable: [null, 'API Error: Unable to connect to API (ConnectionRefused)'],
  invalid_request: [400, 'API Error: 400 messages: at least one message is required'],
  too_long: [400, 'Prompt is too long'],
  model_not_found: [404, "There's an issue with the selected model (x). It may not exist."],
  max_output_tokens: [null, "API Error: Claude's response exceeded the 64000 output token maximum."],
  unknown: [null, 'API Error: something else'],
}

function refuse(text) {
  process.stderr.write(`${text}\n`)
  process.exit(1)
}

const run = openRun('claude')
const {flags} = parseArgs(process.argv.slice(2), TAKES, (flag) => refuse(`error: unknown option '${flag}'`))
if (!flags['-p'] && !flags['--print']) refuse('Error: no terminal, and no --print')
if (flags['--output-format'] === 'stream-json' && !flags['--verbose']) {
  refuse('Error: When using --print, --output-format=stream-json requires --verbose')
}
if (run.stdin.trim() === '') refuse('Error: Input must be provided either through stdin or as a prompt argument')
if (flags['--append-system-prompt-file']) readFileSync(flags['--append-system-prompt-file'], 'utf8')
if (!/^\d+$/.test(flags['--max-turns'] ?? '1')) refuse('error: --max-turns must be a number')
if (!(Number(flags['--max-budget-usd'] ?? 1) > 0)) refuse('error: --max-budget-usd must be a number above 0')

const session_id = run.session ?? flags['--resume'] ?? randomUUID()
const usage = {
  input_tokens: 0,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: 0,
  output_tokens: 0,
  ...run.usage,
}
const result = {
  type: 'result',
  subtype: 'success',
  is_error: false,
  api_error_status: null,
  duration_ms: 92,
  num_turns: 1,
  result: '',
  stop_reason: 'end_turn',
  session_id,
  total_cost_usd: run.costUsd ?? 0,
  usage: {...usage, cache_creation: {ephemeral_1h_input_tokens: run.hour ?? 0, ephemeral_5m_input_tokens: 0}},
  modelUsage: run.modelUsage ?? {},
  permission_denials: [],
  terminal_reason: 'completed',
}

// It looks for a conversation only among those of the folder it stands in.
if (flags['--resume'] && sessions.read(flags['--resume']).cwd !== process.cwd()) {
  process.stderr.write(`No conversation found with session ID: ${flags['--resume']}\n`)
  const errors = [`No conversation found with session ID: ${flags['--resume']}`]
  print({...result, subtype: 'error_during_execution', is_error: true, num_turns: 0, result: undefined, errors})
  exit(1)
} else {
  sessions.keep(session_id, {cwd: process.cwd()})
  print({
    type: 'system',
    subtype: 'init',
    cwd: process.cwd(),
    session_id,
    tools: ['Bash', 'Edit'],
    claude_code_version: '2.1.197',
  })
  print({type: 'system', subtype: 'status', status: 'requesting', session_id})
  await play(run.steps ?? [], step)
  print({...result, ...run.result})
  exit(result.is_error ? 1 : 0)
}

function say(content, more = {}) {
  const message = {id: `msg_${randomUUID()}`, type: 'message', role: 'assistant', model: 'claude-sonnet-4-5', content}
  print({
    type: 'assistant',
    message: {...message, usage, ...more.message},
    parent_tool_use_id: null,
    session_id,
    ...more.line,
  })
}

function step({text, pad, tool, error, message, waits, deny, defer, ends, resetsAt}) {
  if (text !== undefined) {
    const whole = pad ? text + 'x'.repeat(pad) : text
    if (flags['--include-partial-messages'] && !pad) {
      for (const piece of whole.match(/[\s\S]{1,20}/g) ?? []) {
        const event = {type: 'content_block_delta', index: 0, delta: {type: 'text_delta', text: piece}}
        print({type: 'stream_event', event, session_id, parent_tool_use_id: null})
      }
    }
    say([{type: 'text', text: whole}])
    result.result = whole
  }
  if (tool) {
    say([{type: 'tool_use', id: 'toolu_1', ...tool}])
    const content = [{type: 'tool_result', tool_use_id: 'toolu_1', content: 'ok'}]
    print({type: 'user', message: {role: 'user', content}, parent_tool_use_id: null, session_id})
    result.num_turns++
  }
  for (let attempt = 1; attempt <= (waits ?? 0); attempt++) {
    print({
      type: 'system',
      subtype: 'api_retry',
      attempt,
      max_retries: 2,
      error_status: 529,
      error: 'overloaded',
      session_id,
    })
  }
  if (resetsAt) print({type: 'rate_limit_event', rate_limit_info: {status: 'rejected', resetsAt}, session_id})
  if (deny) result.permission_denials.push({tool_name: deny, tool_use_id: 'toolu_2', tool_input: {}})
  if (defer)
    Object.assign(result, {terminal_reason: 'tool_deferred', stop_reason: 'tool_use', deferred_tool_use: defer})
  if (ends) Object.assign(result, ends)
  if (error) {
    const [status, words] = STATUS[error] ?? [null, error]
    const named = {too_long: 'invalid_request', unreachable: 'server_error'}[error] ?? error
    say([{type: 'text', text: message ?? words}], {message: {model: '<synthetic>'}, line: {error: named}})
    Object.assign(result, {
      is_error: true,
      api_error_status: status,
      result: message ?? words,
      stop_reason: 'stop_sequence',
    })
  }
}
