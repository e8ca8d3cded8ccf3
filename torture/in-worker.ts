import {writeSync} from 'node:fs'

/** What this process was told to do. */
export function readTask<T>(): T {
  return JSON.parse(process.argv[2] ?? 'null') as T
}

/** Says a line, which stays said even if this process is killed in the next moment. */
export function say(line: string): void {
  writeSync(1, `${line}\n`)
}

/** Waits for the next line on its input. */
export function hear(): Promise<string> {
  return new Promise((resolve) => process.stdin.once('data', (chunk: Buffer) => resolve(chunk.toString().trim())))
}
