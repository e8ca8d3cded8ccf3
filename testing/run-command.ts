import {fileURLToPath} from 'node:url'
import {type Command, Config, type Interfaces, settings} from '@oclif/core'

settings.enableAutoTranspile = false
// As the bundle has it: oclif's own warnings are for those who develop with it.
process.env['NODE_ENV'] = 'production'

const root = fileURLToPath(new URL('..', import.meta.url))
let config: Promise<Config> | undefined

/** What a command that ran inside the test's own process printed, and the exit code it asked for. */
export interface CommandRun {
  readonly stdout: string
  readonly stderr: string
  readonly code: number
}

type CommandClass = Command.Class & {run(argv: string[], options: Interfaces.Config): Promise<unknown>}

/** Runs a command's class in this process: as quick as a call, while `mcos()` runs the built program. */
export async function runCommand(command: CommandClass, argv: readonly string[]): Promise<CommandRun> {
  config ??= Config.load({root})
  const [stdout, stderr] = [capture(process.stdout), capture(process.stderr)]
  const before = process.exitCode
  process.exitCode = undefined
  try {
    await command.run([...argv], await config)
    return {stdout: stdout.text(), stderr: stderr.text(), code: Number(process.exitCode ?? 0)}
  } finally {
    process.exitCode = before
    stdout.stop()
    stderr.stop()
  }
}

function capture(stream: NodeJS.WriteStream): {text(): string; stop(): void} {
  const original = stream.write
  let written = ''
  stream.write = (chunk: string | Uint8Array) => {
    written += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8')
    return true
  }
  return {
    text: () => written,
    stop: () => {
      stream.write = original
    },
  }
}
