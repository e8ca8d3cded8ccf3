#!/usr/bin/env node
// The Gemini CLI as of 0.61: headless, as a stream of JSON or as one object, from a script (shared.mjs).
import {randomUUID} from 'node:crypto'
import {exit, openRun, parseArgs, play, print, sessions} from './shared.mjs'

const TAKES = {
  '-p': true,
  '--prompt': true,
  '--output-format': true,
  '-o': true,
  '--approval-mode': true,
  '--model': true,
  '-m': true,
  '--resume': true,
}

function fail(code, text) {
  process.stderr.write(`${text}\n`)
  process.exit(code)
}

const run = openRun('gemini')
const {flags} = parseArgs(process.argv.slice(2), TAKES, (flag) => fail(1, `Unknown argument: ${flag.slice(2)}`))
const format = flags['--output-format'] ?? flags['-o'] ?? 'text'
if (`${run.stdin}${flags['-p'] ?? ''}`.trim() === '') fail(42, 'No input provided via stdin.')
if (flags['--resume'] && !sessions.has(flags['--resume'])) {
  fail(42, 'Error resuming session: No previous sessions found for this project.')
}
const session_id = flags['--resume'] ?? run.session ?? randomUUID()
sessions.keep(session_id)
const isStream = format === 'stream-json'
const timestamp = '2026-11-21T10:00:00.000Z'
const tell = (line) => isStream && print({...line, timestamp})

tell({type: 'init', session_id, model: flags['--model'] ?? 'auto'})
tell({type: 'message', role: 'user', content: run.stdin})
let response = ''
let failure = null
await play(run.steps ?? [], ({text, pad, tool, error, message, code}) => {
  if (text !== undefined) {
    response = pad ? text + 'x'.repeat(pad) : text
    for (const content of pad ? [response] : (response.match(/[\s\S]{1,20}/g) ?? [])) {
      tell({type: 'message', role: 'assistant', content, delta: true})
    }
  }
  if (tool) {
    tell({type: 'tool_use', tool_id: 't1', ...tool})
    tell({type: 'tool_result', tool_id: 't1', status: 'success', output: 'ok'})
  }
  if (error) failure = {type: error, message: message ?? error, code: code ?? 1}
})
const {input = 0, output = 0, cached = 0, thoughts = 0} = run.usage ?? {}
const total = input + output + thoughts
if (failure) {
  if (isStream)
    tell({type: 'result', status: 'error', error: failure, stats: {total_tokens: 0, input_tokens: 0, output_tokens: 0}})
  else process.stdout.write(JSON.stringify({session_id, error: failure}, null, 2))
  process.stderr.write(`${failure.message}\n`)
  exit(failure.code)
} else if (isStream) {
  tell({
    type: 'result',
    status: 'success',
    stats: {total_tokens: total, input_tokens: input, output_tokens: output, cached, tool_calls: 0},
  })
  exit(0)
} else {
  const tokens = {prompt: input, candidates: output, total, cached, thoughts, tool: 0}
  const models = {'gemini-2.5-pro': {api: {totalRequests: 3, totalErrors: 0, totalLatencyMs: 5}, tokens}}
  process.stdout.write(JSON.stringify({session_id, response, stats: {models}}, null, 2))
  exit(0)
}
