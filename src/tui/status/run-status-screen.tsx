import {type Instance, render} from 'ink'
import {followStatus} from '../../app/status/follow-status.js'
import {type Letters, lettersIn, writtenIn} from '../../kit/plain-letters.js'
import type {Fleet} from '../../workspace/fleet.js'
import {FullScreen, type TerminalStream} from '../full-screen.js'
import {inkStream} from '../ink-stream.js'
import {LineBook, LineBookContext} from '../line-book.js'
import {type Hands, openActs} from './acts.js'
import {planLayout} from './layout.js'
import {StatusApp} from './status-app.js'
import {ViewStore} from './view-store.js'

export interface ScreenOptions {
  readonly reopen: () => Promise<Fleet>
  readonly hands: Hands
  /** An agent runs this: it may look, and nothing acts. */
  readonly isAgent: boolean
  readonly hasColor: boolean
  readonly stdin?: NodeJS.ReadStream
  readonly stdout?: NodeJS.WriteStream
}

const SIGNALS = {SIGINT: 130, SIGTERM: 143, SIGHUP: 129, SIGQUIT: 131} as const
/** A stop that is asked for comes within that. */
const STOPPING_MS = 50

/** Shows the fleet until the person leaves, and answers with the exit code; the terminal is then as it was before. */
export async function runStatusScreen(
  fleet: Fleet,
  {reopen, hands, isAgent, hasColor, stdin = process.stdin, stdout = process.stdout}: ScreenOptions,
): Promise<number> {
  const screen = new FullScreen(plainly(stdout, lettersIn(fleet.env)))
  const book = new LineBook()
  const source = await followStatus(fleet, {reopen, rows: planLayout(screen.size(), false).listRows})
  const store = new ViewStore()
  let instance: Instance | null = null
  let isOver = false
  let leave: (code: number) => void = () => undefined
  let fail: (error: unknown) => void = () => undefined
  const left = new Promise<number>((resolve, reject) => {
    leave = resolve
    fail = reject
  })

  const tree = () => (
    <LineBookContext value={book}>
      <StatusApp
        {...{source, acts, store, isAgent, hasColor}}
        size={screen.size()}
        screen={{quit: leave, redraw, suspend}}
      />
    </LineBookContext>
  )
  const enter = (): void => {
    // Who was asked something, or has called this back, may have left meanwhile.
    if (isOver) return
    screen.enter()
    instance = render(tree(), {
      stdout: inkStream(screen, book),
      stdin,
      debug: true,
      exitOnCtrlC: false,
      patchConsole: false,
    })
    // A frame that can't be drawn ends the screen with its error.
    instance.waitUntilExit().catch(fail)
  }
  const exit = (): void => {
    screen.leave()
    instance?.unmount()
    instance = null
    // What is typed from here on is somebody else's.
    stdin.pause()
  }
  const acts = openActs(() => source.live().fleet, {
    ...hands,
    async answer(agent, answer) {
      exit()
      await letGo(stdin)
      try {
        return await hands.answer(agent, answer)
      } catch (error) {
        return hands.tell(error)
      } finally {
        enter()
      }
    },
  })

  const redraw = (): void => {
    screen.forget()
    instance?.rerender(tree())
  }
  const suspend = (): void => {
    exit()
    void letGo(stdin).then(() => {
      // All that the shell has started as one, as Ctrl-Z would do without a screen. Where no shell could call it back nothing stops.
      process.kill(0, 'SIGTSTP')
      setTimeout(enter, STOPPING_MS)
    })
  }
  const onContinue = (): void => {
    if (instance === null) return
    // Stopped from elsewhere: the shell has made the terminal its own meanwhile.
    screen.leave()
    stdin.setRawMode(false)
    stdin.setRawMode(true)
    screen.enter()
    instance.rerender(tree())
  }
  const onSignal = (name: NodeJS.Signals): void => leave(SIGNALS[name as keyof typeof SIGNALS])
  const restore = (): void => screen.leave()
  for (const name of Object.keys(SIGNALS)) process.on(name, onSignal)
  // A bug of ours is told on the terminal as it was found; a terminal that is gone is no reason to stay.
  process.on('uncaughtExceptionMonitor', restore).on('exit', restore)
  const onBroken = (): void => leave(SIGNALS.SIGHUP)
  stdout.on('resize', redraw).on('error', onBroken)
  process.on('SIGCONT', onContinue)
  enter()
  try {
    return await left
  } finally {
    isOver = true
    acts.end()
    exit()
    stdout.off('resize', redraw).off('error', onBroken)
    process.off('SIGCONT', onContinue)
    for (const name of Object.keys(SIGNALS)) process.off(name, onSignal)
    process.off('uncaughtExceptionMonitor', restore).off('exit', restore)
    await source.close()
  }
}

/** The same terminal, told everything in the letters it has. */
function plainly(stream: NodeJS.WriteStream, letters: Letters): TerminalStream {
  if (letters === 'all') return stream
  return {
    get columns() {
      return stream.columns
    },
    get rows() {
      return stream.rows
    },
    write: (text) => stream.write(writtenIn(letters, text)),
    on: (event, listener) => stream.on(event, listener),
    off: (event, listener) => stream.off(event, listener),
  }
}

/**
 * Ink gives the keyboard back some time after it was unmounted. Whoever asks before that has what is typed shown: a
 * passphrase, in clear letters.
 */
async function letGo(stdin: NodeJS.ReadStream): Promise<void> {
  while (stdin.isRaw) await new Promise((resolve) => setTimeout(resolve, 2))
  await new Promise((resolve) => setTimeout(resolve, 10))
}
