/** Where the time comes from; rules never ask the machine themselves. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
}

/** Milliseconds that only go forward, for measuring how long something takes: `performance` is another part of Node to load. */
export function steadyMs(): number {
  const [seconds, nanoseconds] = process.hrtime()
  return seconds * 1000 + nanoseconds / 1e6
}

export const systemClock: Clock = {now: () => Date.now()}

/** A clock that stands still until it is moved: for tests, rehearsals and `--at`. */
export interface FixedClock extends Clock {
  set(time: number | string): void
  advance(ms: number): void
}

export function fixedClock(time: number | string): FixedClock {
  let now = toMs(time)
  return {
    now: () => now,
    set: (next) => {
      now = toMs(next)
    },
    advance: (ms) => {
      now += ms
    },
  }
}

function toMs(time: number | string): number {
  const ms = typeof time === 'number' ? time : Date.parse(time)
  if (Number.isNaN(ms)) throw new TypeError(`not a time: ${time}`)
  return ms
}
