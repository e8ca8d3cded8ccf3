import {fork} from 'node:child_process'

/**
 * Runs a program of ours once for each line of arguments, so many at a time, and counts those that failed. What one says
 * comes in one piece, when it has ended.
 */
export async function countFailed(
  program: string,
  lines: readonly (readonly string[])[],
  atOnce: number,
): Promise<number> {
  const waiting = [...lines]
  let failed = 0
  const work = async (): Promise<void> => {
    for (let line = waiting.shift(); line; line = waiting.shift()) {
      const isGood = await succeeds(program, line)
      if (!isGood) failed++
    }
  }
  await Promise.all(Array.from({length: atOnce}, work))
  return failed
}

async function succeeds(program: string, args: readonly string[]): Promise<boolean> {
  // With what this process was started with: that is how TypeScript is read.
  const child = fork(program, args, {silent: true})
  const said: [NodeJS.WriteStream, Buffer][] = []
  child.stdout?.on('data', (part: Buffer) => said.push([process.stdout, part]))
  child.stderr?.on('data', (part: Buffer) => said.push([process.stderr, part]))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  for (const [stream, part] of said) stream.write(part)
  if (code !== 0) console.log(`failed: ${args.join(' ')}: it ended with ${code}`)
  return code === 0
}
