/** What the system and the keyboard ask of a conversation. */
export interface ChatSignals {
  /** 129, 130 or 143 once this process is to end. */
  exit(): number | null
  /** Runs one turn, which ends with any signal. */
  during<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T>
  /** Ctrl-C as a key: ends the turn that is under way; false when there is none. */
  interrupt(): boolean
  close(): void
}

const EXITS = {SIGINT: 130, SIGTERM: 143, SIGHUP: 129} as const

/** `onEnd` is called when a signal comes while no turn is under way. */
export function listenToSignals(onEnd: () => void): ChatSignals {
  let turn: AbortController | null = null
  let exit: number | null = null
  const onSignal = (name: NodeJS.Signals): void => {
    // A SIGINT that was sent and not typed ends a turn as the key does, and nothing else.
    if (name !== 'SIGINT' || turn === null) exit ??= EXITS[name as keyof typeof EXITS]
    if (turn) turn.abort()
    else onEnd()
  }
  const names = Object.keys(EXITS) as (keyof typeof EXITS)[]
  for (const name of names) process.on(name, onSignal)
  return {
    exit: () => exit,
    async during(work) {
      turn = new AbortController()
      if (exit !== null) turn.abort()
      try {
        return await work(turn.signal)
      } finally {
        turn = null
      }
    },
    interrupt() {
      turn?.abort()
      return turn !== null
    },
    close() {
      for (const name of names) process.off(name, onSignal)
    },
  }
}
