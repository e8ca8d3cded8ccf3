import {systemClock} from '../kit/clock.js'
import {isUserError} from '../kit/errors.js'
import type {Folder} from '../kit/folder.js'
import {contentHash} from '../kit/hash.js'
import {waitForLock} from '../kit/lock.js'

/** What this machine's processes tell each other of one engine, in a small file of `.mcos`. */
export interface EngineState {
  readonly engine: string
}

export type WriteState<T extends EngineState> = (file: string, state: T) => void

const LEASE_MS = 10_000

/** The file for one key of an engine; keys may hold anything, so names are made of their hash. */
export function stateFile(folder: string, key: string): string {
  return `${folder}/${contentHash(key).slice('sha256:'.length, 'sha256:'.length + 24)}.json`
}

/** null for none and for one that was torn: it says only for how long to wait, and the next failure says it again. */
export function readState<T>(mcos: Folder, file: string, parse: (value: unknown) => T | null): T | null {
  const text = mcos.readText(file)
  if (text === null) return null
  try {
    const value: unknown = JSON.parse(text)
    return parse(value)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** Reads and writes with every other process kept out; whoever had lost the lock before it wrote starts again. Locks are real processes' and keep real time. */
export function withState<S extends EngineState, T>(mcos: Folder, name: string, work: (write: WriteState<S>) => T): T {
  for (let attempt = 1; ; attempt++) {
    const lock = waitForLock(mcos, name, {clock: systemClock, leaseMs: LEASE_MS, pollMs: 2})
    try {
      return work((file, state) => mcos.write(file, `${JSON.stringify(state)}\n`, {sync: false, staging: lock.staging}))
    } catch (error) {
      if (!isUserError(error) || error.code !== 'FENCED' || attempt === 4) throw error
    } finally {
      lock.release()
    }
  }
}

/** Every readable file of a folder, in a stable order. */
export function listStates<T extends EngineState>(
  mcos: Folder,
  folder: string,
  parse: (value: unknown) => T | null,
): {readonly file: string; readonly state: T}[] {
  return mcos
    .list(folder)
    .filter(({kind, name}) => kind === 'file' && name.endsWith('.json'))
    .flatMap(({name}) => {
      const file = `${folder}/${name}`
      const state = readState(mcos, file, parse)
      return state ? [{file, state}] : []
    })
    .sort((one, other) => (one.state.engine < other.state.engine ? -1 : 1))
}
