import {listenToSignals} from '../../app/chat/signals.js'
import type {Heard, OpenChat} from '../../app/chat/surface.js'
import {exitOf} from '../../app/run/report.js'
import {cleanLine} from '../../kit/text.js'
import {presentBrief, presentTrouble} from '../../present/run.js'
import {tellTurn} from '../../present/turn.js'
import {workAfter} from '../../present/turn-work.js'
import {Underway} from '../../present/underway.js'
import type {TurnEvent} from '../../turn/events.js'
import type {ChatKey} from './chat-key.js'
import {ChatStore, type StoreOptions} from './chat-store.js'
import {drawChat} from './draw-chat.js'
import {openKeyboard} from './keyboard.js'
import {setTerminal} from './terminal-modes.js'

export interface ChatScreenOptions extends StoreOptions {
  readonly input: NodeJS.ReadStream
  readonly output: NodeJS.WriteStream
  readonly error: NodeJS.WriteStream
  /** One more line that a person will want to have again. */
  keep(line: string): void
  /** What the whole talk has cost until now, in US dollars. */
  cost(): number
}

const TICK_MS = 500
/** A stop that is asked for comes within that. */
const STOPPING_MS = 50

/** A conversation as a screen: what is typed while an answer comes is kept, and the terminal is left as it was found. */
export function openChatScreen(options: ChatScreenOptions): OpenChat {
  const {input, output, error} = options
  const store = new ChatStore(options)
  let restore = setTerminal(input, output)
  const drawing = drawChat({input, output, error, view: () => store.view(sizeOf(output))})
  const underway = new Underway()
  let failed = 0
  let wake: ((heard: Heard) => void) | null = null

  const tell = (heard: Heard): void => {
    const waiting = wake
    wake = null
    waiting?.(heard)
  }
  const signals = listenToSignals(() => tell({kind: 'end'}))
  const sayNext = (): void => {
    const line = wake && store.nextLine()
    if (line === null) return
    store.say(line)
    options.keep(line)
    tell({kind: 'line', text: line})
  }
  let resuming: NodeJS.Timeout | undefined
  const comeBack = (): void => {
    restore = setTerminal(input, output)
    input.resume()
    drawing.redraw()
  }
  const suspend = (): void => {
    drawing.hide()
    restore()
    // All that the shell has started as one, as Ctrl-Z would do without a screen. Where no shell could call it back nothing stops.
    process.kill(0, 'SIGTSTP')
    resuming = setTimeout(comeBack, STOPPING_MS)
  }
  const press = (key: ChatKey): void => {
    const name = key.kind === 'key' ? key.name : null
    const pressed = store.press(key)
    if (name === 'redraw') drawing.redraw()
    else if (name === 'suspend') suspend()
    else if (pressed === 'said') sayNext()
    else if (pressed === 'end') tell({kind: 'end'})
    else if (pressed === 'interrupt' && !signals.interrupt()) tell({kind: 'interrupt'})
  }
  const keyboard = openKeyboard(input, {
    hear(keys) {
      for (const key of keys) press(key)
      drawing.changed()
    },
    end: () => tell({kind: 'end'}),
  })
  const onLost = (): void => undefined // A terminal that has gone away; SIGHUP says so, too.
  output.on('error', onLost)

  const turnText = tellTurn({say: (text) => store.stream(text), note: (line) => store.add('note', line)})
  const follow = (event: TurnEvent): void => {
    const work = workAfter(event)
    if (work !== undefined && work !== null) underway.begin('turn', work, performance.now())
    if (event.kind === 'request') store.setStanding({engine: event.engine, used: event.tokens / event.window})
  }
  const changing = <Arguments extends unknown[]>(change: (...args: Arguments) => void) => {
    return (...args: Arguments): void => {
      change(...args)
      drawing.changed()
    }
  }
  return {
    next: () =>
      new Promise((resolve) => {
        wake = resolve
        sayNext()
        drawing.changed()
      }),
    show: changing((text: string) => store.add('shown', text)),
    greet: changing((text: string) => store.add('note', text)),
    note: changing((text: string) => store.add('note', text)),
    listen: changing((event: TurnEvent) => {
      follow(event)
      turnText(event)
    }),
    answered: changing((report) => {
      if (report.error !== null && report.end !== 'interrupted') failed = 1
      else if (exitOf(report) === 0) failed = 0
      const trouble = presentTrouble(report)
      if (trouble !== '' && exitOf(report) !== 0 && report.end !== 'interrupted') store.add('trouble', trouble)
      store.add('note', presentBrief(report))
      if (report.end === 'interrupted') store.takeBack()
      store.setStanding({costUsd: options.cost()})
    }),
    failed: changing((problem: Error) => {
      failed = 1
      const suggestions = 'suggestions' in problem && Array.isArray(problem.suggestions) ? problem.suggestions : []
      const fixes = suggestions.map((fix) => `  ${cleanLine(String(fix))}`)
      store.add('trouble', [cleanLine(problem.message), ...fixes].join('\n'))
    }),
    async during(work) {
      store.setAnswering(true)
      const timer = setInterval(() => {
        store.setProgress(underway.tell(performance.now()))
        drawing.changed()
      }, TICK_MS)
      try {
        return await signals.during(work)
      } finally {
        clearInterval(timer)
        underway.clear()
        store.setAnswering(false)
        drawing.changed()
      }
    },
    isOver: () => signals.exit() !== null,
    exitCode: () => signals.exit() ?? failed,
    close() {
      clearTimeout(resuming)
      signals.close()
      keyboard.close()
      drawing.close()
      restore()
      output.off('error', onLost)
    },
  }
}

/** A terminal may say nothing of its size, or that it has none. */
function sizeOf({columns, rows}: NodeJS.WriteStream): {columns: number; rows: number} {
  return {columns: columns || 80, rows: rows || 24}
}
