#!/usr/bin/env node
// The Codex CLI as of 0.169: `exec --json` and `exec … resume ID`, from a script (shared.mjs).
import {randomUUID} from 'node:crypto'
import {exit, openRun, parseArgs, play, print, sessions} from './shared.mjs'

const TAKES = {
  '--json': false,
  '--sandbox': true,
  '-s': true,
  '--skip-git-repo-check': false,
  '--model': true,
  '-m': true,
  '-c': true,
}

function refuse(text) {
  process.stderr.write(`error: ${text}\n\nUsage: codex exec [OPTIONS] [PROMPT]\n`)
  process.exit(2)
}

const run = openRun('codex')
const {flags, rest} = parseArgs(process.argv.slice(2), TAKES, (flag) => refuse(`unexpected argument '${flag}' found`))
if (rest[0] !== 'exec') refuse('this is not a terminal')
const sandbox = flags['--sandbox'] ?? flags['-s'] ?? 'read-only'
if (!['read-only', 'workspace-write', 'danger-full-access'].includes(sandbox)) refuse(`invalid value '${sandbox}'`)
const resumes = rest[1] === 'resume' ? rest[2] : null
if (rest[resumes === null ? 1 : 3] !== '-') refuse('a prompt in the arguments is for everybody to read')
process.stderr.write('Reading prompt from stdin...\n')
if (run.stdin.trim() === '') refuse('No prompt provided via stdin.')
if (!flags['--skip-git-repo-check'])
  refuse('Not inside a trusted directory and --skip-git-repo-check was not specified.')

if (resumes !== null && !sessions.has(resumes)) {
  process.stderr.write(
    `Error: thread/resume: thread/resume failed: no rollout found for thread id ${resumes} (code -32600)\n`,
  )
  exit(1)
} else {
  const thread_id = resumes ?? run.session ?? randomUUID()
  const before = sessions.read(thread_id)
  sessions.keep(thread_id, before)
  print({type: 'thread.started', thread_id})
  print({type: 'turn.started'})
  let failure = null
  let items = 0
  await play(run.steps ?? [], ({text, pad, tool, error, waits}) => {
    if (text !== undefined) {
      print({
        type: 'item.completed',
        item: {id: `item_${items++}`, type: 'agent_message', text: pad ? text + 'x'.repeat(pad) : text},
      })
    }
    if (tool) {
      const item = {id: `item_${items++}`, ...tool}
      print({type: 'item.started', item: {...item, status: 'in_progress'}})
      print({type: 'item.completed', item: {...item, status: 'completed', exit_code: 0}})
    }
    for (let attempt = 1; attempt <= (waits ?? 0); attempt++) {
      print({type: 'error', message: `Reconnecting... ${attempt}/5 (unexpected status 503 Service Unavailable)`})
    }
    if (error) failure = error
  })
  if (failure) {
    print({type: 'error', message: failure})
    print({type: 'turn.failed', error: {message: failure}})
    exit(1)
  } else {
    // Of the whole conversation, not of this run.
    const keys = [
      'input_tokens',
      'cached_input_tokens',
      'cache_write_input_tokens',
      'output_tokens',
      'reasoning_output_tokens',
    ]
    const usage = Object.fromEntries(keys.map((key) => [key, (before[key] ?? 0) + (run.usage?.[key] ?? 0)]))
    sessions.keep(thread_id, usage)
    print({type: 'turn.completed', usage})
    exit(0)
  }
}
