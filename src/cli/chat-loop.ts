import type {Chat} from '../app/chat.js'
import type {RunReport} from '../app/run-report.js'
import {isUserError} from '../kit/errors.js'
import {presentWord} from '../present/chat.js'
import type {TurnListener} from '../turn/events.js'

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

/** Talks until the person has enough; every line is one turn. */
export async function converse(chat: Chat, surface: ChatSurface): Promise<void> {
  for (let hasInterrupted = false; !surface.isOver(); ) {
    const heard = await surface.next()
    if (heard.kind === 'end' || (heard.kind === 'interrupt' && hasInterrupted)) return
    hasInterrupted = heard.kind === 'interrupt'
    if (heard.kind === 'interrupt') {
      surface.note('Ctrl-C once more, or /quit, to leave.')
      continue
    }
    const line = heard.text.trim()
    if (line === '/quit' || line === '/exit') return
    if (line === '') continue
    await answer(line, chat, surface)
  }
}

/** What goes wrong with one line is told, and the next one is asked for. */
async function answer(line: string, chat: Chat, surface: ChatSurface): Promise<void> {
  try {
    if (line.startsWith('/')) surface.show(await presentWord(line, chat))
    else {
      const {listen, note} = surface
      surface.answered(await surface.during((signal) => chat.say(line, {signal, listen, notice: note})))
    }
  } catch (error) {
    if (!isUserError(error)) throw error
    surface.failed(error)
  }
}
