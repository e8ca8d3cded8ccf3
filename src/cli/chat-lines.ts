import {createInterface, type Interface} from 'node:readline'
import type {Heard, OpenChat} from '../app/chat-surface.js'
import {exitOf, type RunReport} from '../app/run-report.js'
import {clean} from '../kit/text.js'
import {describeFailure, presentFailure} from './failure.js'
import {openTurnOutput, type Streams} from './turn-output.js'

/** What a conversation by lines is read from and written to. */
export interface ChatStreams extends Streams {
  readonly in: NodeJS.ReadStream
}

/**
 * On a terminal one readline for each prompt: while an answer comes the terminal is as the shell left it, so that Ctrl-C is
 * a signal. In a pipe the lines are taken as they come, and the first signal ends it.
 */
export function openChatLines(
  streams: ChatStreams,
  {prompt, isDocument}: {prompt: string; isDocument: boolean},
): OpenChat {
  const {out, err} = streams
  const isTerminal = streams.in.isTTY === true && out.isTTY === true && !isDocument
  const output = openTurnOutput(isDocument ? 'document' : 'person', streams, {term: process.env['TERM']})
  const signals = listenToSignals()
  const source = isTerminal ? terminalSource(streams.in, prompt, signals) : pipeSource(streams.in, signals)
  let failed = 0
  return {
    next: source.next,
    show: (text) => {
      if (!isDocument) out.write(`${clean(text).trimEnd()}\n`)
    },
    note: output.notice,
    listen: output.listen,
    answered(report: RunReport) {
      // A refused call is told, and the talk goes on.
      if (report.error !== null && report.end !== 'interrupted') failed = 1
      else if (exitOf(report) === 0) failed = 0
      output.close(report, {isBrief: true})
    },
    failed(error) {
      output.abandon()
      const failure = describeFailure(error, 'mcos chat --help')
      failed = failure.exit
      err.write(presentFailure(failure))
    },
    during: signals.during,
    isOver: () => signals.exit() !== null,
    exitCode: () => signals.exit() ?? failed,
    close() {
      source.close()
      signals.close()
    },
  }
}

interface Source {
  next(): Promise<Heard>
  close(): void
}

interface Signals {
  /** 130 or 143 once this process is to end; Ctrl-C during a turn ends the turn alone. */
  exit(): number | null
  during<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T>
  /** Called when a signal comes while nothing is under way. */
  onIdle: (() => void) | null
  close(): void
}

function listenToSignals(): Signals {
  let turn: AbortController | null = null
  let exit: number | null = null
  const onSignal = (name: NodeJS.Signals): void => {
    if (name === 'SIGTERM' || turn === null) exit ??= name === 'SIGTERM' ? 143 : 130
    if (turn) turn.abort()
    else signals.onIdle?.()
  }
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal)
  const signals: Signals = {
    exit: () => exit,
    async during(work) {
      turn = new AbortController()
      if (exit !== null) turn.abort()
      try {
        return await work(turn.signal)
      } finally {
        turn = null
      }
    },
    onIdle: null,
    close: () => void process.off('SIGINT', onSignal).off('SIGTERM', onSignal),
  }
  return signals
}

function terminalSource(input: NodeJS.ReadStream, prompt: string, signals: Signals): Source {
  let history: string[] = []
  return {
    next: () =>
      new Promise((resolve) => {
        const lines = createInterface({input, output: process.stdout, prompt, history, historySize: 200})
        let isFinished = false
        const finish = (heard: Heard): void => {
          if (isFinished) return
          isFinished = true
          signals.onIdle = null
          lines.close()
          resolve(heard)
        }
        signals.onIdle = () => finish({kind: 'end'})
        lines.on('history', (kept: string[]) => {
          history = [...kept]
        })
        lines.once('line', (text) => finish({kind: 'line', text}))
        lines.once('SIGINT', () => {
          process.stdout.write('\n')
          finish({kind: 'interrupt'})
        })
        lines.once('close', () => {
          if (!isFinished) process.stdout.write('\n')
          finish({kind: 'end'})
        })
        lines.prompt()
      }),
    close: () => undefined,
  }
}

/** Lines are kept as they come, also while an answer is under way. */
function pipeSource(input: NodeJS.ReadStream, signals: Signals): Source {
  const waiting: Heard[] = []
  let wake: ((heard: Heard) => void) | null = null
  const tell = (heard: Heard): void => {
    if (wake) wake(heard)
    else waiting.push(heard)
    wake = null
  }
  const lines: Interface = createInterface({input, crlfDelay: Number.POSITIVE_INFINITY})
  lines.on('line', (text) => tell({kind: 'line', text})).on('close', () => tell({kind: 'end'}))
  signals.onIdle = () => tell({kind: 'end'})
  return {
    next: () =>
      new Promise((resolve) => {
        const first = waiting.shift()
        if (first) resolve(first)
        else wake = resolve
      }),
    close: () => lines.close(),
  }
}
