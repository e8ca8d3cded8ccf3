import {createInterface, type Interface} from 'node:readline'
import {listenToSignals} from '../app/chat/signals.js'
import type {Heard, OpenChat} from '../app/chat/surface.js'
import {exitOf, type RunReport} from '../app/run/report.js'
import {lettersIn} from '../kit/plain-letters.js'
import {clean} from '../kit/text.js'
import {describeFailure, presentFailure} from './failure.js'
import {openTurnOutput} from './open-turn-output.js'
import type {Streams} from './turn-output.js'

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
  const output = openTurnOutput(isDocument ? 'document' : 'person', streams, {
    term: process.env['TERM'],
    letters: lettersIn(process.env),
  })
  const source = isTerminal ? terminalSource(streams.in, prompt) : pipeSource(streams.in)
  const signals = listenToSignals(source.end)
  let failed = 0
  return {
    next: source.next,
    show: (text) => {
      if (!isDocument) out.write(`${clean(text).trimEnd()}\n`)
    },
    greet(text) {
      if (isTerminal) output.notice(text)
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
  /** Nothing more is waited for: a signal came while no turn was under way. */
  end(): void
  close(): void
}

function terminalSource(input: NodeJS.ReadStream, prompt: string): Source {
  let history: string[] = []
  let onEnd: (() => void) | null = null
  return {
    next: () =>
      new Promise((resolve) => {
        const lines = createInterface({input, output: process.stdout, prompt, history, historySize: 200})
        let isFinished = false
        const finish = (heard: Heard): void => {
          if (isFinished) return
          isFinished = true
          onEnd = null
          lines.close()
          resolve(heard)
        }
        onEnd = () => finish({kind: 'end'})
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
    end: () => onEnd?.(),
    close: () => undefined,
  }
}

/** Lines are kept as they come, also while an answer is under way. */
function pipeSource(input: NodeJS.ReadStream): Source {
  const waiting: Heard[] = []
  let wake: ((heard: Heard) => void) | null = null
  const tell = (heard: Heard): void => {
    if (wake) wake(heard)
    else waiting.push(heard)
    wake = null
  }
  const lines: Interface = createInterface({input, crlfDelay: Number.POSITIVE_INFINITY})
  const end = (): void => tell({kind: 'end'})
  lines.on('line', (text) => tell({kind: 'line', text})).on('close', end)
  return {
    next: () =>
      new Promise((resolve) => {
        const first = waiting.shift()
        if (first) resolve(first)
        else wake = resolve
      }),
    end,
    close: () => lines.close(),
  }
}
