import {clean, cleanLine} from '../../kit/text.js'
import type {ChatKey} from './chat-key.js'
import type {ChatView, Entry, Standing} from './chat-view.js'
import {completeWord, wordsFor} from './complete-word.js'
import {type Draft, draftOf, EMPTY, editLine, isAtEdge} from './edit-line.js'
import {type History, historyOf, recall, remember} from './history.js'

export interface StoreOptions {
  readonly person: string
  readonly words: ChatView['words']
  readonly history: readonly string[]
  readonly standing: Standing
}

/** What a key comes to beside another draft. */
export type Pressed = 'edited' | 'said' | 'interrupt' | 'end'

/** The state of the screen and what changes it; it draws nothing and waits for nothing. */
export class ChatStore {
  private readonly entries: Entry[] = []
  private readonly queue: string[] = []
  private live = ''
  private progress: string | null = null
  private draft: Draft = EMPTY
  private isListing = false
  private isAnswering = false
  private history: History
  private standing: Standing

  constructor(private readonly options: StoreOptions) {
    // Whoever can write that file could steer the terminal by it.
    this.history = historyOf(options.history.map(clean))
    this.standing = options.standing
  }

  view({columns, rows}: {readonly columns: number; readonly rows: number}): ChatView {
    const {person, words} = this.options
    const fitting = wordsFor(
      this.draft.text,
      words.map(({word}) => word),
    )
    return {
      person,
      entries: [...this.entries],
      live: this.live,
      progress: this.progress,
      queue: [...this.queue],
      draft: this.draft,
      words: this.isListing ? words.filter(({word}) => fitting.includes(word)) : [],
      isAnswering: this.isAnswering,
      standing: this.standing,
      columns,
      rows,
    }
  }

  /** A piece of the answer, cleaned: what has come to its line's end is over. */
  stream(text: string): void {
    const lines = `${this.live}${text}`.split('\n')
    this.live = lines.pop() ?? ''
    for (const line of lines) this.entries.push({kind: 'answer', text: line})
  }

  add(kind: Entry['kind'], text: string): void {
    if (this.live !== '') this.stream('\n')
    for (const line of clean(text).trimEnd().split('\n')) this.entries.push({kind, text: line.replaceAll('\t', '  ')})
  }

  /** A line is over to the agent. */
  say(text: string): void {
    if (this.live !== '') this.stream('\n')
    this.entries.push({kind: 'said', text: text.replaceAll('\t', '  ')})
  }

  setProgress(text: string | null): void {
    this.progress = text === null ? null : cleanLine(text)
  }

  setStanding(standing: Partial<Standing>): void {
    this.standing = {...this.standing, ...standing}
  }

  setAnswering(isAnswering: boolean): void {
    this.isAnswering = isAnswering
    if (!isAnswering) this.progress = null
  }

  /** The next line that waits to be said; null: none does. */
  nextLine(): string | null {
    return this.queue.shift() ?? null
  }

  /** What was to be said next goes back into the box: whoever has interrupted an answer wants to look at it first. */
  takeBack(): void {
    const kept = this.queue.splice(0)
    const text = [...kept, ...(this.draft.text === '' ? [] : [this.draft.text])].join('\n')
    if (kept.length > 0) this.draft = draftOf(text)
  }

  /** A line of the box that is ready to be said stands at the end of the queue. */
  press(key: ChatKey): Pressed {
    if (key.kind === 'key') {
      if (key.name === 'enter') return this.enter()
      if (key.name === 'interrupt') return this.interrupt()
      if (key.name === 'end-of-input' && this.draft.text === '') return 'end'
      if (key.name === 'tab') return this.complete()
      if ((key.name === 'up' || key.name === 'down') && this.recall(key.name)) return 'edited'
    }
    this.change(editLine(this.draft, key))
    return 'edited'
  }

  private change(draft: Draft): void {
    if (draft.text !== this.draft.text) this.isListing = draft.text.startsWith('/')
    this.draft = draft
  }

  private enter(): Pressed {
    const {text, cursor} = this.draft
    if (text.endsWith('\\') && cursor === text.length) {
      this.change(draftOf(`${text.slice(0, -1)}\n`))
      return 'edited'
    }
    this.change(EMPTY)
    if (text.trim() === '') return 'edited'
    this.history = remember(this.history, text)
    this.queue.push(text)
    return 'said'
  }

  /** What was typed goes first; on an empty line, and while an answer comes, it is heard. */
  private interrupt(): Pressed {
    if (this.isAnswering || this.draft.text === '') return 'interrupt'
    this.change(EMPTY)
    this.history = historyOf(this.history.lines)
    return 'edited'
  }

  private complete(): Pressed {
    const {text, cursor} = this.draft
    if (cursor !== text.length) return 'edited'
    const words = this.options.words.map(({word}) => word)
    this.change(draftOf(completeWord(text, words)))
    this.isListing = wordsFor(this.draft.text, words).length > 1
    return 'edited'
  }

  private recall(way: 'up' | 'down'): boolean {
    if (!isAtEdge(this.draft, way === 'up' ? 'first' : 'last')) return false
    const found = recall(this.history, way === 'up' ? -1 : 1, this.draft.text)
    if (!found) return true
    this.history = found.history
    this.draft = draftOf(found.text)
    this.isListing = false
    return true
  }
}
