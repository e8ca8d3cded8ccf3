import type {ClaimedUsage, Stopped} from '../engine.js'

/** How long a call may take; silence is no byte at all, so the pings that providers really send end it. */
export interface Patience {
  readonly timeoutMs: number
  readonly deadlineMs: number
}

/** Looks at one call from its first byte out to its last byte in, and ends it when it has to end. */
export interface Watch {
  /** Aborted when the call is over, for whatever reason; what is still open closes. */
  readonly signal: AbortSignal
  /** Bytes have come in. */
  touch(bytes: number): void
  /** The far side has said that this was all: it may close the line itself, which can then be used again, but soon. */
  hurry(): void
  /** Why it was ended before its time; null: it was not. */
  broken(): Broken | null
  /** Lets go of timers and connections. */
  end(): void
}

export interface Broken {
  readonly reason: 'interrupted' | 'silent' | 'cut'
  readonly detail: string
}

/** More than any answer can be: whoever sends it doesn't mean to end. */
const MOST_BYTES = 64 * 1024 * 1024

/** How long a far side that has said all may take to close. */
const TO_CLOSE_MS = 500

const LONGEST_TIMER = 2 ** 31 - 1

export function openWatch(outer: AbortSignal, {timeoutMs, deadlineMs}: Patience): Watch {
  const controller = new AbortController()
  let broken: Broken | null = null
  let bytes = 0
  let closing: NodeJS.Timeout | null = null
  const breakOff = (reason: Broken['reason'], detail: string): void => {
    if (controller.signal.aborted) return
    broken = {reason, detail}
    controller.abort()
  }
  const interrupt = (): void => breakOff('interrupted', 'it was told to stop')
  const silence = after(timeoutMs, () => breakOff('silent', `no byte for ${seconds(timeoutMs)}`))
  const deadline = after(deadlineMs, () => breakOff('silent', `not finished within ${seconds(deadlineMs)}`))
  if (outer.aborted) interrupt()
  outer.addEventListener('abort', interrupt, {once: true})
  return {
    signal: controller.signal,
    touch: (more) => {
      if (controller.signal.aborted) return
      bytes += more
      silence.refresh()
      if (bytes > MOST_BYTES) breakOff('cut', 'more than 64 MiB came and no end of it')
    },
    hurry: () => {
      closing ??= after(TO_CLOSE_MS, () => breakOff('silent', 'all was said and the line stayed open'))
    },
    broken: () => broken,
    end: () => {
      outer.removeEventListener('abort', interrupt)
      clearTimeout(silence)
      clearTimeout(deadline)
      if (closing) clearTimeout(closing)
      controller.abort()
    },
  }
}

export function stopped(
  {reason, detail}: {readonly reason: Stopped['reason']; readonly detail: string},
  usage: ClaimedUsage | null = null,
): Stopped {
  return {kind: 'stopped', reason, detail, usage}
}

function after(ms: number, act: () => void): NodeJS.Timeout {
  return setTimeout(act, Math.min(ms, LONGEST_TIMER))
}

function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`
}
