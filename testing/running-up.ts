import {type ChildProcess, spawn} from 'node:child_process'
import {fileURLToPath} from 'node:url'
import {onTestFinished} from 'vitest'
import type {UpEvent} from '../src/app/up/up-event.js'
import {cleanEnv} from './built-mcos.js'

const bin = fileURLToPath(new URL('../bin/mcos.js', import.meta.url))

/** A real `mcos up --json`, with what it has told until now. */
export interface RunningUp {
  readonly child: ChildProcess
  readonly events: readonly UpEvent[]
  readonly stderr: () => string
  /** Waits for an event that is like this one, among those that came after the last one that was waited for. */
  next(isWanted: (event: UpEvent) => boolean, withinMs?: number): Promise<UpEvent>
  /** The exit code, or the signal that ended it. */
  ended(): Promise<number | NodeJS.Signals | null>
}

/** Starts it in the home; whatever still runs ends with the test. */
export function startUp(home: string, ...args: readonly string[]): RunningUp {
  const child = spawn(process.execPath, [bin, 'up', '--json', ...args], {cwd: home, env: cleanEnv(home), stdio: 'pipe'})
  const events: UpEvent[] = []
  let [rest, stderr, seen] = ['', '', 0]
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = `${rest}${text}`.split('\n')
    rest = lines.pop() ?? ''
    events.push(...lines.map((line) => JSON.parse(line) as UpEvent))
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const end = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal))
  })
  onTestFinished(async () => {
    // Asked to end, it ends its beats with it; killed, they would go on writing in a folder that is being removed.
    child.kill('SIGTERM')
    const late = setTimeout(() => child.kill('SIGKILL'), 60_000)
    await end
    clearTimeout(late)
  })
  return {
    child,
    events,
    stderr: () => stderr,
    ended: () => end,
    async next(isWanted, withinMs = 60_000) {
      const deadline = Date.now() + withinMs
      for (;;) {
        const place = events.findIndex((event, index) => index >= seen && isWanted(event))
        const found = events[place]
        if (found) {
          seen = place + 1
          return found
        }
        if (Date.now() > deadline || child.exitCode !== null)
          throw new Error(`it never came; told: ${JSON.stringify(events.slice(seen))} ${stderr}`)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    },
  }
}
