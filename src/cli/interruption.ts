import {setMaxListeners} from 'node:events'

/** Ctrl-C and SIGTERM as a signal for the work: it lets go of what it waits for, ends its children and keeps what is committed. */
export interface Interruption {
  readonly signal: AbortSignal
  /** 130 or 143 once one has come. */
  exitCode(): number | undefined
  stop(): void
}

const EXITS = {SIGINT: 130, SIGTERM: 143} as const

export function listenForInterruption(): Interruption {
  const end = new AbortController()
  // Every probe of every agent listens to the one signal.
  setMaxListeners(0, end.signal)
  let exit: number | undefined
  const onSignal = (name: NodeJS.Signals): void => {
    exit ??= name === 'SIGINT' ? EXITS.SIGINT : EXITS.SIGTERM
    end.abort()
  }
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal)
  return {
    signal: end.signal,
    exitCode: () => exit,
    stop: () => {
      process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
    },
  }
}
