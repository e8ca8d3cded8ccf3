import type {TurnListener} from '../../turn/events.js'
import type {RunReport} from '../run/report.js'

/** What a person does next: a line, Ctrl-C at the prompt, or the end of it all. */
export type Heard =
  | {readonly kind: 'line'; readonly text: string}
  | {readonly kind: 'interrupt'}
  | {readonly kind: 'end'}

/** Where a conversation is shown: lines of a terminal or of a pipe, or a screen. */
export interface ChatSurface {
  /** Asks for the next line. */
  next(): Promise<Heard>
  /** Something that was asked for by a word such as /cost. */
  show(text: string): void
  /** Who is there, and how to leave: for a person, not for a pipe. */
  greet(text: string): void
  /** Something to know. */
  note(text: string): void
  readonly listen: TurnListener
  /** One line was answered. */
  answered(report: RunReport): void
  /** One line could not even be asked. */
  failed(error: Error): void
  /** Runs one turn; Ctrl-C meanwhile ends that turn only. */
  during<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T>
  /** Whether the system has asked this process to end. */
  isOver(): boolean
}

/** A surface that was opened for one talk, and the exit code the talk comes to. */
export interface OpenChat extends ChatSurface {
  exitCode(): number
  /** Leaves the terminal as it was found. */
  close(): void
}
