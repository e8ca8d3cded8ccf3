// What the three fake programs share. A script is JSON in $HOME/fake-cli.json: one run, or a list of runs of which the
// n-th call plays the n-th (the last one for ever). A run is {steps: [...], usage?, costUsd?, session?}; a step is one of
//   {text} {write: {path, content}} {error, message?} {hang: true} {die: 'mid-line' | 'exit' | 'signal'} {leave: pidFile}
//   {sleepMs} {garbage} {line} {pad: bytes} {waits: times} and what a single program knows besides.
import {spawn} from 'node:child_process'
import {appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'

const home = process.env.HOME ?? '.'

/** The run to play; what it was called with is written down for the test. */
export function openRun(program) {
  const stdin = readFileSync(0, 'utf8')
  const log = join(home, 'fake-cli.log')
  const before = existsSync(log) ? readFileSync(log, 'utf8').split('\n').length - 1 : 0
  const call = {program, argv: process.argv.slice(2), stdin, cwd: process.cwd(), env: process.env}
  appendFileSync(log, `${JSON.stringify(call)}\n`)
  const script = join(home, 'fake-cli.json')
  const runs = existsSync(script) ? [JSON.parse(readFileSync(script, 'utf8'))].flat() : [{steps: [{text: 'Done.'}]}]
  return {stdin, ...runs[Math.min(before, runs.length - 1)]}
}

/** Arguments as strictly as the real ones: `takes` maps a flag to whether it takes a value. */
export function parseArgs(words, takes, refuse) {
  const flags = {}
  const rest = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at]
    if (!word.startsWith('-') || word === '-') rest.push(word)
    else if (!(word in takes)) refuse(word)
    else flags[word] = takes[word] ? words[++at] : true
  }
  return {flags, rest}
}

export const print = (line) => process.stdout.write(`${JSON.stringify(line)}\n`)

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

/** Plays what every program does alike; `own` does the rest and is told of each step. */
export async function play(steps, own) {
  for (const step of steps) {
    if (step.sleepMs) await sleep(step.sleepMs)
    if (step.garbage !== undefined) process.stdout.write(step.garbage)
    if (step.bytes) process.stdout.write(Buffer.from(step.bytes, 'base64'))
    if (step.line) print(step.line)
    if (step.leave) leave(step.leave, step.isDeaf)
    if (step.write) {
      mkdirSync(dirname(step.write.path), {recursive: true})
      writeFileSync(step.write.path, step.write.content)
    }
    if (step.hang) {
      if (step.isDeaf) process.on('SIGTERM', () => undefined)
      await sleep(600_000)
    }
    if (step.die === 'mid-line') {
      await new Promise((resolve) => process.stdout.write('{"type":"assistant","message":{"con', resolve))
      process.exit(1)
    }
    if (step.die === 'exit') process.exit(step.code ?? 1)
    if (step.die === 'signal') process.kill(process.pid, 'SIGKILL')
    await own(step)
  }
}

/** A grandchild that stays, with our pipes open; its pid goes into a file. */
function leave(pidFile, isDeaf = false) {
  const program = isDeaf ? 'trap "" TERM; sleep 600; sleep 600' : 'sleep 600'
  const child = spawn('sh', ['-c', program], {stdio: ['ignore', 'inherit', 'inherit']})
  writeFileSync(pidFile, String(child.pid))
  child.unref()
}

/** Which conversations there were, as the real programs keep them below the home. */
export const sessions = {
  has: (id) => existsSync(join(home, 'fake-sessions', id)),
  /** What was kept of one; empty for a new one. */
  read: (id) => (sessions.has(id) ? JSON.parse(readFileSync(join(home, 'fake-sessions', id), 'utf8')) : {}),
  keep: (id, data = {}) => {
    mkdirSync(join(home, 'fake-sessions'), {recursive: true})
    writeFileSync(join(home, 'fake-sessions', id), JSON.stringify(data))
  },
}

/** Ends only when all of stdout is out: a pipe is written later than asked for. */
export function exit(code) {
  process.stdout.write('', () => process.exit(code))
}
