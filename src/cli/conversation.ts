import {createInterface, type Interface} from 'node:readline'
import {EXIT, UserError} from '../kit/errors.js'
import {clean, cleanLine} from '../kit/text.js'
import {hangLines} from './hang-lines.js'

/** One of the answers a question proposes; its number or its word is typed. */
export interface Option {
  readonly word: string
  readonly label: string
}

export interface Question {
  readonly text: string
  /** One line that says what the answer decides. */
  readonly why: string
  readonly options?: readonly Option[]
  /** What Enter means. */
  readonly fallback: string
  /** One sentence about what is wrong with an answer; null takes it. */
  readonly wrong?: (answer: string) => string | null
}

/** Questions and answers, one after the other; who answers is a person, or a list in a test. */
export interface Conversation {
  say(text: string): void
  /** The answer that was taken: a proposed word for its number, the fallback for Enter. A wrong one is asked again. */
  ask(question: Question): Promise<string>
  close(): void
}

/** Where one question's answer is read: null at the end of the input. */
export type ReadAnswer = (prompt: string) => Promise<string | null>

/** A conversation over any source of lines. */
export function converseOver({
  read,
  write,
  close,
  columns = () => Number.POSITIVE_INFINITY,
}: {
  readonly read: ReadAnswer
  readonly write: (text: string) => void
  readonly close: () => void
  /** How wide the terminal is now; words that don't fit go on in the next line. */
  readonly columns?: () => number
}): Conversation {
  const say = (text: string): void => write(`${hangLines(clean(text), columns())}\n`)
  return {
    say,
    close,
    async ask(question) {
      say(presentQuestion(question))
      for (;;) {
        const typed = await read(`  [${cleanLine(question.fallback)}] `)
        if (typed === null) throw leftEarly()
        const answer = meantBy(typed.trim(), question)
        const wrong = wrongNumber(answer, question) ?? question.wrong?.(answer) ?? null
        if (wrong === null) return answer
        say(`  ${wrong}`)
      }
    },
  }
}

/** At this terminal: plain lines, on stderr, so that a result on stdout stays alone. Ctrl-C ends the command. */
export function openConversation(): Conversation {
  const terminal = createInterface({input: process.stdin, output: process.stderr})
  const write = (text: string): void => {
    process.stderr.write(text)
  }
  terminal.once('SIGINT', () => {
    // Closed first, so that the terminal is left as it was found.
    terminal.close()
    write('\nNothing was made.\n')
    process.kill(process.pid, 'SIGINT')
  })
  const columns = (): number => process.stderr.columns || Number.POSITIVE_INFINITY
  return converseOver({read: (prompt) => readFrom(terminal, prompt), write, close: () => terminal.close(), columns})
}

/** Whether somebody sits there who can be asked. */
export function canConverse(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true
}

function readFrom(terminal: Interface, prompt: string): Promise<string | null> {
  return new Promise((resolve) => {
    const end = (): void => resolve(null)
    terminal.once('close', end)
    terminal.question(prompt, (answer) => {
      terminal.off('close', end)
      resolve(answer)
    })
  })
}

function presentQuestion({text, why, options = []}: Question): string {
  const width = Math.max(0, ...options.map(({word}) => word.length))
  const lines = options.map(({word, label}, index) => `  ${index + 1}  ${word.padEnd(width)}  ${cleanLine(label)}`)
  return ['', text, `  ${why}`, ...lines].join('\n')
}

function meantBy(typed: string, {options = [], fallback}: Question): string {
  if (typed === '') return fallback
  const number = /^\d+$/.test(typed) ? Number(typed) : 0
  return options[number - 1]?.word ?? typed
}

/** A number that is still one after it was looked up stands for nothing. */
function wrongNumber(answer: string, {options = []}: Question): string | null {
  if (options.length === 0 || !/^-?\d+$/.test(answer)) return null
  return options.length === 1
    ? `${answer} is none of these: there is only 1.`
    : `${answer} is none of these: type 1 to ${options.length}.`
}

function leftEarly(): UserError {
  return new UserError('The questions were left early. Nothing was made.', {
    code: 'LEFT',
    fix: 'mcos init --yes   # takes the proposed answer to each',
    exit: EXIT.usage,
  })
}
