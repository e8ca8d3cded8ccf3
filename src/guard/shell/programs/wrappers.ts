import type {Call} from '../call.js'
import {readOptions} from '../options.js'
import {startRest} from './builtins.js'
import type {Judge} from './judge.js'

/** Programs that start the one which their arguments name. */
export const WRAPPERS: Readonly<Record<string, Judge>> = {
  sudo: judgeSudo,
  doas: judgeSudo,
  nohup: (call) => startRest(call, call.args),
  setsid: (call) => throughOptions(call, {known: 'cfw'}),
  time: (call) => throughOptions(call, {known: 'pv', longKnown: ['portability', 'verbose'], valued: 'f'}),
  nice: judgeNice,
  ionice: (call) => throughOptions(call, {known: 't', valued: 'cn'}),
  stdbuf: (call) => throughOptions(call, {known: '', valued: 'ioe', longKnown: ['input', 'output', 'error']}),
  timeout: judgeTimeout,
  xargs: judgeXargs,
  busybox: (call) => startRest(call, call.args),
  toybox: (call) => startRest(call, call.args),
}

type Form = Parameters<typeof readOptions>[1]

function throughOptions(call: Call, form: Form): void {
  startRest(call, readOptions(call, {...form, stopsAtWord: true}).rest)
}

/** With the rights of somebody else it is another thing to do: the contract has to name the whole line. */
function judgeSudo(call: Call): void {
  call.run()
  throughOptions(call, {known: 'nEHSkKb', valued: 'ugpC', longKnown: ['non-interactive', 'preserve-env', 'set-home']})
}

function judgeNice(call: Call): void {
  const [first] = call.args
  if (first && /^-\d+$/.test(first.text)) startRest(call, call.args.slice(1))
  else throughOptions(call, {known: '', valued: 'n', longKnown: ['adjustment']})
}

function judgeTimeout(call: Call): void {
  const long = ['foreground', 'preserve-status', 'verbose', 'signal', 'kill-after']
  const {rest} = readOptions(call, {known: 'v', valued: 'sk', longKnown: long, stopsAtWord: true})
  if (rest.length === 0) call.unclear('timeout names no program')
  startRest(call, rest.slice(1))
}

/** What comes in through the pipe is unknown: only programs to which it can't matter are started with it. */
function judgeXargs(call: Call): void {
  const long = ['null', 'no-run-if-empty', 'max-args', 'max-procs', 'delimiter', 'verbose', 'max-lines']
  const {rest, value} = readOptions(call, {known: '0rtx', valued: 'nPdILs', longKnown: long, stopsAtWord: true})
  if (rest.length === 0) return
  const unknown = 'what xargs hands on comes out of a pipe'
  const mark = value('I')?.text
  // With a mark it is put into words, also into the middle of a script, and not behind them.
  if (mark === undefined) startRest(call, [...rest, {text: '…', unknown, glob: null}])
  else
    startRest(
      call,
      rest.map((arg) => (arg.text.includes(mark) ? {...arg, unknown} : arg)),
    )
}
