import {spawn} from 'node:child_process'
import {existsSync, readFileSync} from 'node:fs'
import {join} from 'node:path'

/** A server on the loopback, for a beat whose code is kept. */
export interface SampleServer {
  readonly port: number
  close(): void
}

const PATIENCE_MS = 20_000

/**
 * Runs `NAME-server.cjs` in a process of its own, which writes the port it listens on to `process.env.FILE` in one step
 * and ends with its standard input. null: it could not be opened.
 */
export function openSampleServer(
  dir: string,
  {name, env}: {readonly name: string; readonly env: Readonly<Record<string, string>>},
): SampleServer | null {
  const file = join(dir, `${name}-port`)
  const child = spawn(process.execPath, [join(import.meta.dirname, `${name}-server.cjs`)], {
    stdio: ['pipe', 'ignore', 'inherit'],
    env: {...env, FILE: file},
  })
  const close = (): void => void child.kill()
  const until = Date.now() + PATIENCE_MS
  while (!existsSync(file)) {
    if (Date.now() > until) {
      close()
      return null
    }
    // The build does one thing after the other.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
  }
  return {port: Number(readFileSync(file, 'utf8')), close}
}
