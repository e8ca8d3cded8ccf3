import {type ChildProcess, spawn} from 'node:child_process'
import {join} from 'node:path'
import {rolldown} from 'rolldown'

/** A process of our own that does what it was told and says on its output, line by line, how far it is. */
export interface Worker {
  readonly child: ChildProcess
  readonly lines: readonly string[]
  /** Waits until it has said something that begins so, from the given line on. */
  until(start: string, from?: number): Promise<string>
  readonly ended: Promise<void>
}

/** Bundles `NAME-worker.ts`, so that starting it takes as long as bare node and not ten times that. */
export async function bundleWorker(name: string, dir: string): Promise<string> {
  const file = join(dir, `${name}-worker.mjs`)
  const input = join(import.meta.dirname, `${name}-worker.ts`)
  const bundle = await rolldown({input, platform: 'node', logLevel: 'silent'})
  await bundle.write({file, format: 'esm'})
  await bundle.close()
  return file
}

/** Starts a bundled worker, behind another program if `through` says so (unshare, strace). */
export function startWorker(file: string, task: unknown, through: readonly string[] = []): Worker {
  const [program = '', ...args] = [...through, process.execPath, file, JSON.stringify(task)]
  const child = spawn(program, args, {stdio: ['pipe', 'pipe', 'inherit']})
  const lines: string[] = []
  const waiting = new Set<() => void>()
  let rest = ''
  let hasEnded = false
  const wake = () => {
    for (const look of waiting) look()
  }
  child.stdout?.on('data', (chunk: Buffer) => {
    const parts = (rest + chunk.toString()).split('\n')
    rest = parts.pop() ?? ''
    lines.push(...parts)
    wake()
  })
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', () => {
      hasEnded = true
      wake()
      resolve()
    })
  })
  const until = (start: string, from = 0) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const line = lines.slice(from).find((said) => said.startsWith(start))
        if (line === undefined && !hasEnded) return
        waiting.delete(look)
        if (line === undefined) reject(new Error(`a worker ended without saying ${JSON.stringify(start)}`))
        else resolve(line)
      }
      waiting.add(look)
      look()
    })
  return {child, lines, until, ended}
}
